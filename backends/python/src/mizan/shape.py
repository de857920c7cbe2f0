"""What schemas say about shapes: identity, elements, members, equality (protocol section 4).

The generator asks the same questions of any document (src/ir/shape); these are the answers for the schemas that pydantic writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .function import Segments
from .json_text import json_text
from .schemas import REFERENCE

ANNOTATIONS = frozenset(
    (
        "$comment",
        "$id",
        "$schema",
        "default",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "summary",
        "tags",
        "title",
        "writeOnly",
        "xml",
    )
)
"""What does not make two schemas different (protocol 2.4, step 1); `x-*` neither."""

_BOUNDS = frozenset(
    (
        "contentEncoding",
        "contentMediaType",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "uniqueItems",
    )
)


@dataclass(frozen=True, slots=True)
class Core:
    """A schema without references and null around it. `identity` is the component's name; None for an inline schema."""

    schema: Any
    nullable: bool
    identity: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole value: its core, and the core of its items where it is a list."""

    core: Core
    element: Core | None


class Open:
    """The schema says nothing against the member."""


class Absent:
    """There is no such member."""


OPEN: Final = Open()
ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class Member:
    """What stands under a name."""

    schema: Any
    required: bool


Found = Member | Open | Absent


class Shapes:
    """Answers questions about schemas that refer to `components`."""

    def __init__(self, components: Mapping[str, Any]) -> None:
        self._components = components

    def core(self, schema: Any) -> Core:
        nullable = False
        identity: str | None = None
        for _ in range(100):
            if not isinstance(schema, Mapping):
                break
            reference = schema.get("$ref")
            if isinstance(reference, str):
                identity = reference.removeprefix(REFERENCE)
                schema = self._components[identity]
                continue
            inner = _wrapped(schema)
            if inner is None:
                break
            if len(inner) == 2:
                nullable = True
            schema, identity = inner[0], None
        return Core(schema, nullable, identity)

    def outline(self, schema: Any) -> Outline:
        core = self.core(schema)
        return Outline(core, self.element(core.schema))

    def element(self, schema: Any) -> Core | None:
        """The item type of `{type: array, items}`."""
        core = self.core(schema).schema
        if not isinstance(core, Mapping) or core.get("type") != "array" or "prefixItems" in core:
            return None
        return self.core(core["items"]) if "items" in core else None

    def member(self, schema: Any, step: str | int) -> Found:
        core = self.core(schema).schema
        if core is True or (isinstance(core, Mapping) and not _keywords(core)):
            return OPEN
        if not isinstance(core, Mapping):
            return ABSENT
        if isinstance(step, int):
            return self._item(core, step)
        properties = core.get("properties", {})
        if step in properties:
            return Member(properties[step], step in core.get("required", ()))
        variants = [
            each for key in ("anyOf", "oneOf") for each in core.get(key, ()) if not is_null(each)
        ]
        if variants:
            found = [self.member(each, step) for each in variants]
            if any(isinstance(each, Absent) for each in found):
                return ABSENT
            return next((each for each in found if isinstance(each, Member)), OPEN)
        if core.get("type", "object") != "object":
            return ABSENT
        extra = core.get("additionalProperties")
        if isinstance(extra, Mapping) and extra:
            return Member(extra, False)
        return OPEN if extra not in (None, False) or not properties else ABSENT

    def _item(self, core: Mapping[str, Any], index: int) -> Found:
        if core.get("type") != "array":
            return ABSENT
        prefix = core.get("prefixItems", ())
        if index < len(prefix):
            return Member(prefix[index], True)
        return Member(core["items"], False) if "items" in core else OPEN

    def follow(self, schema: Any, path: Segments) -> Found:
        """What stands at a path from the root of a value."""
        found: Found = Member(schema, True)
        for step in path:
            if not isinstance(found, Member):
                return found
            inner = self.member(found.schema, step)
            found = Member(inner.schema, inner.required and found.required) if isinstance(inner, Member) else inner
        return found

    def members(self, schema: Any) -> Mapping[str, Any]:
        """The declared members of an object."""
        core = self.core(schema).schema
        return core.get("properties", {}) if isinstance(core, Mapping) else {}

    def is_scalar(self, schema: Any) -> bool:
        kinds = self._kinds(self.core(schema).schema)
        return kinds is not None and not kinds & {"array", "object"}

    def same(self, left: Any, right: Any, *, by_type: bool = False) -> bool:
        """Whether two schemas are equal, annotations aside; `by_type`: bounds aside too. References to one component are equal."""
        pending = [(left, right)]
        seen: set[tuple[int, int]] = set()
        while pending:
            a, b = pending.pop()
            if isinstance(a, Mapping) and isinstance(b, Mapping) and a.get("$ref") == b.get("$ref") is not None:
                continue
            a, b = self._followed(a), self._followed(b)
            if (id(a), id(b)) in seen:
                continue
            seen.add((id(a), id(b)))
            if not isinstance(a, Mapping) or not isinstance(b, Mapping):
                if a != b:
                    return False
                continue
            pairs = _pairs(a, b, by_type)
            if pairs is None:
                return False
            pending += pairs
        return True

    def fits(self, given: Any, asked: Any) -> bool:
        """Whether values of one type may be given where another is asked for: bounds and null do not count, an integer is a number."""
        source, target = self.core(given).schema, self.core(asked).schema
        if self.same(source, target, by_type=True):
            return True
        kinds, allowed = self._kinds(source), self._kinds(target)
        if kinds is None or allowed is None:
            return kinds is allowed or not _keywords(source) or not _keywords(target)
        values = _values(target)
        if values is not None:
            given_values = _values(source)
            return given_values is not None and all(each in values for each in given_values)
        if "number" in allowed:
            allowed = allowed | {"integer"}
        return kinds <= allowed and not kinds & {"array", "object"}

    def fits_value(self, asked: Any, value: Any) -> bool:
        """Whether a constant is a value of a schema, as far as its type and listed values go."""
        core = self.core(asked)
        if value is None:
            return core.nullable
        values = _values(core.schema)
        if values is not None:
            return any(json_text(value) == json_text(each) for each in values)
        kinds = self._kinds(core.schema)
        return kinds is None or not kinds.isdisjoint(_kinds_of_value(value))

    def _followed(self, schema: Any) -> Any:
        for _ in range(100):
            if not isinstance(schema, Mapping) or "$ref" not in schema:
                break
            schema = self._components[schema["$ref"].removeprefix(REFERENCE)]
        return schema

    def _kinds(self, schema: Any) -> frozenset[str] | None:
        """The JSON types of a schema; None where it does not say."""
        if not isinstance(schema, Mapping):
            return None
        kind = schema.get("type")
        if isinstance(kind, str):
            return frozenset((kind,))
        if isinstance(kind, list):
            return frozenset(kind)
        values = _values(schema)
        if values is not None:
            return frozenset(each for value in values for each in _kinds_of_value(value)[:1])
        variants = [each for key in ("anyOf", "oneOf") for each in schema.get(key, ())]
        inner = [self._kinds(self._followed(each)) for each in variants]
        if not inner or None in inner:
            return None
        return frozenset(each for kinds in inner if kinds for each in kinds)


def is_null(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("type") == "null"


def _wrapped(schema: Mapping[str, Any]) -> Sequence[Any] | None:
    """The schema inside `X | null` or a union of one; a second item stands for the null that was taken off."""
    if any(key in schema for key in ("type", "properties", "enum", "const")):
        return None
    for keyword in ("anyOf", "oneOf"):
        members = schema.get(keyword)
        if members is None:
            continue
        rest = [each for each in members if not is_null(each)]
        if len(rest) != 1:
            return None
        return rest if len(rest) == len(members) else [rest[0], None]
    return None


def _keywords(schema: Any) -> list[str]:
    if not isinstance(schema, Mapping):
        return []
    return [key for key in schema if key not in ANNOTATIONS and not key.startswith("x-")]


_SINGLE = frozenset(("additionalProperties", "contains", "if", "then", "else", "items", "not", "propertyNames"))
_MAPS = frozenset(("properties", "patternProperties", "dependentSchemas"))
_LISTS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))


def _pairs(a: Mapping[str, Any], b: Mapping[str, Any], by_type: bool) -> list[tuple[Any, Any]] | None:
    """The pairs of inner schemas that remain to be compared; None where the two differ already."""
    pairs: list[tuple[Any, Any]] = []
    ignored = _BOUNDS if by_type else frozenset[str]()
    keys = {key for key in (*_keywords(a), *_keywords(b)) if key not in ignored}
    for key in keys:
        if key not in a or key not in b:
            return None
        x, y = a[key], b[key]
        if key in _SINGLE:
            pairs.append((x, y))
        elif key in _MAPS:
            if x.keys() != y.keys():
                return None
            pairs += [(x[name], y[name]) for name in x]
        elif key in _LISTS:
            if len(x) != len(y):
                return None
            pairs += zip(x, y, strict=True)
        elif key == "required":
            if set(x) != set(y):
                return None
        elif x != y:
            return None
    return pairs


def _values(schema: Any) -> list[Any] | None:
    if not isinstance(schema, Mapping):
        return None
    if "enum" in schema:
        return [each for each in schema["enum"] if each is not None]
    return [schema["const"]] if schema.get("const") is not None else None


def _kinds_of_value(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["boolean"]
    if isinstance(value, int):
        return ["integer", "number"]
    if isinstance(value, float):
        return ["number", "integer"] if value.is_integer() else ["number"]
    return ["string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"]
