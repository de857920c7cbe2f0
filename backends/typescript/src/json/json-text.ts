import { JsonFault } from "./json-fault.js";
import { maxDepth } from "./parse-json.js";

/**
 * RFC 8785 text of a JSON value: members sorted by UTF-16 code units, numbers as ECMAScript writes them, absent members left out.
 *
 * @throws JsonFault for NaN, infinities, lone surrogates, nesting beyond 32 levels, and what is no JSON
 */
export function jsonText(value: unknown, depth = 0): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new JsonFault(String(value));
    return JSON.stringify(value);
  }
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) throw new JsonFault("a lone surrogate");
    return JSON.stringify(value);
  }
  if (typeof value !== "object") throw new JsonFault(`a ${typeof value}`);
  if (depth > maxDepth) throw new JsonFault(`a value nested deeper than ${maxDepth} levels`);
  if (Array.isArray(value)) {
    return `[${value.map((item) => jsonText(item ?? null, depth + 1)).join()}]`;
  }
  const members = Object.entries(value as Record<string, unknown>)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${jsonText(name)}:${jsonText(item, depth + 1)}`);
  return `{${members.join()}}`;
}
