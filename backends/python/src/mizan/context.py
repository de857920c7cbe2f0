"""A context: the named bundle of queries that are read together (protocol 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .function import Deprecated, Function, Param

CacheScope = Literal["none", "private", "public"]


@dataclass(frozen=True, slots=True)
class Cache:
    """Who may share what a context answers: nobody, one viewer, or everyone. Times in seconds."""

    scope: CacheScope = "private"
    ttl: int | None = None
    swr: int | None = None
    tags: tuple[str, ...] = ()
    vary: tuple[Literal["Accept-Language"], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """Resolved: its functions in the order of declaration, the union of their params, and the scopes it is invalidated by."""

    name: str
    path: str
    """Below the base, with the trailing slash: `/ctx/user/`."""
    cache: Cache
    functions: tuple[Function, ...]
    params: tuple[Param, ...]
    scopes: tuple[tuple[str, ...], ...]
    """Sets of param names that mutations invalidate by, in the order of the params; `()` is the whole context."""
    summary: str | None = None
    description: str | None = None
    deprecated: Deprecated | bool = False

    def arguments(self, function: Function, values: Mapping[str, Any]) -> dict[str, Any]:
        """The function's own params out of the values of the context: no function sees another's."""
        return {param.name: values[param.name] for param in function.params}
