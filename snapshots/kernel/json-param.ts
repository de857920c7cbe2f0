// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { percent, plainText, refused } from "./canonical.js";
import { dateTimeText } from "./date-time-param.js";

/** The codec of params that are JSON in one text (protocol 3.2): objects, nested lists, nullable values with another default. */
export const jsonParam = (value: unknown): string[] => [jsonText(value, 0)];

/** RFC 8785 text of a JSON value: members sorted by UTF-16 code units, numbers as ECMAScript writes them. */
export function jsonText(value: unknown, depth: number): string {
  if (value === undefined) return "null";
  if (value instanceof Date) return `"${dateTimeText(value)}"`;
  if (typeof value === "string") {
    // Refuses lone surrogates: JSON.stringify would write them as escapes.
    percent(value);
    return JSON.stringify(value);
  }
  if (typeof value !== "object") return plainText(value);
  if (depth > 32) throw refused("a value nested deeper than 32 levels");
  if (value === null) return "null";
  if (Array.isArray(value))
    return `[${value.map((item: unknown) => jsonText(item, depth + 1)).join()}]`;
  const members = Object.keys(value)
    .sort()
    .filter((name) => value[name as keyof typeof value] !== undefined)
    .map(
      (name) => `${jsonText(name, 0)}:${jsonText(value[name as keyof typeof value], depth + 1)}`,
    );
  return `{${members.join()}}`;
}
