import type { JsonObject, JsonValue } from "../document.js";
import { isObject } from "../value-at.js";
import { endOfString, endOfValue, scanJson, skipSpace } from "./scan-json.js";

/** A value of a JSON text, and how much text it is. Where that stands is known by what it stands in, so that it may move. */
export interface KnownValue {
  readonly value: JsonValue;
  readonly length: number;
  /** Whether there is a number in it that JavaScript might not hold exactly. */
  readonly longNumbers: boolean;
  /** Of an object that somebody has looked into. */
  members?: KnownMembers | undefined;
}

/** A text that is JSON without a problem, and where its value begins. */
export interface KnownText {
  readonly text: string;
  readonly start: number;
  readonly known: KnownValue;
}

/** A member of an object; offsets count from the brace of the object. */
export interface KnownMember {
  readonly key: string;
  readonly keyAt: number;
  readonly valueAt: number;
  readonly known: KnownValue;
}

/** The members of an object in the order of its text. */
export class KnownMembers {
  readonly list: readonly KnownMember[];
  #places: Map<string, number> | undefined;

  constructor(list: readonly KnownMember[]) {
    this.list = list;
  }

  /** The place of a key in the list, or -1. @param likely where it is expected */
  indexOf(key: string, likely: number): number {
    if (this.list[likely]?.key === key) return likely;
    this.#places ??= new Map(this.list.map((member, index) => [member.key, index]));
    return this.#places.get(key) ?? -1;
  }
}

/** The members of an object whose text stands at `start`; read once. */
export function membersOf(object: KnownValue, text: string, start: number): KnownMembers {
  return (object.members ??= new KnownMembers([...readMembers(object, text, start)]));
}

function* readMembers(object: KnownValue, text: string, start: number): Generator<KnownMember> {
  const value: JsonObject = isObject(object.value) ? object.value : {};
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) === 34) {
    const keyAt = at;
    const keyEnd = endOfString(text, keyAt);
    // Not a slice, which would keep the whole text in memory.
    const key = JSON.parse(text.slice(keyAt, keyEnd)) as string;
    const valueAt = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, valueAt);
    const longNumbers =
      object.longNumbers && scanJson(text.slice(valueAt, end), Infinity).longNumbers;
    yield {
      ...{ key, keyAt: keyAt - start, valueAt: valueAt - start },
      known: { value: value[key] ?? null, length: end - valueAt, longNumbers },
    };
    // Behind the comma, if there is one.
    at = skipSpace(text, skipSpace(text, end) + 1);
  }
}
