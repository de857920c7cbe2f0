"""The session of a request, as the wire needs it (protocol 3.7)."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Protocol


class Session(Protocol):
    """Who asks. Given by the framework's side; opened only for requests that may have a session."""

    csrf_header: str
    """Header that carries the token."""
    csrf_field: str
    """Form field that may carry it instead, in views."""

    @property
    def user(self) -> Any:
        """The framework's user; None for a visitor."""
        ...

    @property
    def data(self) -> MutableMapping[str, Any]:
        """What functions may keep in the session."""
        ...

    @property
    def by_cookie(self) -> bool:
        """Whether a cookie says who the user is, so that a browser would send it along with a forged request."""
        ...

    @property
    def viewer(self) -> str:
        """`u:<id>` for a user, `s:<hash>` for a visitor with a session, `-` for anyone else (protocol section 7)."""
        ...

    @property
    def epoch(self) -> str:
        """Changes with identity and privileges."""
        ...

    def describe_user(self) -> Any:
        """What the client may know of the user, as JSON; None for a visitor."""
        ...

    async def csrf_token(self) -> str:
        """A token for this session, which is started for it if need be."""
        ...

    async def accepts_csrf(self, token: str) -> bool:
        """Whether the token belongs to this session."""
        ...

    async def undo(self) -> None:
        """Takes back what a function that failed has done to the session."""
        ...

    async def renew(self) -> None:
        """After a function has signed somebody in or out: a new identity under a new key."""
        ...
