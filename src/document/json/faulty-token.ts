import { quote } from "../../diagnostics/quote.js";
import { endOfNumber } from "./scan-json.js";

/** What is wrong with a text and where. */
export interface Fault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly help?: string | undefined;
}

/** The offset after the string that starts at `start`, or what is wrong with it. */
export function faultyString(text: string, start: number): number | Fault {
  let at = start + 1;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === 34) return at + 1;
    if (unit === 92) {
      const escape = escapeLength(text, at);
      if (escape === 0) {
        const found = text.slice(at, at + 2);
        return {
          message: `${quote(found)} is no escape sequence of JSON`,
          start: at,
          end: at + 2,
          help: 'a backslash itself is written \\\\; the others are \\" \\/ \\b \\f \\n \\r \\t \\u0000',
        };
      }
      at += escape;
      continue;
    }
    if (unit < 32) return controlIn(start, at, unit);
    at++;
  }
  return { message: "a text that is never closed", start, end: start + 1, help: closeIt };
}

const closeIt = 'add the closing double quote; a double quote inside a text is written \\"';

function controlIn(start: number, at: number, unit: number): Fault {
  if (unit === 10 || unit === 13) {
    return {
      message: "a text that is not closed before the end of its line",
      start,
      end: at,
      help: `${closeIt}, a line end \\n`,
    };
  }
  const name = unit.toString(16).toUpperCase().padStart(4, "0");
  return {
    message: `a control character (U+${name}) inside a text`,
    start: at,
    end: at + 1,
    help: unit === 9 ? "a tab is written \\t" : `write it as \\u${name.toLowerCase()}`,
  };
}

function escapeLength(text: string, at: number): number {
  const kind = text.charAt(at + 1);
  if (kind === "u") return /^[\dA-Fa-f]{4}$/.test(text.slice(at + 2, at + 6)) ? 6 : 0;
  return kind !== "" && '"\\/bfnrt'.includes(kind) ? 2 : 0;
}

const strict = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The offset after the number that starts at `start`, or what is wrong with it. */
export function faultyNumber(text: string, start: number): number | Fault {
  strict.lastIndex = start;
  const end = strict.exec(text) ? strict.lastIndex : start;
  // A name or another digit right after it means that the number was meant to go on.
  if (end > start && !/[\w.+-]/.test(text.charAt(end))) return end;
  const word = /-?(?:Infinity|NaN)\b/y;
  word.lastIndex = start;
  const special = word.exec(text)?.[0];
  if (special !== undefined) return notJson(special, start);
  const whole = /[-+.\w]*/y;
  whole.lastIndex = start;
  const shown = whole.exec(text)?.[0] ?? "";
  const stop = Math.max(endOfNumber(text, start), start + shown.length);
  return { message: `${quote(shown)} is no number of JSON: ${whyNot(shown)}`, start, end: stop };
}

function whyNot(number: string): string {
  if (/^-?0[xXoObB]/.test(number)) return "numbers are decimal";
  if (number.includes("_")) return "digits stand without separators";
  if (/^-?0\d/.test(number)) return "it begins with a zero";
  if (/^-?\d+\.(?!\d)/.test(number)) return "a digit must follow the point";
  if (/^-?\d+(\.\d+)?[eE][+-]?$/.test(number)) return "the exponent has no digits";
  if (/^-(?!\d)/.test(number)) return "a digit must follow the minus sign";
  if (/^\d+n$/.test(number)) return "JavaScript's bigint is not JSON";
  return "it does not end where a number ends";
}

/** The offset after `true`, `false` or `null`, or what is wrong with anything else. */
export function faultyWord(text: string, start: number, character: string): number | Fault {
  if (character === "+") return fault("a number has no plus sign", start, 1);
  if (character === ".") return fault("a digit must stand before the point", start, 1);
  const name = /[\p{L}_$][\p{L}\d_$]*/uy;
  name.lastIndex = start;
  const word = name.exec(text)?.[0];
  if (word === undefined) return fault(`expected a value, found ${quote(character)}`, start, 1);
  if (word === "true" || word === "false" || word === "null") return start + word.length;
  return notJson(word, start);
}

const python = new Map([
  ["None", "null"],
  ["True", "true"],
  ["False", "false"],
]);

function notJson(word: string, start: number): Fault {
  const json = python.get(word);
  if (json !== undefined) {
    return fault(
      `${quote(word)} is Python; JSON says ${quote(json)}`,
      start,
      word.length,
      "write the document with json.dumps instead of printing the dict",
    );
  }
  const lower = word.toLowerCase();
  if (lower === "true" || lower === "false" || lower === "null") {
    return fault(`${quote(word)} must be written ${quote(lower)}`, start, word.length);
  }
  if (/^-?(NaN|Infinity)$/.test(word)) {
    return fault(
      `${quote(word)} is no number of JSON`,
      start,
      word.length,
      "Python's json.dumps writes it unless told allow_nan=False; leave such a value out",
    );
  }
  if (word === "undefined") {
    return fault(
      '"undefined" is JavaScript; leave the member out or say "null"',
      start,
      word.length,
    );
  }
  return fault(`expected a value, found ${quote(word)}`, start, word.length);
}

function fault(message: string, start: number, length: number, help?: string): Fault {
  return { message, start, end: start + length, help };
}
