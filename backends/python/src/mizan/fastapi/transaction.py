"""Transactions of an app: whatever opens its database, in the form that it is at hand."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from typing import Any

from fastapi.concurrency import contextmanager_in_threadpool

from mizan.request import Request
from mizan.wire.host import Transaction

Opener = Callable[
    ...,
    AbstractAsyncContextManager[Any]
    | AbstractContextManager[Any]
    | AsyncIterator[Any]
    | Iterator[Any],
]
"""Takes the `mizan.Request`, or nothing. A context manager that commits on leaving and rolls back on leaving by an exception, async or
not, or a generator function that yields once, such as a dependency with `yield`."""


def read_opener(opener: Opener | None) -> Callable[[Request], Transaction]:
    """One form for all. Raises TypeError for a function that asks for more than the request."""
    if opener is None:
        return lambda request: nullcontext()
    wanted = [
        each
        for each in inspect.signature(opener).parameters.values()
        if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
        and (each.default is each.empty or each.name == "request")
    ]
    injected = [
        each.name
        for each in inspect.signature(opener).parameters.values()
        if type(each.default).__module__.startswith("fastapi.")
    ]
    if len(wanted) > 1 or injected:
        names = ", ".join([*(each.name for each in wanted[1:]), *injected])
        raise TypeError(
            f"transaction={getattr(opener, '__name__', opener)!s} asks for {names}. It is called by mizan and not by FastAPI, so it "
            "gets the mizan.Request at most: open what it needs inside of it."
        )
    open_one = _opening(opener)

    def begin(request: Request) -> Transaction:
        opened = open_one(request) if wanted else open_one()
        if isinstance(opened, AbstractAsyncContextManager):
            return opened
        # Commits block, so they are not run on the event loop.
        return contextmanager_in_threadpool(opened)

    return begin


def _opening(opener: Callable[..., Any]) -> Callable[..., Any]:
    if inspect.isasyncgenfunction(opener):
        return asynccontextmanager(opener)
    return contextmanager(opener) if inspect.isgeneratorfunction(opener) else opener
