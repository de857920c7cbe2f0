"""One request on its way to an answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from mizan.context import Context
from mizan.function import Function
from mizan.request import Request

from .problem import Problem
from .request import WireRequest
from .server import Server
from .session import Session


@dataclass(slots=True)
class Exchange:
    """A request, and its session once something has asked for it."""

    server: Server
    request: WireRequest
    opened: Session | None = field(default=None)

    async def session(self) -> Session:
        if self.opened is None:
            self.opened = await self.server.host.open_session(self.request)
        return self.opened

    async def check_auth(self, function: Function) -> None:
        """Whether the function may be called by whoever asks; what they may see is the function's own check."""
        if function.auth.mode == "required" and (await self.session()).user is None:
            raise Problem("unauthenticated")

    async def open_request(self) -> Request:
        """The request as a function of this viewer sees it. A new one for each function."""
        session = await self.session()
        return Request(session.user, session.data, self.request.headers, self.request.raw)

    def public_request(self, context: Context) -> Request:
        """The request as a function of a public context sees it: nothing in it differs between viewers."""
        headers = {
            name.lower(): self.request.headers[name.lower()]
            for name in context.cache.vary
            if name.lower() in self.request.headers
        }
        return Request(headers=headers)
