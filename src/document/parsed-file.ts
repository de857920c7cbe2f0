import type { JsonValue } from "./document.js";
import type { Problem } from "./problem.js";

/** Where a member stands in its text, by offsets. The root and the elements of an array have no key. */
export interface Place {
  readonly key: { readonly start: number; readonly end: number } | null;
  readonly value: { readonly start: number; readonly end: number };
}

/** A text that was read: its value, and a way back from the value to the text. */
export interface ParsedText {
  readonly root: JsonValue;
  /** The place of the value that the steps of a pointer lead to, or undefined when there is none. */
  locate(steps: readonly string[]): Place | undefined;
  /** Source text of the number there, when JavaScript does not hold that very number. */
  inexactNumberAt(steps: readonly string[]): string | undefined;
}

/** What a reader gives: a value (null when nothing could be made of the text) and what it found wrong. */
export interface ParseResult {
  readonly parsed: ParsedText | null;
  readonly problems: readonly Problem[];
}

/** Objects and arrays inside each other, in any text that is read. */
export const maxNesting = 1000;

/** Reported duplicates of one text; more of them would say nothing new. */
export const maxDuplicates = 100;
