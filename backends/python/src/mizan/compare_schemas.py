"""Whether two schemas say the same (protocol 2.4, step 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


class SchemaComparison:
    """Compares schemas that refer to `components`."""

    def __init__(self, components: Mapping[str, Any]) -> None:
        self._components = components

    def same(self, left: Any, right: Any, *, by_type: bool = False) -> bool:
        """Whether two schemas are equal, annotations aside; `by_type`: bounds aside too. References to one component are equal."""
        pending = [(left, right)]
        seen: set[tuple[int, int]] = set()
        while pending:
            a, b = pending.pop()
            if (
                isinstance(a, Mapping)
                and isinstance(b, Mapping)
                and a.get("$ref") == b.get("$ref") is not None
            ):
                continue
            a, b = self.followed(a), self.followed(b)
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

    def followed(self, schema: Any) -> Any:
        """The schema behind references."""
        for _ in range(100):
            if not isinstance(schema, Mapping) or "$ref" not in schema:
                break
            schema = self._components[schema["$ref"].removeprefix(REFERENCE)]
        return schema


def keywords(schema: Any) -> list[str]:
    """What a schema says besides annotations."""
    if not isinstance(schema, Mapping):
        return []
    return [key for key in schema if key not in ANNOTATIONS and not key.startswith("x-")]


_SINGLE = frozenset(
    ("additionalProperties", "contains", "if", "then", "else", "items", "not", "propertyNames")
)
_MAPS = frozenset(("properties", "patternProperties", "dependentSchemas"))
_LISTS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))


def _pairs(
    a: Mapping[str, Any], b: Mapping[str, Any], by_type: bool
) -> list[tuple[Any, Any]] | None:
    """The pairs of inner schemas that remain to be compared; None where the two differ already."""
    pairs: list[tuple[Any, Any]] = []
    ignored = _BOUNDS if by_type else frozenset[str]()
    keys = {key for key in (*keywords(a), *keywords(b)) if key not in ignored}
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
