import { isObject } from "../json/json-value.js";
import type { JsonSchema } from "./json-schema.js";

/** Formats that say all that the pattern beside them says. */
const knownFormats = new Set(["date", "date-time", "decimal", "duration", "email", "time", "uuid"]);

const dropped = new Set(["$schema", "$id", "id", "title", "contentEncoding", "~standard"]);

/**
 * The plainest form of a converted schema, equal whatever vendor wrote it: no titles, null as a member of a union, no bounds that only
 * say "a safe integer", no pattern beside a format that says the same, keywords in alphabetical order.
 *
 * @param ref gives the text of a reference
 */
export function plainSchema(
  schema: JsonSchema,
  io: "input" | "output",
  ref: (text: string) => string,
): JsonSchema {
  const visit = (value: JsonSchema): JsonSchema => {
    const plain = nullAsUnion(ofUuid(ofFile(value)));
    const entries = Object.entries(plain)
      .filter(([name, item]) => !isNoise(plain, name, item, io))
      .map(([name, item]): [string, unknown] => [name, visitKeyword(name, item, visit, ref)]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return visit(schema);
}

function visitKeyword(
  name: string,
  value: unknown,
  visit: (schema: JsonSchema) => JsonSchema,
  ref: (text: string) => string,
): unknown {
  if (name === "$ref" && typeof value === "string") return ref(value);
  if ((name === "properties" || name === "patternProperties") && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, isObject(item) ? visit(item) : item]),
    );
  }
  if (["anyOf", "oneOf", "allOf", "prefixItems"].includes(name) && Array.isArray(value)) {
    return value.map((item: unknown) => (isObject(item) ? visit(item) : item));
  }
  const nested = ["items", "additionalProperties", "propertyNames", "not", "contains"];
  return nested.includes(name) && isObject(value) ? visit(value) : value;
}

function isNoise(
  schema: JsonSchema,
  name: string,
  value: unknown,
  io: "input" | "output",
): boolean {
  if (dropped.has(name) || name === "$defs") return true;
  if (name === "additionalProperties") {
    // What a server sends is open by nature: clients ignore members that they do not know.
    return (value === false && io === "output") || (isObject(value) && !Object.keys(value).length);
  }
  if (name === "minimum") return value === Number.MIN_SAFE_INTEGER;
  if (name === "maximum") return value === Number.MAX_SAFE_INTEGER;
  if (name === "pattern") return knownFormats.has(String(schema["format"]));
  return name === "required" && Array.isArray(value) && value.length === 0;
}

/** `{type: ["string", "null"]}` says the same as a union with null, which says it for references as well. */
function nullAsUnion(schema: JsonSchema): JsonSchema {
  const { type, default: preset, description, ...rest } = schema;
  if (!Array.isArray(type) || type.length !== 2 || !type.includes("null")) return schema;
  const other: unknown = type.find((each) => each !== "null");
  const { enum: values, ...more } = rest;
  const listed = Array.isArray(values) ? { enum: values.filter((each) => each !== null) } : {};
  return {
    anyOf: [{ ...more, ...listed, type: other }, { type: "null" }],
    ...(preset !== undefined && { default: preset }),
    ...(description !== undefined && { description }),
  };
}

/** Arktype spells the two UUIDs without a version out. */
function ofUuid(schema: JsonSchema): JsonSchema {
  return schema["format"] === "uuid" && "anyOf" in schema
    ? { type: "string", format: "uuid" }
    : schema;
}

/** A file is a string of octets, whatever its limits: those stand in the function's entry. */
function ofFile(schema: JsonSchema): JsonSchema {
  return schema["format"] === "binary" || schema["contentEncoding"] === "binary"
    ? { type: "string", contentMediaType: "application/octet-stream" }
    : schema;
}
