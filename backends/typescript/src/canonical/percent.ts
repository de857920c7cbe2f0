import { JsonFault } from "../json/json-fault.js";

/**
 * RFC 3986 percent-encoding: all but unreserved characters as `%XX`. `encodeURIComponent` leaves five reserved ones.
 *
 * @throws JsonFault for lone surrogates, which have no UTF-8
 */
export function percent(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  try {
    return encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    throw new JsonFault("a lone surrogate");
  }
}
