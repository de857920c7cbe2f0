import type { DiagnosticCode } from "../../diagnostics/catalogue.js";
import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import { quote } from "../../diagnostics/quote.js";
import { didYouMean, suggest } from "../../diagnostics/suggest.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { isList, isObject } from "../shape/schema-at.js";
import type { Segments } from "./normal-form.js";
import { itemsOf, placed, type Placed } from "./placed.js";

/** What a value is, for a message: `a list`, `the number 3`, `"text"`. */
export function describeValue(value: JsonValue): string {
  if (value === null) return "null";
  if (isList(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return quote(value);
  return typeof value === "number" ? `the number ${String(value)}` : String(value);
}

/** Reads members of the expected shapes; a value of another shape is reported (E103) and left out. */
export class Expect {
  readonly #diagnostics: Diagnostics;

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  wrong(found: Placed, what: string, expected: string, code: DiagnosticCode = "E103"): undefined {
    const message = `${what} must be ${expected}, not ${describeValue(found.value)}`;
    this.#diagnostics.report(code, found.pointer, message, { part: found.part });
    return undefined;
  }

  text(found: Placed | undefined, what: string): Placed<string> | undefined {
    if (found === undefined) return undefined;
    const { value, pointer } = found;
    return typeof value === "string" ? placed(value, pointer) : this.wrong(found, what, "a string");
  }

  boolean(found: Placed | undefined, what: string): Placed<boolean> | undefined {
    if (found === undefined) return undefined;
    const { value, pointer } = found;
    return typeof value === "boolean"
      ? placed(value, pointer)
      : this.wrong(found, what, "true or false");
  }

  integer(
    found: Placed | undefined,
    what: string,
    least: number,
    most = Number.MAX_SAFE_INTEGER,
  ): Placed<number> | undefined {
    if (found === undefined) return undefined;
    const { value, pointer } = found;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
      return placed(value, pointer);
    }
    const range =
      most === Number.MAX_SAFE_INTEGER
        ? `an integer of at least ${String(least)}`
        : `an integer from ${String(least)} to ${String(most)}`;
    return this.wrong(found, what, range);
  }

  oneOf<const T extends string>(
    found: Placed | undefined,
    what: string,
    values: readonly T[],
    code: DiagnosticCode = "E103",
  ): Placed<T> | undefined {
    if (found === undefined) return undefined;
    const value = values.find((each) => each === found.value);
    if (value !== undefined) return placed(value, found.pointer);
    const nearest = typeof found.value === "string" ? suggest(found.value, values) : undefined;
    const list = values.map((each) => JSON.stringify(each)).join(", ");
    this.#diagnostics.report(
      code,
      found.pointer,
      `${what} must be one of ${list}, not ${describeValue(found.value)}${didYouMean(nearest)}`,
      { part: found.part },
    );
    return undefined;
  }

  object(found: Placed | undefined, what: string): Placed<JsonObject> | undefined {
    if (found === undefined) return undefined;
    const { value, pointer } = found;
    return isObject(value) ? placed(value, pointer) : this.wrong(found, what, "an object");
  }

  list(found: Placed | undefined, what: string): Placed<readonly JsonValue[]> | undefined {
    if (found === undefined) return undefined;
    const { value, pointer } = found;
    return isList(value) ? placed(value, pointer) : this.wrong(found, what, "a list");
  }

  /** A list of strings; one string stands for a list of one. */
  texts(found: Placed | undefined, what: string): Placed<readonly Placed<string>[]> | undefined {
    if (found === undefined) return undefined;
    if (typeof found.value === "string") {
      return placed([placed(found.value, found.pointer)], found.pointer);
    }
    const list = isList(found.value)
      ? placed(found.value, found.pointer)
      : this.wrong(found, what, "a list of strings");
    if (list === undefined) return undefined;
    const texts = itemsOf(list).flatMap((item) => {
      const text = this.text(item, `each item of ${what}`);
      return text === undefined ? [] : [text];
    });
    return placed(texts, list.pointer);
  }

  /** The members that identify an item: a list of at least one name. */
  key(found: Placed | undefined): Placed<readonly Placed<string>[]> | undefined {
    const names = this.texts(found, '"key"');
    if (names === undefined || names.value.length > 0) return names;
    return found === undefined || !isList(found.value) || found.value.length > 0
      ? undefined
      : this.wrong(found, '"key"', "a list of at least one name");
  }

  /** A path into a value: a list of member names and indexes. */
  segments(found: Placed | undefined, what: string): Placed<Segments> | undefined {
    if (found === undefined) return undefined;
    const list = isList(found.value) ? placed(found.value, found.pointer) : undefined;
    if (list === undefined) {
      return this.wrong(found, what, 'a list of member names and indexes, as ["owner", "id"]');
    }
    const path: (string | number)[] = [];
    for (const item of itemsOf(list)) {
      const { value } = item;
      if (typeof value === "string" || (typeof value === "number" && Number.isInteger(value))) {
        path.push(value);
      } else {
        return this.wrong(item, `each step of ${what}`, "a member name or an index");
      }
    }
    return placed(path, list.pointer);
  }
}
