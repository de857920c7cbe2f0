import type { JsonValue } from "../document.js";
import type { ParsedText, Place } from "../parsed-file.js";
import { isInexact } from "./inexact-number.js";
import { JsonLocator } from "./locate-json.js";

/** The value of a JSON text; places are looked for in the text. */
export class ParsedJson implements ParsedText {
  readonly root: JsonValue;
  /** Whether there is a number in it that JavaScript might not hold exactly. */
  readonly longNumbers: boolean;
  readonly #text: string;
  readonly #locator: JsonLocator;

  constructor(text: string, root: JsonValue, longNumbers: boolean) {
    this.root = root;
    this.longNumbers = longNumbers;
    this.#text = text;
    this.#locator = new JsonLocator(text);
  }

  locate(steps: readonly string[]): Place | undefined {
    return this.#locator.locate(steps);
  }

  inexactNumberAt(steps: readonly string[]): string | undefined {
    if (!this.longNumbers) return undefined;
    const place = this.#locator.locate(steps);
    if (!place) return undefined;
    const text = this.#text.slice(place.value.start, place.value.end);
    return /^[-\d]/.test(text) && isInexact(text) ? text : undefined;
  }
}
