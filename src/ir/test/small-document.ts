import type { JsonObject, JsonValue } from "../../document/document.js";

const auth = { mode: "none" };

export function ref(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

export function nullable(schema: JsonValue): JsonObject {
  return { anyOf: [schema, { type: "null" }] };
}

export function listOf(schema: JsonValue): JsonObject {
  return { type: "array", items: schema };
}

export function param(name: string, schema: JsonValue, more: JsonObject = {}): JsonObject {
  return { name, required: true, schema, encoding: "plain", ...more };
}

export const userId = param("user_id", { type: "integer" });

export function query(output: JsonValue, more: JsonObject = {}): JsonObject {
  return { kind: "query", context: "user", params: [userId], output, auth, ...more };
}

export function mutation(more: JsonObject = {}): JsonObject {
  return { kind: "mutation", input: ref("Rename"), output: ref("User"), auth, ...more };
}

const integer = { type: "integer" };
const text = { type: "string" };

function object(properties: JsonObject, required = Object.keys(properties)): JsonObject {
  return { type: "object", properties, required };
}

/** Types for small documents: a user, what renames one, and pages and relatives of it. */
export const schemas: JsonObject = {
  User: object({ id: integer, name: text, manager_id: integer }),
  Rename: object({ user_id: integer, name: text }),
  Page: object({ items: listOf(ref("User")), next: nullable(text) }),
  Keyless: object({ code: text, name: text }),
  Part: object({ name: text }),
};

/** A document with these functions; strict when contexts are given (an empty object will do). */
export function small(
  functions: JsonObject,
  more: { schemas?: JsonObject; contexts?: JsonObject; paths?: JsonObject; root?: JsonObject } = {},
): JsonObject {
  return {
    openapi: "3.1.0",
    info: { title: "Small", version: "1" },
    paths: more.paths ?? {},
    components: { schemas: { ...schemas, ...more.schemas } },
    ...(more.contexts === undefined
      ? {}
      : { "x-mizan": { version: "1.0", contexts: more.contexts } }),
    "x-mizan-functions": functions,
    ...more.root,
  };
}
