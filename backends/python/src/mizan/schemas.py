"""The JSON Schemas of everything that is declared, made in one go, so that a type has one name wherever it stands."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticUserError
from pydantic.json_schema import PydanticJsonSchemaWarning

from .finding import Finding
from .schema_generator import SchemaGenerator, tidy

Direction = Literal["in", "out"]
Part = tuple[str, str, str]
"""Function, kind of part (`param`, `input`, `output`, `error`), name of the part."""
REFERENCE = "#/components/schemas/"
NO_SCHEMA = (PydanticInvalidForJsonSchema, PydanticUserError)


@dataclass(frozen=True, slots=True)
class Typed:
    """A type that needs a schema: what clients send (`in`) or receive (`out`)."""

    part: Part
    direction: Direction
    adapter: TypeAdapter[Any]


@dataclass(frozen=True, slots=True)
class Schemas:
    """Schemas by part, with references into `components`."""

    parts: Mapping[Part, Any]
    components: Mapping[str, Any]

    def of_param(self, function: str, name: str) -> Any:
        return self.parts[function, "param", name]

    def of_input(self, function: str) -> Any:
        return self.parts.get((function, "input", ""))

    def of_output(self, function: str) -> Any:
        return self.parts.get((function, "output", ""))

    def of_error(self, function: str, code: str) -> Any:
        return self.parts.get((function, "error", code))


def make_schemas(types: Iterable[Typed]) -> tuple[Schemas, list[Finding]]:
    """All schemas, and the types that have none or whose names clash (P5)."""
    findings: list[Finding] = []
    usable = list(types)
    try:
        parts, components, generator = _generate(usable)
    except NO_SCHEMA:
        faults = {each.part: fault for each in usable if (fault := _fault(each)) is not None}
        findings += faults.values()
        parts, components, generator = _generate(
            [each for each in usable if each.part not in faults]
        )
    findings += _clashes(generator)
    return Schemas(parts, components), findings


def _fault(typed: Typed) -> Finding | None:
    try:
        _generate([typed])
    except NO_SCHEMA as error:
        return Finding(
            f"the {_describe(typed.part)} has no JSON Schema: {error.message}",
            function=typed.part[0],
            help="use a type that JSON can carry, or give it a schema with pydantic's WithJsonSchema",
        )
    return None


def _generate(types: list[Typed]) -> tuple[dict[Part, Any], dict[str, Any], SchemaGenerator]:
    generator = SchemaGenerator(ref_template=REFERENCE + "{model}")
    with warnings.catch_warnings():
        # A default that JSON cannot hold is left out, which is what the warning says.
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)
        made, definitions = generator.generate_definitions(
            [
                (
                    each.part,
                    "validation" if each.direction == "in" else "serialization",
                    each.adapter.core_schema,
                )
                for each in types
            ]
        )
    parts: dict[Any, Any] = {part: tidy(schema) for (part, _), schema in made.items()}
    components = {str(name): tidy(definitions[name], name) for name in sorted(definitions)}
    return parts, components, generator


def _clashes(generator: SchemaGenerator) -> list[Finding]:
    found: list[Finding] = []
    for name, types in sorted(generator.types_by_name.items()):
        if len(types) < 2:
            continue
        where = sorted(each.split("[")[0].rsplit(":", 1)[0] for each in types)
        found.append(
            Finding(
                f'{len(types)} different types would be the component "{name}"',
                help="rename one of the classes: clients tell types apart by this name",
                related=tuple(where),
            )
        )
    return found


def _describe(part: Part) -> str:
    _, kind, name = part
    return {"param": f'param "{name}"', "input": "input", "output": "output"}.get(
        kind, f'data of the error "{name}"'
    )
