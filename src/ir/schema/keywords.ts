import type { JsonObject, JsonValue } from "../../document/document.js";
import { isJsonArray, isJsonObject } from "./nodes.js";

type Shape =
  | "schema"
  | "schemas"
  | "named schemas"
  | "schema or schemas"
  | "array"
  | "names"
  | "type"
  | "string"
  | "boolean"
  | "number";

/** What each keyword that the mapping reads must be (JSON Schema 2020-12, draft 7, OpenAPI 3.0 and 3.1). */
const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ["$ref", "string"],
  ["$dynamicRef", "string"],
  ["$defs", "named schemas"],
  ["definitions", "named schemas"],
  ["type", "type"],
  ["enum", "array"],
  ["properties", "named schemas"],
  ["patternProperties", "named schemas"],
  ["additionalProperties", "schema"],
  ["unevaluatedProperties", "schema"],
  ["propertyNames", "schema"],
  ["required", "names"],
  ["items", "schema or schemas"],
  ["prefixItems", "schemas"],
  ["additionalItems", "schema"],
  ["unevaluatedItems", "schema"],
  ["minItems", "number"],
  ["maxItems", "number"],
  ["allOf", "schemas"],
  ["anyOf", "schemas"],
  ["oneOf", "schemas"],
  ["not", "schema"],
  ["nullable", "boolean"],
  ["readOnly", "boolean"],
  ["writeOnly", "boolean"],
  ["format", "string"],
  ["contentMediaType", "string"],
  ["contentEncoding", "string"],
]);

/** Keywords that have no influence on the type, or are read elsewhere. */
const others = new Set(
  (
    "$anchor $comment $dynamicAnchor $id $recursiveAnchor $recursiveRef $schema $vocabulary const contains contentSchema default " +
    "dependencies dependentRequired dependentSchemas deprecated description discriminator else example examples exclusiveMaximum " +
    "exclusiveMinimum externalDocs id if maxContains maxLength maxProperties maximum minContains minLength minProperties minimum " +
    "multipleOf pattern readOnly summary then title uniqueItems writeOnly xml"
  ).split(" "),
);

/** The first key of a schema that is no keyword; undefined when all are, or begin with `x-`. */
export function strangeKey(schema: JsonObject): string | undefined {
  return Object.keys(schema).find(
    (key) => !shapes.has(key) && !others.has(key) && !key.startsWith("x-"),
  );
}

const inWords: Readonly<Record<Shape, string>> = {
  schema: "a schema (an object, true or false)",
  schemas: "a list of schemas",
  "named schemas": "an object of schemas",
  "schema or schemas": "a schema or a list of schemas",
  array: "a list",
  names: "a list of strings",
  type: "a type's name or a list of them",
  string: "a string",
  boolean: "true or false",
  number: "a number",
};

/** The keywords of a schema whose value is of the wrong type, each with what it must be. Members of lists and maps are not looked into. */
export function* misusedKeywords(
  schema: JsonObject,
): Generator<{ readonly keyword: string; readonly value: JsonValue; readonly expected: string }> {
  for (const keyword of Object.keys(schema)) {
    const shape = shapes.get(keyword);
    const value = schema[keyword];
    if (shape === undefined || value === undefined || fits(value, shape)) continue;
    yield { keyword, value, expected: inWords[shape] };
  }
}

function fits(value: JsonValue, shape: Shape): boolean {
  switch (shape) {
    case "schema":
      return isSchema(value);
    case "schemas":
    case "array":
      return isJsonArray(value);
    case "schema or schemas":
      return isSchema(value) || isJsonArray(value);
    case "named schemas":
      return isJsonObject(value);
    case "names":
      return isJsonArray(value) && value.every((name) => typeof name === "string");
    case "type":
      return (
        typeof value === "string" ||
        (isJsonArray(value) && value.length > 0 && value.every((name) => typeof name === "string"))
      );
      return typeof value === "number" || typeof value === "boolean";
    default:
      return typeof value === shape;
  }
}

function isSchema(value: JsonValue): boolean {
  return typeof value === "boolean" || isJsonObject(value);
}
