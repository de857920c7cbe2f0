import { isObject } from "../json/json-value.js";
import { jsonText } from "../json/json-text.js";
import { refName, resolve, type Components, type JsonSchema } from "./json-schema.js";

/** Keywords that say nothing about the values (protocol 2.4). */
const documentation = new Set([
  "$comment",
  "$id",
  "$schema",
  "default",
  "deprecated",
  "description",
  "example",
  "examples",
  "externalDocs",
  "readOnly",
  "summary",
  "tags",
  "title",
  "writeOnly",
  "xml",
]);

/** Whether two schemas allow the same values by the same words: by name where both have one, else by structure. */
export function sameSchema(left: JsonSchema, right: JsonSchema, components: Components): boolean {
  const [a, b] = [refName(left), refName(right)];
  if (a !== null && a === b) return true;
  const text = (schema: JsonSchema): string => jsonText(strip(resolve(schema, components)));
  return text(left) === text(right);
}

function strip(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strip);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name]) => !documentation.has(name) && !name.startsWith("x-"))
      .map(([name, value]) => [
        name,
        name === "properties" && isObject(value)
          ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, strip(item)]))
          : strip(value),
      ]),
  );
}
