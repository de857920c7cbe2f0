"""What an app says about itself to mizan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypedDict

from starlette.requests import Request as StarletteRequest

from mizan.wire.idempotency import IdempotencyStore
from mizan.wire.limits import Limits
from mizan.wire.revisions import RevisionStore

from .host import OpenSession
from .revocations import Revocations
from .transaction import Opener


class Options(TypedDict, total=False):
    """All optional. The stores must be shared by all processes of a deployment; the default ones live in this process."""

    user: Callable[[StarletteRequest], Any | Awaitable[Any]]
    """Who is signed in, from the Starlette request (its `session`, or an Authorization header); None for a visitor."""
    user_id: Callable[[Any], Any]
    """The id of such a user; by default its `id`."""
    privileges: Callable[[Any], Any]
    """What such a user may do: clients drop what they hold when it changes. Anything with a stable `repr`."""
    describe_user: Callable[[Any], Any]
    """What the client is told of the user, as JSON; by default `{"id": ...}`."""
    session: OpenSession
    """Replaces all of the above, and Starlette's signed cookie, by sessions of your own."""
    transaction: Opener
    """Opens the database for one function: a context manager, or a generator function that yields once, which commits on leaving and
    rolls back on leaving by an exception. It takes the `mizan.Request` or nothing, and mizan leaves it before it answers. What it
    gives is `Request.db`."""
    origins: Iterable[str]
    """Further origins whose pages may post: `https://shop.example`."""
    same_site: bool
    """Whether pages of sibling domains may post."""
    revisions: RevisionStore
    idempotency: IdempotencyStore
    revocations: Revocations
    limits: Limits
    document: str
    """An address, below the base, at which the OpenAPI document is served. For development: absent in production."""
