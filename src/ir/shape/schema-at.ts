import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";

/** A schema and the place it stands at. Constructed schemas (`"User"` read as a reference) stand where their text stands. */
export interface SchemaAt {
  readonly schema: JsonValue;
  readonly pointer: Pointer;
}

export { isObject };

/** Whether a value is a JSON list. (`Array.isArray` forgets that the list is readonly.) */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** An own member of an object, or undefined: `__proto__` and `toString` are keys like any other. */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
