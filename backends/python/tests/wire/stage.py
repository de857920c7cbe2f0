"""A host that keeps a record of what happens, and a client without a network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from mizan.cache_key import viewer_of
from mizan.function import Function
from mizan.registry import Registry
from mizan.request import Request
from mizan.wire.csrf import CsrfPolicy, make_token, verify_token
from mizan.wire.dispatch import Dispatcher
from mizan.wire.host import Transaction
from mizan.wire.idempotency import MemoryIdempotency
from mizan.wire.limits import Limits
from mizan.wire.problem import Problem
from mizan.wire.request import WireRequest
from mizan.wire.response import WireResponse
from mizan.wire.revisions import Bump, MemoryRevisions
from mizan.wire.server import Server
from mizan.wire.session import Session

ORIGIN = "https://shop.example"


class StageSession:
    csrf_header = "X-CSRFToken"
    csrf_field = "csrf_token"

    def __init__(self, data: MutableMapping[str, Any], bearer: Any, record: list[str]) -> None:
        self.data = data
        self._record = record
        self._bearer = bearer

    @property
    def user(self) -> Any:
        return self.data.get("user") or self._bearer

    @property
    def by_cookie(self) -> bool:
        return "user" in self.data

    @property
    def viewer(self) -> str:
        return viewer_of(self.user)

    @property
    def epoch(self) -> str:
        return f"e-{self.user}"

    def describe_user(self) -> Any:
        return None if self.user is None else {"id": self.user}

    async def csrf_token(self) -> str:
        return make_token(b"secret", str(self.user))

    async def accepts_csrf(self, token: str) -> bool:
        return verify_token(b"secret", str(self.user), token)

    async def undo(self) -> None:
        self._record.append("undo session")

    async def renew(self) -> None:
        pass


@dataclass
class Stage:
    """`record` is what happened, in order. `on_begin` and `on_commit` run inside of transactions."""

    registry: Registry
    user: int | None = 7
    limits: Limits = field(default_factory=Limits)
    policy: CsrfPolicy = field(default_factory=CsrfPolicy)
    record: list[str] = field(default_factory=list[str])
    on_commit: Callable[[], Awaitable[None]] | None = None
    sessions_opened: int = 0

    def __post_init__(self) -> None:
        stage = self

        class Revisions(MemoryRevisions):
            async def bump(self, targets: Any, since: int) -> Bump:
                stage.record.append("bump")
                return await super().bump(targets, since)

        self.revisions = Revisions()
        self.server = Server(
            self.registry.check(),
            "sha256-stage",
            self,
            self.policy,
            self.revisions,
            MemoryIdempotency(),
            self.limits,
        )
        self.dispatcher = Dispatcher(self.server)

    # The host.

    async def open_session(self, request: WireRequest) -> Session:
        self.sessions_opened += 1
        data: dict[str, Any] = {}
        if "session=user" in request.headers.get("cookie", "") and self.user is not None:
            data["user"] = self.user
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return StageSession(data, int(token) if scheme == "Bearer" else None, self.record)

    def transaction(self, request: Request, function: Function) -> Transaction:
        return self._transaction(function)

    @asynccontextmanager
    async def _transaction(self, function: Function) -> AsyncIterator[str]:
        self.record.append("begin")
        try:
            yield "database"
        except BaseException:
            self.record.append("rollback")
            raise
        if self.on_commit is not None and function.kind != "query":
            await self.on_commit()
        self.record.append("commit")

    async def run_sync(self, function: Callable[[], Any]) -> Any:
        return await asyncio.to_thread(function)

    def adopt_error(self, error: Exception) -> Problem | None:
        return Problem("not_found") if isinstance(error, LookupError) else None

    def adopt_response(self, value: Any) -> WireResponse | None:
        return None

    # The client.

    def browser_headers(self, **changes: str | None) -> dict[str, str]:
        """What the generated client sends from a page of the server's own; None leaves a header out."""
        headers: dict[str, str | None] = {
            "cookie": "session=user",
            "content-type": "application/json",
            "x-mizan-protocol": "1",
            "sec-fetch-site": "same-origin",
            "origin": ORIGIN,
            "x-csrftoken": make_token(b"secret", str(self.user)),
        }
        headers.update({name.replace("_", "-"): value for name, value in changes.items()})
        return {name: value for name, value in headers.items() if value is not None}

    async def send(
        self, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        path, _, query = url.partition("?")

        async def stream() -> AsyncIterator[bytes]:
            for start in range(0, len(body), 7):
                yield body[start : start + 7]

        request = WireRequest(
            method,
            path,
            query,
            {"cookie": "session=user"} if headers is None else headers,
            stream(),
            ORIGIN,
            len(url),
        )
        return Answer(await self.dispatcher.answer(request))

    def get(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        return asyncio.run(self.send("GET", url, headers=headers))

    async def acall(self, function: str, given: Any = None, **changes: str | None) -> Answer:
        body = given if isinstance(given, bytes) else json.dumps(given).encode()
        return await self.send("POST", f"/call/{function}", body, self.browser_headers(**changes))

    def call(self, function: str, given: Any = None, **changes: str | None) -> Answer:
        return asyncio.run(self.acall(function, given, **changes))


class Answer:
    """A response, easy to look at."""

    def __init__(self, response: WireResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.body

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def problem(self) -> tuple[int, str]:
        """Status and code; fails for an answer that is no problem document."""
        assert self.headers["Content-Type"] == "application/problem+json", self.body
        assert self.headers["Cache-Control"] == "no-store"
        document = self.json
        assert document["status"] == self.status
        assert document["title"]
        return self.status, document["code"]


