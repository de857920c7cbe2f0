import type { Module } from "../print/code.js";
import type { Slots } from "./slots.js";

/**
 * A module that is yet to be built. What it is built of is plain data that nobody changes: of the same parts, and the same answers of
 * `slots`, comes the same module.
 */
export interface Draft {
  /** Without extension, as the module's own. */
  readonly path: string;
  /** Tells kinds of modules apart: the function that builds them. */
  readonly kind: unknown;
  readonly parts: readonly unknown[];
  readonly build: (slots: Slots) => Module;
}

/** @param build sees nothing but its arguments */
export function draft<Parts extends readonly unknown[]>(
  path: string,
  build: (slots: Slots, ...parts: Parts) => Module,
  ...parts: Parts
): Draft {
  return { path, kind: build, parts, build: (slots) => build(slots, ...parts) };
}

/** Whether the two would build the same, as far as can be told at a glance: parts that are other objects may still say the same. */
export function areAlike(left: Draft, right: Draft): boolean {
  return left.kind === right.kind && isSame(left.parts, right.parts, deepest);
}

/** A part may be a list of small objects that were made for the draft: the objects in those are of the model, and compared as such. */
const deepest = 3;

function isSame(left: unknown, right: unknown, depth: number): boolean {
  if (left === right) return true;
  if (depth === 0 || typeof left !== "object" || typeof right !== "object") return false;
  if (left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    for (let index = 0; index < left.length; index++) {
      if (!isSame(left[index], right[index], depth - 1)) return false;
    }
    return true;
  }
  return haveSameMembers(left as Members, right as Members, depth);
}

type Members = Readonly<Record<string, unknown>>;

/** In the same order, which shows in printed values. */
function haveSameMembers(left: Members, right: Members, depth: number): boolean {
  const keys = Object.keys(left);
  const others = Object.keys(right);
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && isSame(left[key], right[key], depth - 1))
  );
}
