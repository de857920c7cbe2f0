import type { JsonValue } from "./document.js";

/** Sets a member as JSON means it. Assignment would call the setter of `__proto__`. */
export function setOwn(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key !== "__proto__") object[key] = value;
  else
    Object.defineProperty(object, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}
