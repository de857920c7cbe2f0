"""What the wire asks of a framework."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from mizan.function import Function
from mizan.request import Request

from .problem import Problem
from .request import WireRequest
from .response import WireResponse
from .session import Session

Transaction = AbstractAsyncContextManager[Any]
"""Begins on entering, commits on leaving, rolls back on leaving by an exception. What it gives becomes `Request.db`.

The dispatcher leaves it before it bumps revisions and before anything is sent (protocol 5.4), so that nobody can be told of a change
which is not yet to be seen.
"""


class Host(Protocol):
    """One framework's side of the wire."""

    async def open_session(self, request: WireRequest) -> Session:
        """The session of a request. Never called for public contexts."""
        ...

    def transaction(self, request: Request, function: Function) -> Transaction:
        """Around one run of a function. Queries get one too: their database session."""
        ...

    async def run_sync(self, function: Callable[[], Any]) -> Any:
        """Runs blocking code without blocking others."""
        ...

    def adopt_error(self, error: Exception) -> Problem | None:
        """The problem of an exception that the framework gives a meaning, such as its "not found"; None for all others."""
        ...

    def adopt_response(self, value: Any) -> WireResponse | None:
        """The framework's own response that a view returned; None if it is something else."""
        ...
