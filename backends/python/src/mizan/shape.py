"""What schemas say about shapes: identity, elements, members, equality (protocol section 4).

The generator asks the same questions of any document (src/ir/shape); these are the answers for the schemas that pydantic writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .compare_schemas import SchemaComparison, keywords
from .function import Segments
from .json_text import json_text
from .schemas import REFERENCE


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
        self._comparison = SchemaComparison(components)

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
        if core is True or (isinstance(core, Mapping) and not keywords(core)):
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
            found = (
                Member(inner.schema, inner.required and found.required)
                if isinstance(inner, Member)
                else inner
            )
        return found

    def members(self, schema: Any) -> Mapping[str, Any]:
        """The declared members of an object."""
        core = self.core(schema).schema
        return core.get("properties", {}) if isinstance(core, Mapping) else {}

    def is_scalar(self, schema: Any) -> bool:
        kinds = self._kinds(self.core(schema).schema)
        return kinds is not None and not kinds & {"array", "object"}

    def same(self, left: Any, right: Any) -> bool:
        """Whether two schemas are equal, annotations aside. References to one component are equal."""
        return self._comparison.same(left, right)

    def fits(self, given: Any, asked: Any) -> bool:
        """Whether values of one type may be given where another is asked for: bounds and null do not count, an integer is a number."""
        source, target = self.core(given).schema, self.core(asked).schema
        if self._comparison.same(source, target, by_type=True):
            return True
        kinds, allowed = self._kinds(source), self._kinds(target)
        if kinds is None or allowed is None:
            return kinds is allowed or not keywords(source) or not keywords(target)
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
        inner = [self._kinds(self._comparison.followed(each)) for each in variants]
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
    return [
        "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
    ]
