"""What a declared function is: the model that export and dispatcher share.

Everything here is the *resolved* form, built once by `Registry.check()` and never changed after it. Terms are those of
docs/protocol.md, section 2.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter

    from .error import Error

Kind = Literal["query", "mutation", "view"]
Encoding = Literal["plain", "json"]
Mode = Literal["replace", "patch", "update", "upsert", "remove"]
AuthMode = Literal["none", "optional", "required"]
Viewers = Literal["all", "self"]
OnNull = Literal["invalidate", "null", "ignore"]
Segments = tuple[str | int, ...]
"""A path into a JSON value, one member a step."""


class Missing:
    """The type of `MISSING`: a param without a default."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()


@dataclass(frozen=True, slots=True)
class Param:
    """One param of a query or a view. `adapter` validates values and, in JSON mode, dumps them to their wire form."""

    name: str
    annotation: Any
    adapter: TypeAdapter[Any]
    default: Any = MISSING
    encoding: Encoding = "plain"
    codec: str = "string"
    """How its text is made, as in the kernel's descriptors: `number`, `date-time`, `string[]`, `json`."""
    wire_default: Any = MISSING
    """The default as a JSON value."""
    location: Literal["query", "path"] = "query"

    @property
    def required(self) -> bool:
        return self.default is MISSING


@dataclass(frozen=True, slots=True)
class Source:
    """Where the value of a target's param comes from (protocol 2.4). `path` for input and result, `value` for const."""

    origin: Literal["input", "result", "const", "server"]
    path: Segments = ()
    value: Any = None


@dataclass(frozen=True, slots=True)
class MergeTarget:
    """A slot that a mutation's answer is spliced into, resolved (protocol section 4)."""

    context: str
    slot: str
    mode: Mode
    key: tuple[str, ...] = ()
    at: Literal["start", "end"] | None = None
    value: Segments = ()
    """The part of the result that is merged; empty: the whole result."""
    params: Mapping[str, Source] = field(default_factory=dict[str, Source])
    on_null: OnNull = "invalidate"


@dataclass(frozen=True, slots=True)
class AffectTarget:
    """A context that a mutation makes stale; `*` is every context. Params that are not bound match every value."""

    context: str
    params: Mapping[str, Source] = field(default_factory=dict[str, Source])
    viewers: Viewers = "all"


@dataclass(frozen=True, slots=True)
class FileField:
    """A file of a multipart call. `path` as in the input: `("image",)`; a list of files is `multiple`."""

    path: Segments
    multiple: bool = False
    max_bytes: int | None = None
    max_count: int | None = None
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """How a field of a form is shown. All optional; constraints stay in the schema."""

    widget: str | None = None
    label: str | None = None
    help: str | None = None
    placeholder: str | None = None
    order: int | None = None
    sensitive: bool | None = None
    choices: tuple[tuple[Any, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a mutation: the argument `at`, or the whole input where `at` is empty."""

    at: Segments = ()
    fields: Mapping[str, FormField] = field(default_factory=dict[str, FormField])
    initial: str | None = None


@dataclass(frozen=True, slots=True)
class Auth:
    """Who may call. The dispatcher checks `mode`; `permissions` are labels for the UI, checked by the function."""

    mode: AuthMode
    permissions: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pagination:
    """How a query pages: the names of its params, and where items and the next page stand in its output."""

    style: Literal["cursor", "page", "offset"]
    params: Mapping[str, str]
    items: Segments = ()
    next: Segments = ()
    prev: Segments = ()
    total: Segments = ()


@dataclass(frozen=True, slots=True)
class Deprecated:
    """Why and since when a function is deprecated. `sunset` is an ISO date."""

    since: str | None = None
    sunset: str | None = None
    replaced_by: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a function is declared, for messages. Never part of the document."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Function:
    """One declared function.

    Call it as `callable(**arguments)`, where arguments are the values of its own params (query, view) and the fields of its
    input (mutation, view), plus the `mizan.Request` under `request_param` if that is not None. The values are
    validated Python values, not JSON.
    """

    name: str
    kind: Kind
    callable: Callable[..., Any]
    is_async: bool
    auth: Auth
    place: Place
    request_param: str | None = None

    # Query (params: view too).
    context: str | None = None
    slot: str | None = None
    params: tuple[Param, ...] = ()
    key: tuple[str, ...] = ()
    optional: bool = False
    pagination: Pagination | None = None

    # Mutation (input: view too). None: no arguments, or no result.
    input: type[BaseModel] | None = None
    output: TypeAdapter[Any] | None = None
    """Validates and dumps the result; None where the function returns nothing, and for views."""
    output_annotation: Any = None
    output_nullable: bool = False
    """True: `None` is a legal result of an `X | None` output."""
    merge: tuple[MergeTarget, ...] = ()
    affects: tuple[AffectTarget, ...] = ()
    form: Form | None = None
    encoding: Literal["json", "multipart", "form"] = "json"
    files: tuple[FileField, ...] = ()
    idempotent: bool = False
    csrf: bool = True
    session: Literal["keep", "change"] = "keep"
    concurrency: Literal["parallel", "serial", "latest"] = "parallel"

    # View.
    method: str | None = None
    path: str | None = None
    """Path template of a view, such as `/orders/{order_id}/invoice.pdf`, below the base."""
    produces: tuple[str, ...] = ()

    errors: Mapping[str, type[Error]] = field(default_factory=dict[str, "type[Error]"])
    """Declared errors by code."""
    module: str | None = None
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    deprecated: Deprecated | bool = False
    stability: Literal["stable", "experimental", "internal"] = "stable"

    @property
    def input_names(self) -> tuple[str, ...]:
        """Names of the arguments that come from the input."""
        return tuple(self._input_fields().values())

    def _input_fields(self) -> dict[str, str]:
        """Names inside the model, and on the wire and in the function; they differ where pydantic has the name for itself."""
        fields = {} if self.input is None else self.input.model_fields
        return {inner: field.alias or inner for inner, field in fields.items()}

    def parse_input(self, value: Any) -> dict[str, Any]:
        """The arguments of a call from its JSON value (files already put in place as `mizan.File`).

        Raises `pydantic.ValidationError`.
        """
        if self.input is None:
            return {}
        model = self.input.model_validate(value)
        return {name: getattr(model, inner) for inner, name in self._input_fields().items()}

    def dump_output(self, value: Any) -> Any:
        """The JSON value of a result: validated against the annotation (attributes of ORM objects are read), then dumped.

        Raises `pydantic.ValidationError` where the function did not return what it says.
        """
        if self.output is None:
            return None
        checked = self.output.validate_python(value, from_attributes=True)
        return self.output.dump_python(checked, mode="json", by_alias=True)
