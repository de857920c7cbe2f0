import type { NamedType } from "../ir/api.js";
import type { Direction } from "../ir/type-node.js";
import type { ChangeKind } from "./contract-change.js";
import type { Verdict } from "./verdict.js";

/** A difference inside of one pair of types, before anybody knows which functions reach it. */
export interface TypeDifference extends Verdict {
  readonly kind: ChangeKind;
  /** From the holder down: `.address.zip`, `[]`. */
  readonly path: string;
  readonly summary: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What is compared once: a pair of named types for one direction, or a place of a function that holds a type. */
export interface Holder {
  readonly direction: Direction;
  /** Null for a place of a function. */
  readonly types: { readonly before: NamedType; readonly after: NamedType } | null;
  readonly differences: TypeDifference[];
  /** Pairs of named types below, with the way to each. */
  readonly edges: { readonly path: string; readonly to: Holder }[];
}

/** Where the comparison stands. */
export interface Spot {
  readonly holder: Holder;
  readonly path: string;
}
