import type { JsonObject, JsonValue } from "../document.js";
import { maxNesting } from "../parsed-file.js";
import { inexactMembers, type InexactMembers } from "../inexact-members.js";
import { setOwn } from "../set-own.js";
import { shareStructure } from "../share-structure.js";
import { isObject } from "../value-at.js";
import {
  KnownMembers,
  membersOf,
  type KnownMember,
  type KnownText,
  type KnownValue,
} from "./known-json.js";
import { parseJson } from "./parse-json.js";
import { ParsedJson } from "./parsed-json.js";
import { endOfString, endOfValue, isDelimiter, skipSpace } from "./scan-json.js";

/** An object of less text is read anew and compared; looking into it would cost more. */
const worthALook = 2000;
/** Objects inside each other that are looked into. What is worth it in a description is not deeper. */
const deepestLook = 8;

const quoteMark = 34;
const comma = 44;
const colon = 58;
const openBrace = 123;
const closeBrace = 125;

/**
 * Reads a text that differs little from one that was read before: what has the same text at the same keys is the same value, the very
 * object; everything else is read by `JSON.parse`. Undefined for a text that is not JSON, or has a problem: it has to be read as a
 * whole, which tells what is wrong.
 */
export function rereadJson(text: string, before: KnownText): KnownText | undefined {
  const start = skipSpace(text, 0);
  const known = new Rereading(text, before.text).value(start, before.known, before.start, 0);
  if (known === undefined) return undefined;
  return skipSpace(text, start + known.length) === text.length ? { text, start, known } : undefined;
}

class Rereading {
  readonly #text: string;
  readonly #before: string;

  constructor(text: string, before: string) {
    this.#text = text;
    this.#before = before;
  }

  /**
   * @param before the value at the same keys in the text before, which stands there at `beforeAt`
   * @param depth how many objects there are around it
   */
  value(
    at: number,
    before: KnownValue | undefined,
    beforeAt: number,
    depth: number,
  ): KnownValue | undefined {
    if (before === undefined) return this.#read(at, depth);
    if (this.#isSame(at, beforeAt, before.length)) return before;
    const isWorthIt = before.length >= worthALook && depth < deepestLook;
    if (isWorthIt && isObject(before.value) && this.#text.charCodeAt(at) === openBrace) {
      return this.#lookInto(at, before, beforeAt, depth);
    }
    const known = this.#read(at, depth);
    return known && { ...known, value: this.#shared(at, known, beforeAt, before) };
  }

  /** Whether there is a whole value of `length` at `at`, of the same text. */
  #isSame(at: number, beforeAt: number, length: number): boolean {
    const end = at + length;
    // Of two slices the engine compares many characters at once.
    if (this.#text.slice(at, end) !== this.#before.slice(beforeAt, beforeAt + length)) return false;
    return end === this.#text.length || isDelimiter(this.#text.charCodeAt(end));
  }

  #read(at: number, depth: number): KnownValue | undefined {
    const text = this.#text.slice(at, endOfValue(this.#text, at));
    const { parsed, problems } = parseJson(text, maxNesting - depth);
    if (parsed === null || problems.length > 0) return undefined;
    return { value: parsed.root, length: text.length, longNumbers: parsed.longNumbers };
  }

  /** A value that was read anew, of as much of the value before as it has in common with it. */
  #shared(at: number, known: KnownValue, beforeAt: number, before: KnownValue): JsonValue {
    return shareStructure(
      { value: before.value, inexact: inexactIn(before, this.#before, beforeAt) },
      { value: known.value, inexact: inexactIn(known, this.#text, at) },
    );
  }

  #lookInto(
    start: number,
    object: KnownValue,
    objectAt: number,
    depth: number,
  ): KnownValue | undefined {
    const before = membersOf(object, this.#before, objectAt);
    const members: KnownMember[] = [];
    const added = new Set<string>();
    const seen = new Uint8Array(before.list.length);
    let next = 0;
    let at = skipSpace(this.#text, start + 1);
    if (this.#text.charCodeAt(at) === closeBrace) {
      return objectOf(members, before.list, object, at + 1 - start);
    }
    for (;;) {
      const member =
        this.#sameMember(at, start, before.list[next], objectAt) ??
        this.#otherMember(at, start, before, next, objectAt, depth);
      if (member === undefined) return undefined;
      members.push(member);
      const { key, valueAt, known } = member;
      const index = before.indexOf(key, next);
      // A key that stands twice is for those to report who read the whole.
      if (index === -1 ? added.has(key) : seen[index] === 1) return undefined;
      if (index === -1) {
        added.add(key);
      } else {
        seen[index] = 1;
        next = index + 1;
      }
      at = skipSpace(this.#text, start + valueAt + known.length);
      const unit = this.#text.charCodeAt(at);
      at++;
      if (unit === closeBrace) return objectOf(members, before.list, object, at - start);
      if (unit !== comma) return undefined;
      at = skipSpace(this.#text, at);
    }
  }

  /** The member that follows in the text before, if key and value have the same text here. */
  #sameMember(
    at: number,
    start: number,
    before: KnownMember | undefined,
    objectAt: number,
  ): KnownMember | undefined {
    if (before === undefined) return undefined;
    const { key, keyAt, valueAt, known } = before;
    const toValue = valueAt - keyAt;
    if (!this.#isSame(at, objectAt + keyAt, toValue + known.length)) return undefined;
    if (at - start === keyAt) return before;
    return { key, keyAt: at - start, valueAt: at - start + toValue, known };
  }

  #otherMember(
    at: number,
    start: number,
    before: KnownMembers,
    next: number,
    objectAt: number,
    depth: number,
  ): KnownMember | undefined {
    const text = this.#text;
    if (text.charCodeAt(at) !== quoteMark) return undefined;
    const keyEnd = endOfString(text, at);
    const key = keyOf(text.slice(at, keyEnd));
    const colonAt = skipSpace(text, keyEnd);
    if (key === undefined || text.charCodeAt(colonAt) !== colon) return undefined;
    const valueAt = skipSpace(text, colonAt + 1);
    const namesake = before.list[before.indexOf(key, next)];
    const namesakeAt = objectAt + (namesake?.valueAt ?? 0);
    const known = this.value(valueAt, namesake?.known, namesakeAt, depth + 1);
    return known && { key, keyAt: at - start, valueAt: valueAt - start, known };
  }
}

/** Undefined for a text that is no JSON string. What it gives is no slice, which would keep the whole text in memory. */
function keyOf(token: string): string | undefined {
  try {
    return JSON.parse(token) as string;
  } catch {
    return undefined;
  }
}

function objectOf(
  members: readonly KnownMember[],
  before: readonly KnownMember[],
  object: KnownValue,
  length: number,
): KnownValue {
  const isSame =
    members.length === before.length &&
    members.every((member, index) => saysTheSame(member, before[index]));
  return {
    value: isSame ? object.value : valueOf(members),
    length,
    longNumbers: members.some(({ known }) => known.longNumbers),
    members: new KnownMembers(members),
  };
}

function saysTheSame({ key, known }: KnownMember, before: KnownMember | undefined): boolean {
  if (known === before?.known) return true;
  if (key !== before?.key || !Object.is(known.value, before.known.value)) return false;
  // One double may be that of two numbers.
  return typeof known.value !== "number" || !(known.longNumbers || before.known.longNumbers);
}

function valueOf(members: readonly KnownMember[]): JsonObject {
  const value: Record<string, JsonValue> = {};
  for (const { key, known } of members) setOwn(value, key, known.value);
  return value;
}

function inexactIn(
  { value, length, longNumbers }: KnownValue,
  text: string,
  at: number,
): InexactMembers {
  return longNumbers
    ? inexactMembers(new ParsedJson(text.slice(at, at + length), value, true))
    : none;
}

const none: InexactMembers = new Map();
