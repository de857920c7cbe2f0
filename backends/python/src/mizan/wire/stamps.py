"""From a context and the values of its params to the stamps of its scopes (protocol 5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mizan.context import Context

from .params import params_query
from .revisions import BumpTarget, Stamp

EVERYTHING: Stamp = "*"
"""Set by an invalidation of every context; read by every entry."""


def entry_stamps(context: Context, values: Mapping[str, Any], viewer: str) -> list[Stamp]:
    """The stamps that an entry reads: every scope that it is in. `values` are the resolved JSON values."""
    scopes = [_stamp(context, scope, values) for scope in _scopes(context)]
    own = [_own(stamp, viewer) for stamp in scopes] if context.cache.scope != "public" else []
    return [EVERYTHING, *scopes, *own]


def bump_target(context: Context | None, values: Mapping[str, Any], viewer: str | None) -> BumpTarget:
    """What a change of the entries with these values sets. None for every context; `viewer` for entries of one viewer only.

    Where no scope of exactly these params is declared, the finest one that contains it is set: more entries become stale than
    need be, never fewer.
    """
    if context is None:
        return BumpTarget(EVERYTHING)
    containing = [scope for scope in _scopes(context) if values.keys() >= set(scope)]
    finest = max(containing, key=len)
    stamp = _stamp(context, finest, values)
    coarser = [_stamp(context, scope, values) for scope in containing if set(scope) < set(finest)]
    nested = all(set(scope) <= set(finest) or set(scope) > set(finest) for scope in _scopes(context))
    # Entries of two scopes that are not nested may be the same: both are parts of the whole context.
    crossing = () if nested else (_stamp(context, (), {}),)
    if viewer is not None and context.cache.scope != "public":
        return BumpTarget(_own(stamp, viewer), (EVERYTHING, stamp, *coarser), crossing)
    return BumpTarget(stamp, (EVERYTHING, *coarser), crossing)


def _scopes(context: Context) -> tuple[tuple[str, ...], ...]:
    return context.scopes if () in context.scopes else ((), *context.scopes)


def _stamp(context: Context, scope: tuple[str, ...], values: Mapping[str, Any]) -> Stamp:
    query = params_query(context.params, {name: values[name] for name in scope})
    return f"{context.name}?{','.join(scope)}?{query}"


def _own(stamp: Stamp, viewer: str) -> Stamp:
    return f"{stamp}?{viewer}"
