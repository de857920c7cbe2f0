import type { JsonObject } from "../../document/document.js";

/** Keywords that say nothing about which values are valid: two schemas that differ only in these are the same type. */
export const annotations: ReadonlySet<string> = new Set([
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

/** Keywords that narrow the values of a type without changing what type it is. */
const constraints: ReadonlySet<string> = new Set([
  "exclusiveMaximum",
  "exclusiveMinimum",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "pattern",
  "uniqueItems",
]);

export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith("x-");
}

export function isConstraint(keyword: string): boolean {
  return constraints.has(keyword);
}

/** Whether a schema has, beside the given keywords, nothing but annotations. */
export function hasOnly(schema: JsonObject, ...keywords: readonly string[]): boolean {
  return Object.keys(schema).every((key) => isAnnotation(key) || keywords.includes(key));
}
