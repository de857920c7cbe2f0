"""A function and its options as they were written, before anything is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from .error import Error
from .function import (
    Auth,
    AuthMode,
    Deprecated,
    FormField,
    Pagination,
    Place,
)
from .targets import Affects, Merge


@dataclass(frozen=True, slots=True)
class FormOptions:
    """`form=mizan.FormOptions(at="form", fields={"email": mizan.FormField(widget="email")})`: the argument that a form fills."""

    at: str | Sequence[str | int] | None = None
    fields: Mapping[str, FormField] = field(default_factory=dict[str, FormField])
    initial: str | None = None
    """The query whose answer the form begins with."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Every declaration has its own (H10, T12); the function itself is left as it is."""

    callable: Callable[..., Any]
    name: str
    place: Place
    local_names: Mapping[str, Any]
    """What the annotations may name besides the module's own names."""
    auth: Auth | AuthMode
    context: str | None = None
    slot: str | None = None
    merge: Sequence[Merge | str] = ()
    affects: Sequence[Affects | str] = ()
    key: str | Sequence[str] = ()
    optional: bool = False
    pagination: Pagination | None = None
    form: FormOptions | str | bool = False
    errors: Sequence[type[Error]] = ()
    idempotent: bool = False
    csrf: bool = True
    session: Literal["keep", "change"] = "keep"
    concurrency: Literal["parallel", "serial", "latest"] = "parallel"
    method: str | None = None
    path: str | None = None
    produces: Sequence[str] = ()
    encoding: Literal["json", "multipart", "form"] | None = None
    module: str | None = None
    summary: str | None = None
    description: str | None = None
    tags: Sequence[str] = ()
    deprecated: Deprecated | bool = False
    stability: Literal["stable", "experimental", "internal"] = "stable"

    @property
    def kind(self) -> Literal["query", "mutation", "view"]:
        if self.path is not None:
            return "view"
        return "query" if self.context is not None else "mutation"


@dataclass(frozen=True, slots=True)
class ContextDeclaration:
    """What `registry.context(...)` was given."""

    name: str
    place: Place
    cache: Literal["none", "private", "public"]
    ttl: int | None
    swr: int | None
    tags: Sequence[str]
    vary: Sequence[Literal["Accept-Language"]]
    scopes: Sequence[Sequence[str]]
    summary: str | None
    description: str | None
    deprecated: Deprecated | bool
