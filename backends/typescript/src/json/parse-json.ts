import { JsonFault } from "./json-fault.js";
import type { JsonValue } from "./json-value.js";

/** Levels that a body or a `json` param may be nested (protocol 3.10). */
export const maxDepth = 32;

/**
 * Parses JSON from outside: no deeper than 32 levels, numbers finite, strings without lone surrogates, no member `__proto__`, which
 * code that copies objects would take for the prototype.
 *
 * @throws JsonFault
 */
export function parseJson(text: string): JsonValue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new JsonFault("text that is not JSON");
  }
  check(value, 0);
  return value as JsonValue;
}

function check(value: unknown, depth: number): void {
  if (typeof value === "string") checkText(value);
  else if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new JsonFault("a number that is too large");
  } else if (typeof value === "object" && value !== null) {
    if (depth >= maxDepth) throw new JsonFault(`a value nested deeper than ${maxDepth} levels`);
    if (Array.isArray(value)) {
      for (const item of value) check(item, depth + 1);
      return;
    }
    for (const [name, item] of Object.entries(value)) {
      if (name === "__proto__") throw new JsonFault('a member "__proto__"');
      checkText(name);
      check(item, depth + 1);
    }
  }
}

function checkText(text: string): void {
  if (/\p{Surrogate}/u.test(text)) throw new JsonFault("a lone surrogate");
}
