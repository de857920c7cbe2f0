import { isSameData } from "../../ir/same-data.js";
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
  return left.kind === right.kind && isSameData(left.parts, right.parts, deepest);
}

/** A part may be a list of small objects that were made for the draft: the objects in those are of the model, and compared as such. */
const deepest = 3;
