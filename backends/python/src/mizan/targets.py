"""What a declaration says about the contexts that a mutation changes, before it is resolved (protocol 2.4 and 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .function import Mode, OnNull, Segments, Source, Viewers

ParamSources = Mapping[str, "Source | str"] | Sequence[str]
"""Where the params of a target come from: sources by param; a text is a path in the input (`"form.user_id"`). A list of names takes
each from the input member of that name."""


@dataclass(frozen=True, slots=True)
class Merge:
    """The answer goes into a slot of a context: `merge=[mizan.Merge("user", slot="friends", mode="update")]`.

    What is left out is found by type: the slot, the mode, the key, and the params by name (`params=` turns that off).
    """

    context: str
    slot: str | None = None
    mode: Mode | None = None
    key: str | Sequence[str] | None = None
    at: Literal["start", "end"] | None = None
    value: str | Sequence[str | int] | None = None
    """The part of the answer: a path. None: the whole."""
    params: ParamSources | None = None
    on_null: OnNull = "invalidate"


@dataclass(frozen=True, slots=True)
class Affects:
    """The context is fetched again: `affects=[mizan.Affects("orders", params=["user_id"])]`. `*` is every context."""

    context: str
    params: ParamSources | None = None
    viewers: Viewers = "all"


def from_input(path: str | Sequence[str | int]) -> Source:
    """A value of the input: `from_input("form.user_id")`."""
    return Source("input", segments(path))


def from_result(path: str | Sequence[str | int]) -> Source:
    """A value of the answer: `from_result("owner.id")`."""
    return Source("result", segments(path))


def const(value: Any) -> Source:
    """A fixed JSON value."""
    return Source("const", value=value)


def from_server() -> Source:
    """Known to the server only, which says it with `mizan.invalidate` or `mizan.merge`."""
    return Source("server")


def segments(path: str | Sequence[str | int]) -> Segments:
    """`"lines.0.id"` and `["lines", 0, "id"]` are one path."""
    if not isinstance(path, str):
        return tuple(path)
    return tuple(int(step) if step.isdecimal() else step for step in path.split("."))


def sources(params: ParamSources) -> dict[str, Source]:
    """The sources by param, in the declared order."""
    if isinstance(params, Mapping):
        return {
            name: source if isinstance(source, Source) else from_input(source)
            for name, source in params.items()
        }
    return {name: from_input([name]) for name in params}
