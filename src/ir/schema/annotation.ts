import type { JsonValue } from "../../document/document.js";
import { isJsonArray, isJsonObject } from "./nodes.js";

/**
 * What a member's schema says about the member by an annotation (`default`, `readOnly`, `writeOnly`): the schema itself or an inline
 * part of its `allOf`. Annotations of a schema that is referred to are about that schema, not about the member (types.md section 4).
 */
export function annotation(
  schema: JsonValue,
  keyword: "default" | "readOnly" | "writeOnly",
): JsonValue | undefined {
  if (!isJsonObject(schema)) return undefined;
  if (Object.hasOwn(schema, keyword)) return schema[keyword];
  const parts = schema["allOf"];
  if (!isJsonArray(parts)) return undefined;
  const part = parts.find((member) => isJsonObject(member) && Object.hasOwn(member, keyword));
  return isJsonObject(part) ? part[keyword] : undefined;
}

/** Whether a default is of a type that stands beside it. Null is not looked at: it widens the type instead. */
export function defaultFits(value: JsonValue, schema: JsonValue): boolean {
  if (!isJsonObject(schema) || value === null) return true;
  const list = schema["enum"];
  if (isJsonArray(list) && typeof value !== "object") return list.includes(value);
  const { type } = schema;
  const types = isJsonArray(type) ? type : type === undefined ? [] : [type];
  return types.length === 0 || types.some((name) => isOfType(value, name));
}

/** Whether a value is of a JSON Schema type; of a type with an unknown name each value is. */
export function isOfType(value: JsonValue, type: JsonValue): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "boolean":
    case "string":
    case "number":
      return typeof value === type;
    case "integer":
      return typeof value === "number" && (Number.isInteger(value) || !Number.isFinite(value));
    case "array":
      return isJsonArray(value);
    case "object":
      return isJsonObject(value);
    default:
      return true;
  }
}
