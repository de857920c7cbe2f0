"""Everything that a registry declares, resolved and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .context import Context
from .function import Function


@dataclass(frozen=True, slots=True)
class Contract:
    """By wire name, in the order of declaration (contexts: of first use). Immutable; safe to share between threads."""

    functions: Mapping[str, Function]
    contexts: Mapping[str, Context]
    base: str = "/"
    session_path: str | None = "/session/"
    title: str = "API"
    version: str = "0.0.0"

    @property
    def queries(self) -> tuple[Function, ...]:
        return tuple(each for each in self.functions.values() if each.kind == "query")

    @property
    def mutations(self) -> tuple[Function, ...]:
        return tuple(each for each in self.functions.values() if each.kind == "mutation")

    @property
    def views(self) -> tuple[Function, ...]:
        return tuple(each for each in self.functions.values() if each.kind == "view")
