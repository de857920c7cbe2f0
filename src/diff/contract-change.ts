import type { ChangeKind } from "./change-kinds.js";

/**
 * What a change means for clients that were generated from the old document and meet a server of the new one (protocol 2.6).
 *
 * - `breaking`: some of them fail, or show or send something wrong.
 * - `review`: they go on, but somebody must look: code may need a change, or a decision is due.
 * - `compatible`: they go on, and code that compiled goes on compiling.
 * - `neutral`: no client notices: words, hints, order.
 */
export type ChangeClass = "breaking" | "review" | "compatible" | "neutral";

/**
 * Who is hurt. `clients`: programs that were generated earlier and are running. `code`: sources that were written against the old
 * client and are compiled against the new one.
 */
export type Audience = "clients" | "code";

/** What part of a contract a change is about, by the name that stands on the wire; a type by its name in TypeScript. */
export interface ChangeSubject {
  readonly kind: "contract" | "context" | "function" | "type";
  /** The new name, where it changed. Empty for the contract as a whole. */
  readonly name: string;
}

/** A function that a change reaches, and where in it. */
export interface ReachedFunction {
  readonly name: string;
  /** `input.name`, `output[].address.zip`: the shortest way; empty for the function as a whole. */
  readonly path: string;
}

/** One difference between two contracts. */
export interface ContractChange {
  /** Never changes its meaning: for machines. */
  readonly kind: ChangeKind;
  readonly class: ChangeClass;
  /** Empty for `compatible` and `neutral`, and for a `review` that asks for a decision only. */
  readonly breaks: readonly Audience[];
  readonly subject: ChangeSubject;
  /** Where in the subject: `input.name`, `output[].address.zip`, `params.page`; empty for the subject itself. */
  readonly path: string;
  /** Whether the value travels to the server (`in`) or from it (`out`); null where no value travels. */
  readonly direction: "in" | "out" | null;
  /** What happened, to be read after the name: `is now optional`. */
  readonly summary: string;
  /** Who breaks and why, or why nobody does. A sentence. */
  readonly reason: string;
  /** What was there, and what is: a type, a value, a name. Null where there was or is nothing. */
  readonly before: string | null;
  readonly after: string | null;
  /** The functions that it reaches, in the order of the new document (removed ones in that of the old). */
  readonly functions: readonly ReachedFunction[];
  /** JSON Pointers to the nearest entry or schema in each of the two documents. */
  readonly pointers: { readonly before: string | null; readonly after: string | null };
}

export type { ChangeKind };
