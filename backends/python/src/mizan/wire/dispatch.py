"""From a request to its answer, whatever the framework (docs/protocol.md, section 3)."""

from __future__ import annotations

import weakref

from mizan.effects import Invalidation, listen

from .effects import runtime_target
from .exchange import Exchange
from .invoke import problem_of
from .problem import Problem
from .request import WireRequest
from .response import WireResponse
from .routes import Routes
from .server import Server
from .stamps import bump_target


class Dispatcher:
    """Answers every request of a contract; never raises, and never answers with anything but the protocol's forms."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._routes = Routes(server.contract)
        _hear_of_changes(server)

    @property
    def paths(self) -> list[str]:
        """Path templates, below the base, that a framework must hand over with all their methods; `{rest:path}` is any rest."""
        return self._routes.paths

    async def answer(self, request: WireRequest) -> WireResponse:
        exchange = Exchange(self.server, request)
        try:
            response = await self._answer(exchange)
        except Exception as error:
            at = f"{request.method} {request.path}"
            response = problem_of(self.server.host, error, at).respond()
        if request.method == "HEAD" and response.raw is None:
            response.headers["Content-Length"] = str(len(response.body))
            response.body = b""
        response.headers["X-Mizan-Protocol"] = "1"
        response.headers["X-Mizan-Schema"] = self.server.fingerprint
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if exchange.opened is not None and not response.is_public:
            response.headers["X-Mizan-Epoch"] = exchange.opened.epoch
        return response

    async def _answer(self, exchange: Exchange) -> WireResponse:
        request = exchange.request
        route = self._routes.find(request.path, request.method)
        if request.url_bytes > self.server.limits.url_bytes:
            raise Problem("too_large", "Send long params by POST", status=414)
        return await route.answer(exchange)


def _hear_of_changes(server: Server) -> None:
    """Bumps what `mizan.invalidate()` names outside of mutations (S8), as long as the server lives."""
    known = weakref.ref(server)

    def bump(item: Invalidation) -> None:
        alive = known()
        if alive is None:
            stop()
        elif item.context == "*" or item.context in alive.contract.contexts:
            target = runtime_target(alive.contract, item)
            stamp = bump_target(target.context, target.values, None)
            alive.revisions.bump_blocking([stamp])

    stop = listen(bump)
