"""The JSON Schemas of the document, from pydantic's.

What differs from pydantic's own form, so that every producer writes the same: no titles that only repeat a name; members with defaults are
required in answers (P4); decimals are strings in both directions; passwords have no default (P7).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from pydantic.json_schema import CoreModeRef, DefsRef, GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

Definitions = dict[str, dict[str, Any]]


class SchemaGenerator(GenerateJsonSchema):
    """`types_by_name` tells which types asked for which component name: more than one is an error (P5)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types_by_name: defaultdict[str, set[str]] = defaultdict(set)

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        reference = super().get_defs_ref(core_mode_ref)
        self.types_by_name[self._short_name(core_mode_ref[0])].add(core_mode_ref[0])
        return reference

    def _short_name(self, core_ref: str) -> str:
        """The component name that pydantic gives where nothing else asks for it: without modules and ids."""
        parts = re.split(r"([\][,])", core_ref)
        names = [re.sub(r"(?:[^.[\]]+\.)+", "", part.rsplit(":", 1)[0]) for part in parts]
        return self.normalize_name("".join(names))

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        if self.mode != "serialization":
            return super().field_is_required(field, total)
        if field.get("serialization_exclude_if") is not None:
            return False
        return field["type"] != "typed-dict-field" or field.get("required", total)

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "string", "format": "decimal"}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        json_schema = super().default_schema(schema)
        if is_secret(json_schema):
            json_schema.pop("default", None)
        return json_schema


def is_secret(schema: Any) -> bool:
    """Whether a schema is that of a password, or of a password or null."""
    if not isinstance(schema, dict):
        return False
    if schema.get("format") == "password" or schema.get("writeOnly") is True:
        return True
    return any(is_secret(each) for each in schema.get("anyOf", ()))


_NAMES_TO_SCHEMAS = frozenset(("properties", "patternProperties", "$defs", "dependentSchemas"))
_VALUES = frozenset(("default", "const", "enum", "examples", "example"))


def tidy(schema: Any, name: str | None = None) -> Any:
    """Keywords in alphabetical order, `properties` in that of declaration, no title that repeats the component's `name`."""
    if isinstance(schema, list):
        return [tidy(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    tidied: dict[str, Any] = {}
    for keyword in sorted(schema):
        value = schema[keyword]
        if keyword == "title" and name is not None and _repeats(value, name):
            continue
        if keyword == "writeOnly" and schema.get("format") == "password":
            continue  # In an answer it is there, as asterisks.
        if keyword in _NAMES_TO_SCHEMAS and isinstance(value, dict):
            tidied[keyword] = {member: tidy(each) for member, each in value.items()}
        else:
            tidied[keyword] = value if keyword in _VALUES else tidy(value)
    return tidied


def _repeats(title: Any, name: str) -> bool:
    bare = re.sub(r"-(Input|Output)$", "", name)
    return isinstance(title, str) and re.sub(r"[^a-zA-Z0-9.\-_]", "_", title) == bare
