"""The routes that FastAPI sees of a contract."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request as StarletteRequest
from starlette.responses import Response as StarletteResponse

from mizan.wire.request import WireRequest
from mizan.wire.response import WireResponse


class MizanRoute(APIRoute):
    """Refuses dependencies with `yield`: FastAPI ends them after the answer has left, or at least after mizan has told the caches what
    changed, so a commit in one would come too late (protocol 5.4)."""

    def get_route_handler(self) -> Callable[[StarletteRequest], Coroutine[Any, Any, StarletteResponse]]:
        # Called by every version of FastAPI once all dependencies are known: those of the routers that include this one, too. Some say
        # so only to the handler.
        handler = super().get_route_handler()
        dependant = inspect.getclosurevars(handler).nonlocals.get("dependant", self.dependant)
        for dependant in _all_below(dependant):
            call = dependant.call
            if inspect.isasyncgenfunction(call) or inspect.isgeneratorfunction(call):
                name = getattr(call, "__name__", repr(call))
                raise TypeError(
                    f"The routes of mizan depend on {name}, which ends after the answer has left. If it opens the database, give it "
                    f"to mizan, which commits before it answers: mount(app, registry, transaction={name})."
                )
        return handler


def _all_below(dependant: Dependant) -> Iterator[Dependant]:
    for each in dependant.dependencies:
        yield each
        yield from _all_below(each)


def read_request(request: StarletteRequest, prefix: str) -> WireRequest:
    """The request as the wire takes it. `prefix`: what stands before the contract's paths, without a slash at its end."""
    scope = request.scope
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    # Starlette's own rule: servers differ in whether the path holds the root.
    if root and path.startswith(root):
        path = path[len(root) :]
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        separator = "; " if name == "cookie" else ", "
        headers[name] = f"{headers[name]}{separator}{value}" if name in headers else value
    query = scope["query_string"].decode("latin-1")
    raw_path: bytes = scope.get("raw_path") or path.encode()
    return WireRequest(
        method=request.method,
        path=path.removeprefix(prefix),
        query=query,
        headers=headers,
        body=request.stream(),
        origin=f"{scope['scheme']}://{headers.get('host', '')}",
        url_bytes=len(raw_path) + len(query) + bool(query),
        raw=request,
    )


def write_response(answer: WireResponse) -> StarletteResponse:
    if isinstance(answer.raw, StarletteResponse):
        response = answer.raw
        for name, value in answer.headers.items():
            if name != "Cache-Control" or "cache-control" not in response.headers:
                response.headers[name] = value
        return response
    return StarletteResponse(answer.body, answer.status, answer.headers)
