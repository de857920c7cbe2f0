"""FastAPI's side of the wire."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request as StarletteRequest
from starlette.responses import Response as StarletteResponse

from mizan.function import Function
from mizan.request import Request
from mizan.wire.host import Transaction
from mizan.wire.problem import Problem
from mizan.wire.request import WireRequest
from mizan.wire.response import WireResponse
from mizan.wire.session import Session
from mizan.wire.status_problem import status_problem

from .transaction import Opener, read_opener

OpenSession = Callable[[StarletteRequest], Awaitable[Session]]


class FastAPIHost:
    """What the dispatcher asks of Starlette."""

    def __init__(self, open_session: OpenSession, transaction: Opener | None) -> None:
        self._open_session = open_session
        self._begin = read_opener(transaction)

    async def open_session(self, request: WireRequest) -> Session:
        return await self._open_session(request.raw)

    def transaction(self, request: Request, function: Function) -> Transaction:
        return self._begin(request)

    async def run_sync(self, function: Callable[[], Any]) -> Any:
        return await run_in_threadpool(function)

    def adopt_error(self, error: Exception) -> Problem | None:
        if isinstance(error, HTTPException):
            return status_problem(error.status_code, str(error.detail), error.headers or {})
        return None

    def adopt_response(self, value: Any) -> WireResponse | None:
        if isinstance(value, StarletteResponse):
            return WireResponse(value.status_code, raw=value)
        return None
