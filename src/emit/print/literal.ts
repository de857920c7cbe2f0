import { InternalFault } from "../internal-fault.js";

/**
 * Characters that a reader cannot see or that reorder what he sees, and those that end a line: written as escapes. Lone surrogates
 * are escaped by JSON.stringify.
 */
const invisible =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/**
 * Not the same for everybody: letters that some Node knows but TypeScript 5.9 and 6 do not, surrogates (prettier quotes them), and
 * U+2E2F, a letter for prettier alone.
 */
const unsettled =
  /[\u088f\u0897\u0c5c\u0cdc\u1acf-\u1add\u1ae0-\u1aeb\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7dc\ua7f1\ud800-\udfff\u2e2f]/;
const asciiIdentifier = /^[A-Za-z_$][\w$]*$/;

/** A string literal with the quotes that need fewer escapes, double ones if in doubt. */
export function stringText(value: string): string {
  const text = escapeInvisible(JSON.stringify(value));
  if (!text.includes('\\"')) return text;
  const double = value.split('"').length;
  const single = value.split("'").length;
  if (double <= single) return text;
  const inner = text.slice(1, -1).replace(/\\(.)|'/g, (match, escaped: string | undefined) => {
    if (escaped === '"') return '"';
    return match === "'" ? "\\'" : match;
  });
  return `'${inner}'`;
}

function escapeInvisible(text: string): string {
  return text.replace(invisible, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A number literal, `-1` and `1e21` included. JSON knows no other numbers. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new InternalFault(`no literal stands for ${value}`);
  return JSON.stringify(value).replace("e+", "e");
}

/**
 * A member name: bare where it is an identifier of any script, else quoted. (types.md wants only ASCII bare, but prettier takes the
 * quotes off letters of any script. Quotes around an escape stay.)
 */
export function keyText(name: string): string {
  if (asciiIdentifier.test(name)) return name;
  const bare = identifier.test(name) && !unsettled.test(name) && escapeInvisible(name) === name;
  return bare ? name : stringText(name).replaceAll("\u2e2f", "\\u2e2f");
}

/** Checks a name that the IR has chosen: whatever is printed bare has gone through here. */
export function identifierText(name: string): string {
  if (!asciiIdentifier.test(name) && !identifier.test(name)) {
    throw new InternalFault(`${JSON.stringify(name)} is not an identifier`);
  }
  return name;
}
