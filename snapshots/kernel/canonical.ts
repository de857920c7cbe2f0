// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import type { ParamCodec } from "./descriptor.js";
import { MizanError } from "./error.js";

export type Codecs = Readonly<Record<string, ParamCodec>>;

/**
 * The canonical query of params (protocol 3.2): names sorted, absent params left out, RFC 3986 unreserved characters kept and all
 * others written as `%XX`. One text serves as address, as key of the cache and as what invalidations are compared by, so equal
 * params are one entry whatever their order or spelling.
 *
 * @throws MizanError `invalid_params` for what no text can stand for: NaN, lone surrogates, date-times without an offset.
 */
export const canonicalQuery = (params: object, codecs: Codecs = {}): string =>
  Object.keys(params)
    .sort()
    .map((name) => paramText(name, params[name as keyof typeof params], codecs))
    .filter(Boolean)
    .join("&");

/** `name=text`, repeated for a list, or the empty text when the value counts as absent. Unknown params go by the value's own type. */
export function paramText(name: string, value: unknown, codecs: Codecs): string {
  const codec = Object.hasOwn(codecs, name) ? codecs[name] : undefined;
  if (value === undefined || (value === null && codec !== "json")) return "";
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const json = codec ? codec === "json" : list.some(isNested);
  const texts = json ? [jsonText(value)] : list.map((item) => scalarText(item, codec));
  return texts.map((text) => `${percent(name)}=${percent(text)}`).join("&");
}

/** RFC 8785 text of a JSON value: members sorted by UTF-16 code units, numbers as ECMAScript writes them. */
export function jsonText(value: unknown, depth = 0): string {
  if (!isNested(value)) {
    const text = value === undefined ? "null" : scalarText(value);
    if (typeof value !== "string" && !(value instanceof Date)) return text;
    // Refuses lone surrogates: JSON.stringify would write them as escapes.
    percent(text);
    return JSON.stringify(text);
  }
  if (depth > 32) throw refused("a value nested deeper than 32 levels");
  if (value === null) return "null";
  if (Array.isArray(value))
    return `[${value.map((item: unknown) => jsonText(item, depth + 1)).join()}]`;
  const members = Object.keys(value)
    .sort()
    .filter((name) => value[name as keyof typeof value] !== undefined)
    .map((name) => `${jsonText(name)}:${jsonText(value[name as keyof typeof value], depth + 1)}`);
  return `{${members.join()}}`;
}

function scalarText(value: unknown, codec = ""): string {
  const isDate = value instanceof Date;
  const text = isDate && !isNaN(+value) ? value.toISOString() : String(value);
  if (isDate || codec.startsWith("date-time")) return dateTimeText(text);
  const finite = typeof value !== "number" || Number.isFinite(value);
  if (isNested(value) || !finite) throw refused(text);
  return codec.startsWith("uuid") ? text.toLowerCase() : text;
}

/** In UTC, with the zeros at the end of the fraction trimmed; microseconds, which `Date` cannot hold, are kept. */
function dateTimeText(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.exec(text);
  const date = new Date(parts ? `${parts[1]}${parts[3]}`.toUpperCase() : NaN);
  if (isNaN(+date)) throw refused(`${text} (expected a date-time of RFC 3339 with an offset)`);
  return `${date.toISOString().slice(0, 19)}${parts?.[2]?.replace(/\.?0+$/, "") ?? ""}Z`;
}

/** What has no text of its own: null, lists, objects. */
const isNested = (value: unknown): value is object | null =>
  typeof value === "object" && !(value instanceof Date);

/** `encodeURIComponent` leaves five characters that RFC 3986 reserves, and refuses lone surrogates. */
function percent(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  try {
    return encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    throw refused("a lone surrogate");
  }
}

const refused = (what: string): MizanError<"invalid_params"> =>
  new MizanError("invalid_params", `A param cannot hold ${what}`);
