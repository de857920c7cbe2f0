"""Django's sessions, users and CSRF tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest
from django.middleware.csrf import get_token

from mizan.cache_key import viewer_of

from .csrf import has_token, read_cookie

MARK = "_mizan_login"
"""Kept in the session since the last time that a function signed somebody in."""
_CSRF = "_csrftoken"


def signed_in(request: HttpRequest) -> Any:
    """The user of Django's own authentication."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def flags_of(user: Any) -> Any:
    """The privileges that every user of Django has."""
    return [getattr(user, name, None) for name in ("is_active", "is_staff", "is_superuser")]


@dataclass(frozen=True, slots=True)
class Identity:
    """How the project knows its users."""

    load: Callable[[HttpRequest], Any] = signed_in
    privileges_of: Callable[[Any], Any] = flags_of
    describe: Callable[[Any], Any] = lambda user: {"id": user.pk}


class DjangoSession:
    """Everything that may ask the database is asked when the session is opened or renewed, off the event loop."""

    csrf_field = "csrfmiddlewaretoken"

    def __init__(self, identity: Identity, request: HttpRequest) -> None:
        """Blocks."""
        self.csrf_header = _header_name(settings.CSRF_HEADER_NAME)
        self._identity = identity
        self._request = request
        self._opened_key = getattr(getattr(request, "session", None), "session_key", None)
        read_cookie(request)
        self._read()

    @classmethod
    async def open(cls, identity: Identity, request: HttpRequest) -> DjangoSession:
        return await sync_to_async(cls)(identity, request)

    def _read(self) -> None:
        self._user = self._identity.load(self._request)
        names = set(self.data.keys())
        self._by_cookie = bool(names - {_CSRF, MARK})
        self._viewer = self._find_viewer()
        self._epoch = self._find_epoch()
        self._described = None if self._user is None else self._identity.describe(self._user)

    @property
    def user(self) -> Any:
        return self._user

    @property
    def data(self) -> MutableMapping[str, Any]:
        # A SessionBase has the methods of a mapping without being one.
        return cast(MutableMapping[str, Any], getattr(self._request, "session", {}))

    @property
    def by_cookie(self) -> bool:
        return self._by_cookie

    @property
    def viewer(self) -> str:
        return self._viewer

    @property
    def epoch(self) -> str:
        return self._epoch

    def describe_user(self) -> Any:
        return self._described

    async def csrf_token(self) -> str:
        return await sync_to_async(get_token)(self._request)

    async def accepts_csrf(self, token: str) -> bool:
        return await sync_to_async(has_token)(self._request, token)

    async def undo(self) -> None:
        await sync_to_async(self._undo)()

    async def renew(self) -> None:
        await sync_to_async(self._renew)()

    def _undo(self) -> None:
        session = getattr(self._request, "session", None)
        if session is not None and session.modified:
            # What was in the database has been rolled back with everything else; this forgets the copy of it.
            self._request.session = type(session)(self._opened_key)

    def _renew(self) -> None:
        if getattr(self._request, "session", None) is not None:
            self.data[MARK] = secrets.token_urlsafe(12)
        self._read()

    def _find_viewer(self) -> str:
        if self._user is not None:
            return viewer_of(self._user.pk)
        return viewer_of(session_key=self._opened_key)

    def _find_epoch(self) -> str:
        if self._user is None:
            return "e-0"
        login = [self.data.get(HASH_SESSION_KEY), self.data.get(MARK)]
        text = repr([self._user.pk, self._identity.privileges_of(self._user), login])
        return f"e-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _header_name(meta: str) -> str:
    """`HTTP_X_CSRFTOKEN` of the settings as a header."""
    return "X-CSRFToken" if meta == "HTTP_X_CSRFTOKEN" else meta.removeprefix("HTTP_").replace("_", "-").title()
