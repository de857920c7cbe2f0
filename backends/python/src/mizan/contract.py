"""Everything that a registry declares, resolved and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .context import Context
from .finding import Finding
from .function import Function
from .schemas import Schemas


@dataclass(frozen=True, slots=True)
class Settings:
    """What a registry says about the whole."""

    title: str = "API"
    version: str = "0.0.0"
    base: str = "/"
    """Below which everything is served; begins and ends with a slash."""
    session_path: str | None = "/session/"
    """None: there is no session."""
    session_cookie: str = "sessionid"
    """Its name in the document."""
    producer: str = "mizan-python"
    """Who wrote the document."""


@dataclass(frozen=True)
class Contract:
    """By wire name, in the order of declaration (contexts: of first use). Immutable; safe to share between threads."""

    settings: Settings
    functions: Mapping[str, Function]
    contexts: Mapping[str, Context]
    schemas: Schemas
    warnings: tuple[Finding, ...] = ()

    @property
    def base(self) -> str:
        return self.settings.base

    @property
    def session_path(self) -> str | None:
        return self.settings.session_path

    @cached_property
    def queries(self) -> tuple[Function, ...]:
        return tuple(each for each in self.functions.values() if each.kind == "query")

    @cached_property
    def mutations(self) -> tuple[Function, ...]:
        return tuple(each for each in self.functions.values() if each.kind == "mutation")

    @cached_property
    def views(self) -> tuple[Function, ...]:
        return tuple(each for each in self.functions.values() if each.kind == "view")
