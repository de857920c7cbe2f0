"""The session of Starlette's `SessionMiddleware`, or none."""

from __future__ import annotations

import copy
import hashlib
import inspect
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request as StarletteRequest

from mizan.cache_key import viewer_of
from mizan.wire.csrf import make_token, verify_token

from .revocations import MemoryRevocations, Revocations

ID = "_mizan_id"
"""Secret of the session: names it for revocation, and is the key of its CSRF tokens."""


def user_id_of(user: Any) -> Any:
    """The `id` of a user that is a mapping or an object."""
    return user["id"] if isinstance(user, dict) else user.id


def sends_cookie(request: StarletteRequest) -> bool:
    """Whether the session's cookie will be set with the answer although nothing has touched it.

    Starlette before 1.0 does so always. Such an answer belongs to its visitor, whatever it says.
    """
    session = request.scope.get("session")
    return bool(session) and not hasattr(session, "modified")


@dataclass(frozen=True, slots=True)
class Identity:
    """How the app knows its users."""

    load: Callable[[StarletteRequest], Any | Awaitable[Any]] = lambda request: None
    """The signed-in user of a request, or None; may be async."""
    id_of: Callable[[Any], Any] = user_id_of
    privileges_of: Callable[[Any], Any] = lambda user: None
    """What the user may do: when it changes, clients drop what they hold. Anything with a stable `repr`."""
    describe: Callable[[Any], Any] | None = None
    """What the client is told of the user, as JSON; by default `{"id": ...}`."""
    revocations: Revocations = field(default_factory=MemoryRevocations)

    async def user(self, request: StarletteRequest) -> Any:
        found = self.load(request)
        return await found if inspect.isawaitable(found) else found


class CookieSession:
    """A session in a signed cookie. What ends it on the server is its id, which is kept in it."""

    csrf_header = "X-CSRFToken"
    csrf_field = "csrf_token"

    def __init__(
        self,
        identity: Identity,
        request: StarletteRequest,
        data: MutableMapping[str, Any],
        user: Any,
    ) -> None:
        self._identity = identity
        self._request = request
        self._data = data
        self._user = user
        self._opened_id = data.get(ID)
        self._before = copy.deepcopy(dict(data))

    @classmethod
    async def open(cls, identity: Identity, request: StarletteRequest) -> CookieSession:
        data: MutableMapping[str, Any] = request.scope.get("session", {})
        session_id = data.get(ID)
        if session_id is not None and await identity.revocations.holds(session_id):
            data.clear()
        return cls(identity, request, data, await identity.user(request))

    @property
    def user(self) -> Any:
        return self._user

    @property
    def data(self) -> MutableMapping[str, Any]:
        return self._data

    @property
    def by_cookie(self) -> bool:
        # The id alone says nothing of the user.
        return any(name != ID for name in self._data)

    @property
    def viewer(self) -> str:
        if self._user is not None:
            return viewer_of(self._identity.id_of(self._user))
        return viewer_of(session_key=self._data.get(ID))

    @property
    def epoch(self) -> str:
        if self._user is None:
            return "e-0"
        parts = (self._identity.id_of(self._user), self._identity.privileges_of(self._user))
        text = repr((*parts, self._data.get(ID)))
        return f"e-{hashlib.sha256(text.encode()).hexdigest()[:16]}"

    def describe_user(self) -> Any:
        if self._user is None:
            return None
        describe = self._identity.describe
        return {"id": self._identity.id_of(self._user)} if describe is None else describe(self._user)

    async def csrf_token(self) -> str:
        return make_token(self._secret().encode(), self.csrf_header)

    async def accepts_csrf(self, token: str) -> bool:
        secret = self._data.get(ID)
        return secret is not None and verify_token(secret.encode(), self.csrf_header, token)

    async def undo(self) -> None:
        if self._data != self._before:
            self._data.clear()
            self._data.update(self._before)

    async def renew(self) -> None:
        # The function may have cleared the session, and its id with it.
        self._data.pop(ID, None)
        if self._opened_id is not None:
            await self._identity.revocations.add(self._opened_id)
        self._opened_id = self._secret()
        self._user = await self._identity.user(self._request)

    def _secret(self) -> str:
        if ID not in self._data:
            self._require_middleware()
            self._data[ID] = secrets.token_urlsafe(24)
        return str(self._data[ID])

    def _require_middleware(self) -> None:
        if "session" not in self._request.scope:
            raise RuntimeError(
                "The contract has a session, but the app has no SessionMiddleware. Add it: "
                "app.add_middleware(SessionMiddleware, secret_key=...). Or declare the registry without a session."
            )
