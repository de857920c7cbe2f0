import type { ParamCodec, ScalarCodec } from "./descriptor.js";
import { MizanError } from "./error.js";

/**
 * The canonical query of params (protocol 3.2): names sorted, absent params left out, RFC 3986 unreserved characters kept and all
 * others written as `%XX`. One text serves as address, as key of the cache and as what invalidations are compared by, so equal
 * params are one entry whatever their order or spelling.
 *
 * @throws MizanError `invalid_params` for what no text can stand for: NaN, lone surrogates, date-times without an offset.
 */
export function canonicalQuery(
  params: object,
  codecs: Readonly<Record<string, ParamCodec>> = {},
): string {
  return Object.keys(params)
    .sort()
    .map((name) => paramText(name, params[name as keyof typeof params], codecs))
    .filter(Boolean)
    .join("&");
}

/** `name=text`, repeated for a list, or the empty text when the value counts as absent. Unknown params go by the value's own type. */
export function paramText(
  name: string,
  value: unknown,
  codecs: Readonly<Record<string, ParamCodec>>,
): string {
  const codec = Object.hasOwn(codecs, name) ? codecs[name] : undefined;
  if (value === undefined) return "";
  if (codec === "json" || (!codec && isNested(value))) return pair(name, jsonText(value));
  if (value === null) return "";
  const scalar = codec?.replace("[]", "") as ScalarCodec | undefined;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((item) => pair(name, scalarText(item, scalar))).join("&");
}

/** RFC 8785 text of a JSON value: members sorted by UTF-16 code units, numbers as ECMAScript writes them. */
export function jsonText(value: unknown, depth = 0): string {
  if (depth > 32) throw refused("a value nested deeper than 32 levels");
  if (value === null || typeof value !== "object") {
    if (typeof value === "string") return JSON.stringify(wellFormed(value));
    return value === undefined || value === null ? "null" : scalarText(value);
  }
  if (value instanceof Date) return JSON.stringify(dateTimeText(value));
  if (Array.isArray(value)) return `[${value.map((item) => jsonText(item, depth + 1)).join()}]`;
  const members = Object.entries(value).filter((member) => member[1] !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, item]) => `${jsonText(name)}:${jsonText(item, depth + 1)}`).join()}}`;
}

function scalarText(value: unknown, codec?: ScalarCodec): string {
  if (codec === "date-time" || value instanceof Date) return dateTimeText(value);
  if (value === null || typeof value === "object") throw refused(`a list item or object`);
  if (typeof value === "number" && !Number.isFinite(value)) throw refused(String(value));
  const text = wellFormed(String(value));
  return codec === "uuid" ? text.toLowerCase() : text;
}

/** In UTC, with the zeros at the end of the fraction trimmed; microseconds, which `Date` cannot hold, are kept. */
function dateTimeText(value: unknown): string {
  const text = value instanceof Date && !isNaN(+value) ? value.toISOString() : String(value);
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(
    text.toUpperCase(),
  );
  const date = new Date(parts ? `${parts[1]}${parts[3]}` : NaN);
  if (isNaN(+date)) throw refused(`the date-time "${text}" (expected RFC 3339 with an offset)`);
  return `${date.toISOString().slice(0, 19)}${(parts?.[2] ?? "").replace(/\.?0+$/, "")}Z`;
}

function isNested(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => item === null || typeof item === "object");
  return typeof value === "object" && value !== null && !(value instanceof Date);
}

const pair = (name: string, text: string): string => `${percent(name)}=${percent(text)}`;

/** `encodeURIComponent` leaves five characters that RFC 3986 reserves. */
const percent = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function wellFormed(text: string): string {
  if (/\p{Cs}/u.test(text)) throw refused("a string with a lone surrogate");
  return text;
}

const refused = (what: string): MizanError<"invalid_params"> =>
  new MizanError("invalid_params", `A param cannot hold ${what}`);
