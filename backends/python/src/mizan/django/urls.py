"""Puts a contract into a project."""

from __future__ import annotations

import re
from typing import Any, Unpack

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from mizan.document.build_document import build_document, contract_fingerprint, print_document
from mizan.registry import Registry
from mizan.wire.csrf import CsrfPolicy
from mizan.wire.dispatch import Dispatcher
from mizan.wire.idempotency import MemoryIdempotency
from mizan.wire.limits import Limits
from mizan.wire.problem import Problem
from mizan.wire.revisions import MemoryRevisions
from mizan.wire.server import Server

from .csrf import write_cookie
from .exchange import read_request, write_response
from .host import DjangoHost
from .options import Options
from .session import Identity, flags_of, signed_in


def urls(registry: Registry, **options: Unpack[Options]) -> list[URLPattern]:
    """Patterns for every address of the registry's contract, relative to its base. Raises `RegistryError` for what is wrong in it.

    The view is asynchronous and runs under ASGI and WSGI alike; blocking functions run in the thread of their request.
    """
    contract = registry.freeze()
    identity = Identity(
        options.get("user", signed_in),
        options.get("privileges", flags_of),
        options.get("describe_user", lambda user: {"id": user.pk}),
    )
    # Wildcards are for Django's own check.
    trusted = [each for each in settings.CSRF_TRUSTED_ORIGINS if "*" not in each]
    dispatcher = Dispatcher(
        Server(
            contract,
            contract_fingerprint(contract),
            DjangoHost(identity, options.get("databases", ("default",))),
            CsrfPolicy(frozenset(options.get("origins", trusted)), options.get("same_site", False)),
            options.get("revisions") or MemoryRevisions(),
            options.get("idempotency") or MemoryIdempotency(),
            options.get("limits") or Limits(),
        )
    )
    prefix = contract.base.rstrip("/")

    # The dispatcher makes the same check, in its own order and with its own answers.
    @csrf_exempt
    async def answer(request: HttpRequest, **values: Any) -> HttpResponseBase:
        try:
            read = read_request(request, prefix)
        except SuspiciousOperation:
            return write_response(Problem("malformed").respond())
        answered = await dispatcher.answer(read)
        response = write_response(answered)
        if answered.is_public:
            _leave_session_alone(request)
        else:
            write_cookie(request, response)
        return response

    # ATOMIC_REQUESTS would commit after the answer is made (protocol 5.4).
    for alias in connections:
        transaction.non_atomic_requests(using=alias)(answer)

    async def answer_document(request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            print_document(build_document(contract)),
            content_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    patterns = [path(_django_path(each), answer) for each in dispatcher.paths]
    if "document" in options:
        patterns.insert(0, path(_django_path(options["document"]), answer_document))
    return patterns


def _leave_session_alone(request: HttpRequest) -> None:
    """Whatever middleware has looked up in the session, a public answer does not vary by it."""
    session = getattr(request, "session", None)
    if session is not None and not session.modified:
        session.accessed = False


def _django_path(template: str) -> str:
    """`/orders/{order_id}` as `orders/<order_id>`."""
    return re.sub(
        r"\{(\w+)(?::(\w+))?\}",
        lambda match: f"<{match[2]}:{match[1]}>" if match[2] else f"<{match[1]}>",
        template.removeprefix("/"),
    )
