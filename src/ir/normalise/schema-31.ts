import type { JsonObject, JsonValue } from "../../document/document.js";
import { isList, isObject, own } from "../shape/schema-at.js";

/** Keywords whose value maps names to schemas. */
const maps: ReadonlySet<string> = new Set(["properties", "patternProperties", "definitions"]);

/** Keywords whose value is data: nothing in it is a schema. */
const data: ReadonlySet<string> = new Set(["const", "default", "enum", "example", "examples"]);

/**
 * A schema of OpenAPI 3.0 in the forms of 3.1: `nullable` as a type or a union with null, exclusive bounds as numbers. The reader
 * bounds the depth.
 */
export function toSchema31(schema: JsonValue): JsonValue {
  if (isList(schema)) return schema.map(toSchema31);
  if (!isObject(schema)) return schema;
  const { nullable, ...rest } = schema;
  const members = Object.entries(rest).flatMap(([key, value]): [string, JsonValue][] => {
    if (data.has(key) || key.startsWith("x-")) return [[key, value]];
    if (maps.has(key) && isObject(value)) {
      const inner = Object.entries(value).map(([name, each]) => [name, toSchema31(each)] as const);
      return [[key, Object.fromEntries(inner)]];
    }
    if (key === "exclusiveMinimum" || key === "exclusiveMaximum") return bound(rest, key, value);
    if (key === "minimum" && own(rest, "exclusiveMinimum") === true) return [];
    if (key === "maximum" && own(rest, "exclusiveMaximum") === true) return [];
    return [[key, toSchema31(value)]];
  });
  const converted: JsonObject = Object.fromEntries(members);
  return nullable === true ? withNull(converted) : converted;
}

function bound(schema: JsonObject, key: string, value: JsonValue): [string, JsonValue][] {
  if (typeof value !== "boolean") return [[key, value]];
  const limit = own(schema, key === "exclusiveMinimum" ? "minimum" : "maximum");
  return value && limit !== undefined ? [[key, limit]] : [];
}

function withNull(schema: JsonObject): JsonObject {
  const type = own(schema, "type");
  if (typeof type !== "string") {
    return Object.keys(schema).length === 0 ? {} : { anyOf: [schema, { type: "null" }] };
  }
  const values = own(schema, "enum");
  return {
    ...schema,
    type: [type, "null"],
    ...(isList(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}
