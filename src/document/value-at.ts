import type { JsonObject, JsonValue } from "./document.js";

/** Own members only: `toString` of an object and `length` of an array are nothing that a document says. */
export function memberAt(value: JsonValue, step: string): JsonValue | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) {
    return /^(0|[1-9]\d*)$/.test(step) ? (value as readonly JsonValue[])[Number(step)] : undefined;
  }
  return Object.hasOwn(value, step) ? (value as JsonObject)[step] : undefined;
}

export function valueAtSteps(root: JsonValue, steps: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of steps) {
    value = memberAt(value, step);
    if (value === undefined) return undefined;
  }
  return value;
}

/** Whether a value is a JSON object (not a list, not null). */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
