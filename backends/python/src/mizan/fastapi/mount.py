"""Puts a contract into an app."""

from __future__ import annotations

from typing import Unpack

from fastapi import APIRouter, FastAPI
from starlette.requests import Request as StarletteRequest
from starlette.responses import Response as StarletteResponse

from mizan.document.build_document import build_document, contract_fingerprint, print_document
from mizan.registry import Registry
from mizan.wire.cache_headers import forbid_storing
from mizan.wire.csrf import CsrfPolicy
from mizan.wire.dispatch import Dispatcher
from mizan.wire.idempotency import MemoryIdempotency
from mizan.wire.limits import Limits
from mizan.wire.revisions import MemoryRevisions
from mizan.wire.server import Server

from .host import FastAPIHost
from .options import Options
from .revocations import MemoryRevocations
from .route import MizanRoute, read_request, write_response
from .session import CookieSession, Identity, sends_cookie, user_id_of

_ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def mizan_router(registry: Registry, **options: Unpack[Options]) -> APIRouter:
    """A router with every address of the registry's contract, below its base. Raises `RegistryError` for what is wrong in it."""
    contract = registry.freeze()
    identity = Identity(
        load=options.get("user", lambda request: None),
        id_of=options.get("user_id", user_id_of),
        privileges_of=options.get("privileges", lambda user: None),
        describe=options.get("describe_user"),
        revocations=options.get("revocations") or MemoryRevocations(),
    )

    async def open_session(request: StarletteRequest) -> CookieSession:
        return await CookieSession.open(identity, request)

    dispatcher = Dispatcher(
        Server(
            contract,
            contract_fingerprint(contract),
            FastAPIHost(options.get("session", open_session), options.get("transaction")),
            CsrfPolicy(frozenset(options.get("origins", ())), options.get("same_site", False)),
            options.get("revisions") or MemoryRevisions(),
            options.get("idempotency") or MemoryIdempotency(),
            options.get("limits") or Limits(),
        )
    )
    prefix = contract.base.rstrip("/")
    router = APIRouter(prefix=prefix, route_class=MizanRoute)

    async def answer(request: StarletteRequest) -> StarletteResponse:
        answered = await dispatcher.answer(read_request(request, prefix))
        if answered.is_public and sends_cookie(request):
            forbid_storing(answered.headers)
        return write_response(answered)

    async def answer_document() -> StarletteResponse:
        return StarletteResponse(
            print_document(build_document(contract)),
            headers={"Content-Type": "application/json", "Cache-Control": "no-store"},
        )

    if "document" in options:
        router.add_api_route(options["document"], answer_document, include_in_schema=False)
    for path in dispatcher.paths:
        router.add_api_route(path, answer, methods=_ALL_METHODS, include_in_schema=False)
    return router


def mount(app: FastAPI, registry: Registry, **options: Unpack[Options]) -> None:
    """Adds `mizan_router(registry, **options)` to an app."""
    document = options.get("document")
    if document is not None and registry.settings.base.rstrip("/") + document == app.openapi_url:
        raise ValueError(
            f"document={document!r}: FastAPI serves its own document there. Take another address, or FastAPI(openapi_url=None)."
        )
    app.include_router(mizan_router(registry, **options))
