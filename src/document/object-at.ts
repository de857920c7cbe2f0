import type { Pointer } from "../diagnostics/diagnostic.js";
import type { Document, JsonObject, JsonValue } from "./document.js";
import { isObject } from "./value-at.js";

const emptyObject: JsonObject = {};
const emptyArray: readonly JsonValue[] = [];

/** The object at a pointer. Something else there is reported by `readDocument` (E015) or by who reads it; here it is empty. */
export function objectAt(document: Pick<Document, "valueAt">, pointer: Pointer): JsonObject {
  const value = document.valueAt(pointer);
  return isObject(value) ? value : emptyObject;
}

/** The array at a pointer, empty for anything else. */
export function arrayAt(
  document: Pick<Document, "valueAt">,
  pointer: Pointer,
): readonly JsonValue[] {
  const value = document.valueAt(pointer);
  return Array.isArray(value) ? (value as readonly JsonValue[]) : emptyArray;
}
