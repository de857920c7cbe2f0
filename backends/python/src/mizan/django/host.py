"""Django's side of the wire."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, nullcontext
from typing import Any

from asgiref.sync import sync_to_async
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseBase, UnreadablePostError

from mizan.function import Function
from mizan.refused import FieldError
from mizan.request import Request
from mizan.wire.host import Transaction
from mizan.wire.problem import Problem
from mizan.wire.request import WireRequest
from mizan.wire.response import WireResponse
from mizan.wire.session import Session

from .session import DjangoSession, Identity


class DjangoHost:
    """What the dispatcher asks of Django."""

    def __init__(self, identity: Identity, databases: Sequence[str]) -> None:
        self._identity = identity
        self._databases = tuple(databases)

    async def open_session(self, request: WireRequest) -> Session:
        return await DjangoSession.open(self._identity, request.raw)

    def transaction(self, request: Request, function: Function) -> Transaction:
        if function.kind == "query" or (function.kind == "view" and function.method in (None, "GET")):
            return nullcontext()
        return _atomic(self._databases)

    async def run_sync(self, function: Callable[[], Any]) -> Any:
        # The thread of the request, which has the connections that the transaction was begun on.
        return await sync_to_async(function, thread_sensitive=True)()

    def adopt_error(self, error: Exception) -> Problem | None:
        if isinstance(error, Http404):
            return Problem("not_found")
        if isinstance(error, PermissionDenied):
            return Problem("forbidden")
        if isinstance(error, SuspiciousOperation | UnreadablePostError):
            return Problem("malformed")
        if isinstance(error, ValidationError):
            return Problem("validation", errors=_field_errors(error))
        return None

    def adopt_response(self, value: Any) -> WireResponse | None:
        if isinstance(value, HttpResponseBase):
            return WireResponse(value.status_code, raw=value)
        return None


@asynccontextmanager
async def _atomic(databases: Sequence[str]) -> AsyncIterator[None]:
    """One transaction in each database. Durable: Django refuses to begin one inside of another, which would commit later than this."""
    stack = ExitStack()

    def begin() -> None:
        for alias in databases:
            stack.enter_context(transaction.atomic(using=alias, durable=True))

    await sync_to_async(begin)()
    try:
        yield
    except BaseException:
        await sync_to_async(stack.__exit__)(*sys.exc_info())
        raise
    await sync_to_async(stack.close)()


def _field_errors(error: ValidationError) -> list[FieldError]:
    """Errors of forms and of `full_clean`; `__all__` concerns the whole."""
    if not hasattr(error, "error_dict"):
        return [_field_error((), each) for each in error.error_list]
    return [
        _field_error(() if name == "__all__" else (name,), each)
        for name, errors in error.error_dict.items()
        for each in errors
    ]


def _field_error(path: tuple[str, ...], error: ValidationError) -> FieldError:
    return FieldError(path, str(error.code or "invalid"), " ".join(map(str, error.messages)))
