"""Calls of mutations (protocol 3.4)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Any

from pydantic import ValidationError

from mizan.error import Error
from mizan.function import Function

from .access import check_call
from .body import check_length, parse_body, read_body
from .cache_headers import NO_STORE
from .completion import complete
from .exchange import Exchange
from .idempotency import CallKey, Replay, payload_hash, read_key, replay_response
from .invoke import problem_of
from .media_type import media_type
from .multipart import Upload, place_files, read_multipart
from .mutate import Outcome, run_mutation
from .params import split_query
from .problem import Problem, validation_problem
from .response import JSON, WireResponse, json_response
from .sensitive import sensitive_names
from .session import Session

MULTIPART = "multipart/form-data"


async def answer_call(exchange: Exchange, function: Function) -> WireResponse:
    """Makes the call, or only checks its input (`_validate=1`). Raises `Problem`."""
    only_checks = split_query(exchange.request.query, exchange.server.limits).get("_validate") == ["1"]
    content_type = media_type(exchange.request.headers.get("content-type"))
    accepted = {MULTIPART if function.encoding == "multipart" else JSON}
    if only_checks:
        accepted.add(JSON)
    if content_type not in accepted:
        raise Problem("content_type", f"Send {' or '.join(sorted(accepted))}")
    session = await check_call(exchange, function)
    async with _read_input(exchange, function, content_type) as (given, upload):
        if only_checks:
            return _check_input(function, given)
        if function.idempotent:
            # To its end, so that whoever hangs up and asks again finds the answer, and no second call is made.
            return await complete(_call_once(exchange, session, function, given, upload))
        return _respond(function, await _call(exchange, session, function, given))


@asynccontextmanager
async def _read_input(
    exchange: Exchange, function: Function, content_type: str
) -> AsyncIterator[tuple[Any, Upload]]:
    """The named arguments as JSON, files in their places."""
    request, limits = exchange.request, exchange.server.limits
    upload = Upload()
    try:
        if content_type == MULTIPART:
            largest = sum(
                (each.max_bytes or limits.body_bytes)
                * ((each.max_count or limits.array) if each.multiple else 1)
                for each in function.files
            )
            check_length(request.headers, largest + 2 * limits.body_bytes)
            upload = await read_multipart(
                request.headers.get("content-type", ""), request.body, function.files, limits
            )
            if upload.payload is None:
                raise Problem("malformed", "The part payload is missing")
            source = upload.payload
        else:
            source = await read_body(request.headers, request.body, limits.body_bytes)
        given = parse_body(source, limits.depth) if source else None
        given = {} if given is None else given
        if not isinstance(given, dict):
            raise Problem("malformed", "Send a JSON object of named arguments")
        yield place_files(given, upload, function.files), upload
    finally:
        upload.close()


def _parse(function: Function, given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return function.parse_input(given)
    except ValidationError as error:
        raise validation_problem(error, given, sensitive=sensitive_names(function)) from None


def _check_input(function: Function, given: Mapping[str, Any]) -> WireResponse:
    """Files need not be there yet."""
    try:
        _parse(function, given)
    except Problem as problem:
        files = {each.path for each in function.files}
        rest = [
            error
            for error in problem.errors
            if not any(error.path[: len(path)] == path for path in files)
        ]
        if rest:
            problem.errors = rest
            raise
    return WireResponse(204, {"Cache-Control": NO_STORE})


async def _call(
    exchange: Exchange, session: Session, function: Function, given: Mapping[str, Any]
) -> Outcome:
    return await run_mutation(exchange, session, function, given, _parse(function, given))


async def _call_once(
    exchange: Exchange,
    session: Session,
    function: Function,
    given: Mapping[str, Any],
    upload: Upload,
) -> WireResponse:
    store = exchange.server.idempotency
    key = CallKey(session.viewer, function.name, read_key(exchange.request.headers))
    arguments = _parse(function, given)
    payload = payload_hash(_without_files(given, upload.files.values()), upload.digests)
    known = await store.begin(key, payload)
    if known is not None:
        return replay_response(known)
    try:
        outcome = await run_mutation(exchange, session, function, given, arguments)
        response = _respond(function, outcome)
    except Error as error:
        # The function has decided; a repetition would be decided anew, perhaps differently.
        response = problem_of(exchange.server.host, error, function.name).respond()
        if response.status >= 500:
            await store.release(key)
            raise
    except BaseException:
        await store.release(key)
        raise
    await store.finish(key, Replay(response.status, dict(response.headers), response.body))
    return response


def _without_files(value: Any, files: Collection[Any]) -> Any:
    if isinstance(value, dict):
        return {name: _without_files(each, files) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_files(each, files) for each in value]
    return None if any(value is file for file in files) else value


def _respond(function: Function, outcome: Outcome) -> WireResponse:
    settled = outcome.settled
    body: dict[str, Any] = {
        "result": outcome.output,
        "invalidate": list(settled.invalidates),
        "merge": list(settled.merges),
    }
    if outcome.redirect is not None:
        body["redirect"] = outcome.redirect
    response = json_response(body, NO_STORE)
    if settled.header:
        response.headers["X-Mizan-Invalidate"] = settled.header
    if function.session == "change":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response
