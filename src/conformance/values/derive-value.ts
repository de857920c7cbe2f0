import type { JsonObject, JsonValue } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";
import { isList, own } from "../../ir/shape/schema-at.js";

/** A reference chain or nesting that goes further has no small value. */
const mostSteps = 16;

/** A schema behind its references and its null: what a value that is there must be. */
export function innerSchema(schema: JsonValue, components: JsonObject, steps = 0): JsonObject {
  if (!isObject(schema) || steps > mostSteps) return {};
  const reference = own(schema, "$ref");
  if (typeof reference === "string") {
    return innerSchema(componentOf(reference, components), components, steps + 1);
  }
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    const members = own(schema, keyword);
    if (!isList(members)) continue;
    const real = members.filter((member) => !isObject(member) || own(member, "type") !== "null");
    const [only] = real;
    if (real.length === 1 && only !== undefined) return innerSchema(only, components, steps + 1);
  }
  const type = own(schema, "type");
  if (!isList(type)) return schema;
  const [first = "null"] = type.filter((name) => name !== "null");
  return { ...schema, type: first };
}

/** The smallest value that a schema lets through as far as its keywords are plain; whether it really fits, a validator must say. */
export function deriveValue(schema: JsonValue, components: JsonObject, steps = 0): JsonValue {
  const inner = innerSchema(schema, components, steps);
  const examples = own(inner, "examples");
  const values = own(inner, "enum");
  const given = [
    own(inner, "const"),
    own(inner, "example"),
    isList(examples) ? examples[0] : undefined,
    own(inner, "default") ?? undefined,
    isList(values) ? values[0] : undefined,
  ].find((value) => value !== undefined);
  if (given !== undefined) return given;
  if (steps > mostSteps) return null;
  switch (own(inner, "type")) {
    case "integer":
    case "number":
      return numberOf(inner);
    case "boolean":
      return false;
    case "string":
      return stringOf(inner);
    case "array":
      return Array.from({ length: lengthOf(inner, "minItems") }, () =>
        deriveValue(own(inner, "items") ?? {}, components, steps + 1),
      );
    case "object":
      return objectOf(inner, components, steps);
    default:
      return null;
  }
}

function objectOf(schema: JsonObject, components: JsonObject, steps: number): JsonObject {
  const properties = own(schema, "properties");
  const required = own(schema, "required");
  const names = isList(required) ? required.filter((name) => typeof name === "string") : [];
  return Object.fromEntries(
    names.map((name) => [
      name,
      deriveValue(
        (isObject(properties) ? own(properties, name) : undefined) ?? {},
        components,
        steps + 1,
      ),
    ]),
  );
}

function numberOf(schema: JsonObject): number {
  const least = own(schema, "minimum");
  const above = own(schema, "exclusiveMinimum");
  if (typeof least === "number") return Math.ceil(least);
  return typeof above === "number" ? Math.floor(above) + 1 : 1;
}

const texts: Readonly<Record<string, string>> = {
  uuid: "00000000-0000-4000-8000-000000000001",
  date: "2026-01-02",
  "date-time": "2026-01-02T03:04:05Z",
  email: "somebody@example.com",
  uri: "https://example.com/",
};

function stringOf(schema: JsonObject): string {
  const format = own(schema, "format");
  const text =
    typeof format === "string" && Object.hasOwn(texts, format) ? (texts[format] ?? "") : "a";
  return text.padEnd(lengthOf(schema, "minLength"), "a");
}

function lengthOf(schema: JsonObject, keyword: string): number {
  const least = own(schema, keyword);
  return typeof least === "number" ? Math.min(least, 1000) : 0;
}

function componentOf(reference: string, components: JsonObject): JsonValue {
  const name = /^#\/components\/schemas\/([^/]+)$/.exec(reference)?.[1];
  const schemas = own(components, "schemas");
  if (name === undefined || !isObject(schemas)) return {};
  const plain = decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
  return own(schemas, plain) ?? {};
}
