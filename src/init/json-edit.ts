import type { ParseError } from "jsonc-parser";
import { styleOf } from "./text-style.js";

/** One value to put into a text; a number at the end of the path is a place in a list. */
export interface JsonAddition {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Puts values into a text in JSON, comments allowed: everything else of it, layout and line ends included, stays as it is. */
export async function addToJson(text: string, additions: readonly JsonAddition[]): Promise<string> {
  const { applyEdits, modify } = await import("jsonc-parser");
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const { eol, indent } = styleOf(text);
  const formattingOptions = { eol, insertSpaces: indent !== "\t", tabSize: indent.length };
  let edited = text.slice(mark.length);
  for (const { path, value } of additions) {
    const isArrayInsertion = typeof path.at(-1) === "number";
    const edits = modify(edited, [...path], value, { formattingOptions, isArrayInsertion });
    edited = applyEdits(edited, edits);
  }
  return mark + edited;
}

/** The value of a text in JSON with comments and trailing commas; undefined when it is none. */
export async function parseLoosely(text: string): Promise<unknown> {
  const { parse } = await import("jsonc-parser");
  const errors: ParseError[] = [];
  const bare = text.replace(/^\ufeff/, "");
  const value: unknown = parse(bare, errors, { allowTrailingComma: true });
  return errors.length === 0 ? value : undefined;
}
