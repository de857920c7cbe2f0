import type { JsonValue } from "../../document/document.js";
import { speaksOfArrays } from "./map-array.js";
import { speaksOfObjects } from "./map-object.js";
import { isJsonArray, isJsonObject } from "./nodes.js";
import { listAt, type SchemaAt, type SchemaReader } from "./schema-reader.js";

/** The types that JSON has; integers are numbers. */
export type ValueKind = "string" | "number" | "boolean" | "null" | "object" | "array";

const known: ReadonlySet<string> = new Set<ValueKind>([
  "string",
  "number",
  "boolean",
  "null",
  "object",
  "array",
]);

/** A look through more schemas than this would cost more than its answer is worth. */
const mostSchemas = 1000;

/** Of which types the values of a schema may be; null when it does not say, or has too many parts to tell. */
export function kindsOf(
  reader: SchemaReader,
  at: SchemaAt,
  budget = { schemas: mostSchemas },
): ReadonlySet<ValueKind> | null {
  let kinds: ReadonlySet<ValueKind> | null = null;
  let nullable = false;
  for (const { schema, pointer } of reader.parts(at)) {
    if (budget.schemas-- <= 0) return null;
    nullable ||= schema["nullable"] === true;
    const own = typesOf(schema["type"]) ?? listedKinds(schema["const"], schema["enum"]);
    if (own !== null) kinds = common(kinds, own);
    for (const keyword of ["oneOf", "anyOf"]) {
      const variants = listAt(schema, pointer, keyword);
      if (variants.length === 0) continue;
      const each = variants.map((variant) => kindsOf(reader, variant, budget));
      if (each.every((some) => some !== null)) {
        kinds = common(kinds, new Set(each.flatMap((some) => [...some])));
      }
    }
    if (kinds === null && speaksOfObjects(schema)) kinds = new Set(["object"]);
    if (kinds === null && speaksOfArrays(schema)) kinds = new Set(["array"]);
  }
  return nullable && kinds !== null ? new Set([...kinds, "null"]) : kinds;
}

/** The types that `type` names; null when it names none, or one that JSON does not have. */
export function typesOf(type: JsonValue | undefined): ReadonlySet<ValueKind> | null {
  if (type === undefined) return null;
  const kinds = (isJsonArray(type) ? type : [type]).map((name) =>
    name === "integer" ? "number" : name,
  );
  return kinds.every(isKind) ? new Set(kinds) : null;
}

function isKind(name: JsonValue): name is ValueKind {
  return typeof name === "string" && known.has(name);
}

function listedKinds(
  value: JsonValue | undefined,
  values: JsonValue | undefined,
): ReadonlySet<ValueKind> | null {
  if (value !== undefined) return new Set([kindOf(value)]);
  return isJsonArray(values) ? new Set(values.map(kindOf)) : null;
}

function kindOf(value: JsonValue): ValueKind {
  if (value === null) return "null";
  if (isJsonArray(value)) return "array";
  if (isJsonObject(value)) return "object";
  return typeof value === "string" ? "string" : typeof value === "number" ? "number" : "boolean";
}

function common(
  a: ReadonlySet<ValueKind> | null,
  b: ReadonlySet<ValueKind>,
): ReadonlySet<ValueKind> {
  return a === null ? b : new Set([...a].filter((kind) => b.has(kind)));
}
