import type { JsonObject, JsonValue } from "./document.js";
import type { InexactMembers } from "./inexact-members.js";

export type Container = JsonObject | readonly JsonValue[];

/** A value, and what it does not tell of its numbers. */
export interface Said {
  readonly value: JsonValue;
  readonly inexact: InexactMembers;
}

/**
 * The value of `after`, made of the objects and arrays of `before` wherever these say the same at the same place: the same members in
 * the same order. None of the two is changed. Linear; recursive, as no document nests deeper than `maxNesting`.
 */
export function shareStructure(before: Said, after: Said): JsonValue {
  return new Sharing(before.inexact, after.inexact).share(before.value, after.value);
}

class Sharing {
  readonly #inexactBefore: InexactMembers;
  readonly #inexactAfter: InexactMembers;

  constructor(before: InexactMembers, after: InexactMembers) {
    this.#inexactBefore = before;
    this.#inexactAfter = after;
  }

  share(before: JsonValue, after: JsonValue): JsonValue {
    if (typeof after !== "object" || after === null) return after;
    if (typeof before !== "object" || before === null) return after;
    if (Array.isArray(before) !== Array.isArray(after)) return after;
    return Array.isArray(after)
      ? this.#shareArray(before as readonly JsonValue[], after as readonly JsonValue[])
      : this.#shareObject(before as JsonObject, after as JsonObject);
  }

  #hasSameNumbers(before: Container, after: Container): boolean {
    return this.#inexactBefore.get(before) === this.#inexactAfter.get(after);
  }

  #shareArray(before: readonly JsonValue[], after: readonly JsonValue[]): JsonValue {
    let isSame = before.length === after.length && this.#hasSameNumbers(before, after);
    let copy: JsonValue[] | undefined;
    for (const [index, item] of after.entries()) {
      const known = before[index];
      if (known === undefined) break;
      const shared = this.share(known, item);
      if (!Object.is(shared, known)) isSame = false;
      if (!Object.is(shared, item)) (copy ??= [...after])[index] = shared;
    }
    return isSame ? before : (copy ?? after);
  }

  #shareObject(before: JsonObject, after: JsonObject): JsonValue {
    const keys = Object.keys(after);
    const keysBefore = Object.keys(before);
    let isSame = keys.length === keysBefore.length && this.#hasSameNumbers(before, after);
    let copy: Record<string, JsonValue> | undefined;
    for (const [index, key] of keys.entries()) {
      if (keysBefore[index] !== key) isSame = false;
      const item = after[key] ?? null;
      const known = Object.hasOwn(before, key) ? before[key] : undefined;
      if (known === undefined) continue;
      const shared = this.share(known, item);
      if (!Object.is(shared, known)) isSame = false;
      // A spread makes own members of all, `__proto__` too, so that the assignment finds one.
      if (!Object.is(shared, item)) (copy ??= { ...after })[key] = shared;
    }
    return isSame ? before : (copy ?? after);
  }
}
