import type { ParamCodec } from "./param-codec.js";
import { MizanError } from "./error.js";

export type Codecs = Readonly<Record<string, ParamCodec>>;

/**
 * The canonical query of params (protocol 3.2): names sorted, absent params left out, RFC 3986 unreserved characters kept and all
 * others written as `%XX`. One text serves as address, as key of the cache and as what invalidations are compared by, so equal
 * params are one entry whatever their order or spelling.
 *
 * @throws MizanError `invalid_params` for what no text can stand for: NaN, lone surrogates, date-times without an offset.
 */
export function canonicalQuery(params: object, codecs: Codecs = {}): string {
  let query = "";
  for (const name of Object.keys(params).sort()) {
    const text = paramText(name, params[name as keyof typeof params], codecs);
    if (text) query += query ? `&${text}` : text;
  }
  return query;
}

/** `name=text`, repeated for a list, or the empty text when the value counts as absent. Unknown params are written as plain text. */
export function paramText(name: string, value: unknown, codecs: Codecs): string {
  const codec = Object.hasOwn(codecs, name) ? codecs[name] : undefined;
  if (value === undefined) return "";
  const start = `${percent(name)}=`;
  if (typeof codec !== "function" && typeof value !== "object")
    return start + percent(plainText(value));
  const texts = typeof codec === "function" ? codec(value) : textsOf(value, plainText);
  return texts.map((text) => start + percent(text)).join("&");
}

/** One text for each item of a list, one for any other value, none for null. */
export function textsOf(value: unknown, textOf: (item: unknown) => string): string[] {
  if (value === null) return [];
  return Array.isArray(value) ? value.map(textOf) : [textOf(value)];
}

/** A string, a finite number, a boolean or a bigint. */
export function plainText(value: unknown): string {
  const isPlain = Number.isFinite(value) || /^(string|boolean|bigint)$/.test(typeof value);
  if (isPlain) return `${value as string}`;
  throw refused(typeof value === "number" ? `${value}` : `a value of type ${typeof value} here`);
}

/** `encodeURIComponent` leaves five characters that RFC 3986 reserves, and refuses lone surrogates. */
export function percent(text: string): string {
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

export const refused = (what: string): MizanError<"invalid_params"> =>
  new MizanError("invalid_params", `A param cannot hold ${what}`);
