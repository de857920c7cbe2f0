import { JsonFault } from "../json/json-fault.js";
import { jsonText } from "../json/json-text.js";
import { percent } from "./percent.js";

export type Encoding = "plain" | "json";

/**
 * The canonical query of typed params (protocol 3.2): names sorted, absent ones left out, RFC 3986 unreserved characters kept. It is the
 * text of addresses, of `X-Mizan-Invalidate`, of cache keys and of revision stamps.
 *
 * @param params wire values, as `wireValue` leaves them: UUIDs in lower case, date-times in UTC
 * @param encodings by name; `plain` where none is given
 * @throws JsonFault for what no text can stand for
 */
export function canonicalQuery(
  params: Readonly<Record<string, unknown>>,
  encodings: Readonly<Record<string, Encoding>> = {},
): string {
  return Object.keys(params)
    .sort()
    .flatMap((name) => {
      const encoding = Object.hasOwn(encodings, name) ? encodings[name] : "plain";
      return paramTexts(params[name], encoding).map((text) => `${percent(name)}=${percent(text)}`);
    })
    .join("&");
}

function paramTexts(value: unknown, encoding: Encoding | undefined): string[] {
  if (value === undefined) return [];
  if (encoding === "json") return [jsonText(value)];
  if (value === null) return [];
  return Array.isArray(value) ? value.map(scalarText) : [scalarText(value)];
}

function scalarText(value: unknown): string {
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  if (typeof value !== "number") throw new JsonFault("a nested value");
  if (!Number.isFinite(value)) throw new JsonFault(String(value));
  return String(value);
}
