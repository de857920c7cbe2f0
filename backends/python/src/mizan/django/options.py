"""What a project says about itself to mizan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypedDict

from django.http import HttpRequest

from mizan.wire.idempotency import IdempotencyStore
from mizan.wire.limits import Limits
from mizan.wire.revisions import RevisionStore


class Options(TypedDict, total=False):
    """All optional. The stores must be shared by all processes of a deployment; the default ones live in this process."""

    user: Callable[[HttpRequest], Any]
    """Who is signed in; by default `request.user`. For tokens: look at the Authorization header. None for a visitor. May block."""
    privileges: Callable[[Any], Any]
    """What such a user may do: clients drop what they hold when it changes. Anything with a stable `repr`. May block."""
    describe_user: Callable[[Any], Any]
    """What the client is told of the user, as JSON; by default `{"id": ...}`."""
    databases: Sequence[str]
    """Aliases of the databases that mutations change, each in a transaction of its own; by default `default`."""
    origins: Iterable[str]
    """Further origins whose pages may post; by default CSRF_TRUSTED_ORIGINS."""
    same_site: bool
    """Whether pages of sibling domains may post."""
    revisions: RevisionStore
    idempotency: IdempotencyStore
    limits: Limits
    document: str
    """An address, below the base, at which the OpenAPI document is served. For development: absent in production."""
