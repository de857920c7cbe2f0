"""How a param becomes text in a query: by its schema alone (protocol 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .function import MISSING
from .shape import Shapes, is_null


@dataclass(frozen=True, slots=True)
class Text:
    """The kernel's codec (`number`, `date-time[]`, `json`), and whether the items stand under a repeated key."""

    codec: str
    is_list: bool = False


def text_of(shapes: Shapes, schema: Any, default: Any) -> Text:
    """Plain where every value has one unambiguous text, null and the empty list as absence included; else JSON.

    `default` is the JSON value that absence stands for, or MISSING for a required param.
    """
    core = shapes.core(schema)
    scalar = _scalar(shapes, core.schema)
    if scalar is not None:
        return Text(scalar) if not core.nullable or default is None else Text("json")
    element = shapes.element(core.schema)
    if element is None or element.nullable:
        return Text("json")
    item = _scalar(shapes, element.schema)
    if item is None:
        return Text("json")
    never_empty = core.schema.get("minItems", 0) >= 1 and not core.nullable
    if never_empty or (default is not MISSING and default in (None, [])):
        return Text(f"{item}[]", is_list=True)
    return Text("json")


def _scalar(shapes: Shapes, schema: Any, depth: int = 0) -> str | None:
    if not isinstance(schema, Mapping) or depth > 8:
        return None
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        kinds = {_kind_of_value(each) for each in values if each is not None}
        return kinds.pop() if len(kinds) == 1 else None
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            inner = [shapes.core(each).schema for each in schema[keyword] if not is_null(each)]
            codecs = {_scalar(shapes, each, depth + 1) for each in inner}
            return codecs.pop() if len(codecs) == 1 else None
    match schema.get("type"):
        case "integer" | "number":
            return "number"
        case "boolean":
            return "boolean"
        case "string":
            text = schema.get("format")
            return text if text in ("uuid", "date-time") else "string"
        case _:
            return None


def _kind_of_value(value: Any) -> str | None:
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else None
