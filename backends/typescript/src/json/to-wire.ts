import { dateTimeText } from "../canonical/date-time-text.js";
import { JsonFault } from "./json-fault.js";
import type { JsonValue } from "./json-value.js";

/**
 * What a function answered as JSON: dates in UTC, 64-bit integers as text, absent members left out, lists as lists (M19).
 *
 * @throws JsonFault for what JSON cannot hold: NaN, infinities, functions, maps
 */
export function toWire(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case "boolean":
    case "string":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new JsonFault(String(value));
      return value;
    case "bigint":
      return String(value);
    case "object":
      return objectToWire(value);
    default:
      throw new JsonFault(`a ${typeof value}`);
  }
}

function objectToWire(value: object): JsonValue {
  if (Array.isArray(value)) return value.map(toWire);
  if (value instanceof Date) return dateTimeText(value.toISOString());
  if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value)) {
    throw new JsonFault(`a ${value.constructor.name}`);
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]: [string, unknown]) =>
      item === undefined ? [] : [[name, toWire(item)]],
    ),
  );
}
