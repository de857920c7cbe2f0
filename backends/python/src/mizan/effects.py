"""What a running mutation says beyond its declaration: runtime targets (protocol 2.4, step 4, and S8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

from .function import Mode, Viewers


@dataclass(frozen=True, slots=True)
class Invalidation:
    """A context, or `*`, and the params that narrow it, as Python values; none: every entry of the context."""

    context: str
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    viewers: Viewers = "all"


@dataclass(frozen=True, slots=True)
class RuntimeMerge:
    """A value for a slot, as a Python value of the slot's type (or of its item, for update, upsert and remove)."""

    context: str
    slot: str
    value: Any
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])
    mode: Mode = "replace"
    key: tuple[str, ...] = ()
    at: Literal["start", "end"] | None = None


@dataclass(slots=True)
class Effects:
    """Collected while one mutation runs, in order. The dispatcher applies them after the commit, or drops them on failure."""

    invalidations: list[Invalidation] = field(default_factory=list[Invalidation])
    merges: list[RuntimeMerge] = field(default_factory=list[RuntimeMerge])
    redirect: str | None = None


_current: ContextVar[Effects | None] = ContextVar("mizan_effects", default=None)
_listeners: list[Callable[[Invalidation], None]] = []


@contextmanager
def collect_effects() -> Iterator[Effects]:
    """Around the call of a mutation. Threads started with a copy of the context report into the same object."""
    effects = Effects()
    token = _current.set(effects)
    try:
        yield effects
    finally:
        _current.reset(token)


def listen(listener: Callable[[Invalidation], None]) -> Callable[[], None]:
    """Called for each invalidation that is made outside a mutation. Returns the function that ends it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def invalidate(
    context: str, params: Mapping[str, Any] | None = None, *, viewers: Viewers = "all"
) -> None:
    """Makes a context stale, besides what the declaration says: `mizan.invalidate("orders", {"user_id": old_owner})`.

    Inside a mutation it takes effect after the commit; outside of one (a job, a signal of the ORM) at once.
    """
    item = Invalidation(context, dict(params or {}), viewers)
    effects = _current.get()
    if effects is not None:
        effects.invalidations.append(item)
        return
    if not _listeners:
        raise RuntimeError(
            f"mizan.invalidate({context!r}) was called outside a mutation, and no server runs in this process that could "
            "tell anyone. Call it inside a mutation, or in the process that serves."
        )
    for listener in tuple(_listeners):
        listener(item)


def merge(
    context: str,
    value: Any,
    *,
    slot: str,
    params: Mapping[str, Any] | None = None,
    mode: Mode = "replace",
    key: tuple[str, ...] = (),
    at: Literal["start", "end"] | None = None,
) -> None:
    """Sends a value for a slot with the answer of the running mutation."""
    effects = _current.get()
    if effects is None:
        raise RuntimeError(
            f"mizan.merge({context!r}, slot={slot!r}) was called outside a mutation: there is no answer to put it into."
        )
    effects.merges.append(RuntimeMerge(context, slot, value, dict(params or {}), mode, key, at))


def redirect(path: str) -> None:
    """Tells the client where to go after the running mutation. Only a path of the same origin."""
    effects = _current.get()
    if effects is None:
        raise RuntimeError(f"mizan.redirect({path!r}) was called outside a mutation.")
    if not path.startswith("/") or path[1:2] in ("/", "\\"):
        raise ValueError(f"mizan.redirect({path!r}): must be a path of this site, such as /orders")
    effects.redirect = path
