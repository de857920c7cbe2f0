import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { coreOf, isNull, typesOf } from "./identity.js";
import { sameJson, sameSchema } from "./same-schema.js";
import { isList, isObject, own, type SchemaAt } from "./schema-at.js";

/**
 * Whether the values of one schema may be given where another is asked for, as far as types go: bounds do not count, null may be
 * missing on either side (an absent value binds nothing), integers are numbers, listed strings are strings.
 */
export function fits(document: Document, given: SchemaAt, asked: SchemaAt): boolean {
  if (isSameScalar(given.schema, asked.schema)) return true;
  const from = coreOf(document, given).at;
  const to = coreOf(document, asked).at;
  if (sameSchema(document, from, to, { by: "type" })) return true;
  if (!isObject(from.schema) || !isObject(to.schema)) return to.schema === true;
  const allowed = kindsOf(to.schema);
  const kinds = kindsOf(from.schema);
  if (allowed === null || kinds === null) return isUntyped(to.schema) || isUntyped(from.schema);
  const values = listedValues(to.schema);
  if (values !== null) {
    const own = listedValues(from.schema);
    return own !== null && own.every((value) => includes(values, value));
  }
  return kinds.every((kind) => allowed.includes(kind) && kind !== "array" && kind !== "object");
}

const scalars: ReadonlySet<unknown> = new Set(["string", "integer", "number", "boolean"]);

/** The usual case, seen at a glance. */
function isSameScalar(given: JsonValue, asked: JsonValue): boolean {
  if (!isObject(given) || !isObject(asked)) return false;
  const type = own(asked, "type");
  const isPlain = !Object.hasOwn(asked, "enum") && !Object.hasOwn(asked, "const");
  return isPlain && scalars.has(type) && own(given, "type") === type;
}

/** Whether a constant is a value of a schema, as far as its type and listed values go. */
export function fitsValue(document: Document, asked: SchemaAt, value: JsonValue): boolean {
  const { at, nullable } = coreOf(document, asked);
  if (!isObject(at.schema)) return at.schema === true;
  if (value === null) return nullable || typesOf(at.schema).nullable || isUntyped(at.schema);
  const values = listedValues(at.schema);
  if (values !== null) return includes(values, value);
  const kinds = kindsOf(at.schema);
  if (kinds === null) return true;
  if (typeof value === "number") return kinds.includes("number") || kinds.includes("integer");
  return kinds.includes(isList(value) ? "array" : typeof value);
}

/** The JSON types of a schema: by `type`, or by what it lists; null when it does not say. `number` includes `integer`. */
function kindsOf(schema: JsonObject): string[] | null {
  const { types } = typesOf(schema);
  if (types.length > 0) return types.includes("number") ? [...types, "integer"] : [...types];
  const values = listedValues(schema);
  if (values === null) return null;
  return [...new Set(values.map((value) => (isList(value) ? "array" : typeof value)))];
}

function listedValues(schema: JsonObject): JsonValue[] | null {
  const values = own(schema, "enum");
  if (isList(values)) return values.filter((value) => value !== null);
  const value = own(schema, "const");
  return value === undefined || isNull(schema) ? null : [value];
}

function includes(values: readonly JsonValue[], value: JsonValue): boolean {
  return values.some((each) => sameJson(each, value));
}

function isUntyped(schema: JsonObject): boolean {
  return typesOf(schema).types.length === 0 && listedValues(schema) === null && !isUnion(schema);
}

function isUnion(schema: JsonObject): boolean {
  return ["anyOf", "oneOf", "allOf"].some((keyword) => Object.hasOwn(schema, keyword));
}
