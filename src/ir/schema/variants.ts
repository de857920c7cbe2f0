import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { isJsonObject } from "./nodes.js";
import { requiredNames, type SchemaAt, type SchemaReader } from "./schema-reader.js";

/** Larger unions are not examined. */
const mostExamined = 50;

interface Shape {
  readonly declared: Map<string, SchemaAt>;
  readonly required: Set<string>;
}

/**
 * Whether a program can tell the object variants of a union apart: by a required member whose listed values differ, or by required
 * members that the others do not have (one variant may be told by having none of them).
 */
export function canBeToldApart(reader: SchemaReader, variants: readonly SchemaAt[]): boolean {
  if (variants.length > mostExamined) return true;
  const places = new Set<Pointer>();
  const shapes: Shape[] = [];
  for (const variant of variants) {
    const end = reader.follow(variant);
    if (end === null || places.has(end.pointer)) continue;
    places.add(end.pointer);
    const shape = shapeOf(reader, end);
    if (shape !== null) shapes.push(shape);
  }
  if (shapes.length < 2) return true;
  const holders = new Map<string, number>();
  for (const { declared } of shapes) {
    for (const name of declared.keys()) holders.set(name, (holders.get(name) ?? 0) + 1);
  }
  const untold = shapes.filter(
    ({ required }) => ![...required].some((name) => holders.get(name) === 1),
  );
  return (
    untold.length < 2 ||
    [...(shapes[0]?.required ?? [])].some((name) => isTag(reader, shapes, name))
  );
}

/** What an object declares, also by reference and `allOf`; null for what is no object, or is a union itself. */
function shapeOf(reader: SchemaReader, at: SchemaAt): Shape | null {
  const declared = new Map<string, SchemaAt>();
  const required = new Set<string>();
  for (const { schema, pointer } of reader.parts(at)) {
    if (Object.hasOwn(schema, "oneOf") || Object.hasOwn(schema, "anyOf")) return null;
    for (const name of requiredNames(schema)) required.add(name);
    const { properties } = schema;
    if (!isJsonObject(properties)) continue;
    const place = child(pointer, "properties");
    for (const [name, property] of Object.entries(properties)) {
      declared.set(name, { schema: property, pointer: child(place, name) });
    }
  }
  return declared.size === 0 ? null : { declared, required };
}

function isTag(reader: SchemaReader, shapes: readonly Shape[], name: string): boolean {
  const seen = new Set<JsonValue>();
  return shapes.every(({ declared, required }) => {
    const property = declared.get(name);
    const values = property === undefined ? null : reader.literals(property);
    if (values === null || !required.has(name) || values.some((value) => seen.has(value)))
      return false;
    for (const value of values) seen.add(value);
    return true;
  });
}
