"""Between Django's requests and responses and those of the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from mizan.wire.request import WireRequest
from mizan.wire.response import WireResponse

_CHUNK = 65_536


def read_request(request: HttpRequest, prefix: str) -> WireRequest:
    """The request as the wire takes it. `prefix`: what stands before the contract's paths, without a slash at its end.

    Raises `SuspiciousOperation` for a host that is not one of ALLOWED_HOSTS.
    """
    return WireRequest(
        method=request.method or "GET",
        path=request.path_info.removeprefix(prefix),
        query=request.META.get("QUERY_STRING", ""),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=_read(request),
        origin=f"{request.scheme}://{request.get_host()}",
        url_bytes=len(request.get_full_path()),
        raw=request,
    )


async def _read(request: HttpRequest) -> AsyncIterator[bytes]:
    # Under ASGI the body is in memory or in a file by now; under WSGI nobody else is on this event loop.
    while chunk := request.read(_CHUNK):
        yield chunk


def write_response(answer: WireResponse) -> HttpResponseBase:
    if isinstance(answer.raw, HttpResponseBase):
        response = answer.raw
        for name, value in answer.headers.items():
            if name != "Cache-Control" or not response.has_header(name):
                response.headers[name] = value
        return response
    made = HttpResponse(answer.body, status=answer.status)
    del made.headers["Content-Type"]
    for name, value in answer.headers.items():
        made.headers[name] = value
    return made
