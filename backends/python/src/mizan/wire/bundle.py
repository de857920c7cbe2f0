"""Reads of contexts (protocol 3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mizan.context import Context
from mizan.function import Function

from .body import parse_body, read_body
from .cache_headers import cache_headers, no_store_headers
from .csrf import check_version, is_bearer_only
from .etag import make_etag, matches_etag
from .exchange import Exchange
from .invoke import invoke, problem_of
from .media_type import check_accept, media_type
from .params import ParamValues, read_json_params, read_query_params, split_query
from .problem import Problem
from .response import JSON, WireResponse, encode_json
from .stamps import entry_stamps



async def answer_bundle(exchange: Exchange, context: Context) -> WireResponse:
    """Every function of a context, under one revision. Raises `Problem` for what concerns the whole."""
    request, server = exchange.request, exchange.server
    by_post = request.method == "POST"
    is_public = context.cache.scope == "public"
    if by_post and media_type(request.headers.get("content-type")) != JSON:
        raise Problem("content_type", "Send application/json")
    if by_post or not is_public:
        check_version(request.headers, required=by_post)
    check_accept(request.headers)
    pairs = split_query(request.query, server.limits)
    if by_post:
        source = await read_body(request.headers, request.body, server.limits.body_bytes)
        values = read_json_params(
            context.params, parse_body(source, server.limits.depth), server.limits
        )
    else:
        values = read_query_params(context.params, pairs, server.limits)
    functions = _wanted(context, pairs.get("_only", ()))
    await _check_rev(exchange, pairs.get("_rev", ()))
    viewer = "-" if is_public else (await exchange.session()).viewer
    # Before any data is read (S1): a value may be newer than its label, never older.
    rev = await server.revisions.entry(entry_stamps(context, values.json, viewer))
    data: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    for function in functions:
        slot = function.slot or function.name
        try:
            data[slot] = await _read_slot(exchange, context, function, values)
        except Exception as error:
            problems[slot] = problem_of(server.host, error, f"{context.name}.{slot}")
    if problems and not data:
        raise _common(list(problems.values()))
    envelope: dict[str, Any] = {
        "mizan": 1,
        "context": context.name,
        "params": values.json,
        "rev": rev,
        "data": data,
    }
    if problems:
        envelope["errors"] = {slot: problem.dump() for slot, problem in problems.items()}
    body = encode_json(envelope)
    if by_post or problems or len(functions) < len(context.functions):
        return WireResponse(200, {"Content-Type": JSON, **no_store_headers()}, body)
    return await _cacheable(exchange, context, values, rev, body)


async def _read_slot(
    exchange: Exchange, context: Context, function: Function, values: ParamValues
) -> Any:
    host = exchange.server.host
    if context.cache.scope == "public":
        seen = exchange.public_request(context)
    else:
        await exchange.check_auth(function)
        seen = await exchange.open_request()
    async with host.transaction(seen, function) as seen.db:
        result = await invoke(host, function, context.arguments(function, values.python), seen)
        output = function.dump_output(result)
    # What cannot be written is this function's failure, not that of the bundle.
    encode_json(output)
    return output


async def _cacheable(
    exchange: Exchange, context: Context, values: ParamValues, rev: int, body: bytes
) -> WireResponse:
    request = exchange.request
    session = exchange.opened
    headers = cache_headers(
        context, values, session is not None and is_bearer_only(request.headers, session)
    )
    if "no-store" in headers["Cache-Control"]:
        return WireResponse(200, {"Content-Type": JSON, **headers}, body)
    headers["ETag"] = make_etag(rev, body)
    if matches_etag(request.headers.get("if-none-match"), headers["ETag"]):
        return WireResponse(304, {**headers, "X-Mizan-Rev": str(rev)})
    return WireResponse(200, {"Content-Type": JSON, **headers}, body)


def _wanted(context: Context, slots: Sequence[str]) -> list[Function]:
    known: Mapping[str, Function] = {each.slot or each.name: each for each in context.functions}
    for slot in slots:
        if slot not in known:
            raise Problem("malformed", f"_only names a slot that is not one of {', '.join(known)}")
    return [function for slot, function in known.items() if not slots or slot in slots]


async def _check_rev(exchange: Exchange, texts: Sequence[str]) -> None:
    """A cache-buster, which must not be a way to ask past the caches at will."""
    if not texts:
        return
    text = texts[0]
    if len(texts) > 1 or not (text.isascii() and text.isdigit() and len(text) <= 16):
        raise Problem("malformed", "_rev must be one revision")
    if int(text) > await exchange.server.revisions.current():
        raise Problem("malformed", "_rev is a revision that was never given")


def _common(problems: Sequence[Problem]) -> Problem:
    """The problem of a bundle of which nothing could be read."""
    if len({problem.status for problem in problems}) == 1:
        return problems[0]
    return Problem("internal")
