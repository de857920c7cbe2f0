"""Views: routes of the contract that answer something else than JSON (protocol 3.10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError

from mizan.function import Function
from mizan.response import Response

from .access import check_post
from .body import parse_body, read_body
from .cache_headers import NO_STORE
from .call import MULTIPART
from .exchange import Exchange
from .invoke import invoke
from .media_type import media_type
from .multipart import Upload, place_files, read_multipart
from .mutate import run_mutation
from .params import ParamValues, read_query_params, split_query
from .problem import Problem, validation_problem
from .response import JSON, WireResponse
from .sensitive import sensitive_names

FORM = "application/x-www-form-urlencoded"


async def answer_view(
    exchange: Exchange, function: Function, path_params: Mapping[str, str]
) -> WireResponse:
    """Raises `Problem`."""
    if function.method in (None, "GET"):
        return await _answer_get(exchange, function, path_params)
    return await _answer_post(exchange, function, path_params)


async def _answer_get(
    exchange: Exchange, function: Function, path_params: Mapping[str, str]
) -> WireResponse:
    await exchange.check_auth(function)
    values = _read_params(exchange, function, path_params)
    host = exchange.server.host
    seen = await exchange.open_request()
    async with host.transaction(seen, function) as seen.db:
        returned = await invoke(host, function, values.python, seen)
        return _render(exchange, function, returned)


async def _answer_post(
    exchange: Exchange, function: Function, path_params: Mapping[str, str]
) -> WireResponse:
    request, limits = exchange.request, exchange.server.limits
    content_type = media_type(request.headers.get("content-type"))
    if content_type not in _content_types(function):
        raise Problem("content_type", f"Send {' or '.join(filter(None, _content_types(function)))}")
    upload = Upload()
    token: str | None = None
    try:
        given: Any = {}
        if content_type == MULTIPART:
            # The token cannot be a field here: it would be read after the files.
            session = await check_post(exchange, function)
            upload = await read_multipart(
                request.headers.get("content-type", ""), request.body, function.files, limits
            )
            source = upload.payload or b""
        else:
            source = await read_body(request.headers, request.body, limits.body_bytes)
            if content_type == FORM:
                fields = split_query(source.decode("utf-8", "replace"), limits)
                tokens = fields.pop((await exchange.session()).csrf_field, [])
                token = tokens[0] if tokens else None
                given = {
                    name: texts[0] if len(texts) == 1 else texts for name, texts in fields.items()
                }
            session = await check_post(exchange, function, token)
        if content_type in (JSON, MULTIPART) and source.strip():
            given = place_files(parse_body(source, limits.depth), upload, function.files)
        values = _read_params(exchange, function, path_params)
        arguments = {**values.python, **_read_input(function, given)}
        sources = {**(given if isinstance(given, dict) else {}), **values.json}
        outcome = await run_mutation(exchange, session, function, sources, arguments)
    finally:
        upload.close()
    response = _render(exchange, function, outcome.returned)
    if outcome.redirect is not None:
        response.status = 303
        response.headers["Location"] = quote(outcome.redirect, safe="/?&=%#:,;@!$'()*+-._~")
    told = [*outcome.settled.merges, *outcome.settled.invalidates]
    if told:
        response.headers["X-Mizan-Invalidate"] = outcome.settled.header
    return response


def _content_types(function: Function) -> tuple[str, ...]:
    """Forms and plain text need no permission of the browser, so they are taken where a view is declared to take them."""
    if function.encoding == "multipart":
        return (MULTIPART,)
    if function.encoding == "form":
        return (FORM, JSON)
    return (JSON,) if function.input is not None else ("", JSON, FORM, "text/plain")


def _read_params(
    exchange: Exchange, function: Function, path_params: Mapping[str, str]
) -> ParamValues:
    limits = exchange.server.limits
    inside = {param.name for param in function.params if param.location == "path"}
    pairs: dict[str, list[str]] = {
        name: texts
        for name, texts in split_query(exchange.request.query, limits).items()
        if name not in inside
    }
    pairs.update({name: [text] for name, text in path_params.items()})
    return read_query_params(function.params, pairs, limits)


def _read_input(function: Function, given: Any) -> dict[str, Any]:
    try:
        return function.parse_input(given)
    except ValidationError as error:
        raise validation_problem(error, given, sensitive=sensitive_names(function)) from None


def _render(exchange: Exchange, function: Function, returned: Any) -> WireResponse:
    adopted = exchange.server.host.adopt_response(returned)
    if adopted is not None:
        adopted.headers.setdefault("Cache-Control", NO_STORE)
        return adopted
    answer = returned if isinstance(returned, Response) else Response(returned)
    if not isinstance(answer.content, str | bytes):
        kind = type(answer.content).__name__
        raise TypeError(f"The view {function.name} returned {kind}; return str, bytes or mizan.Response")
    media = answer.media_type or next(iter(function.produces), "text/html")
    text = media.startswith("text/") and "charset" not in media
    headers = {
        "Content-Type": f"{media}; charset=utf-8" if text else media,
        "Cache-Control": NO_STORE,
        **answer.headers,
    }
    body = answer.content.encode() if isinstance(answer.content, str) else answer.content
    return WireResponse(answer.status, headers, body)
