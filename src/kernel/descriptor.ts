import type { ParamCodec } from "./param-codec.js";
import type { Effect } from "./effect.js";
import type { SendTwice } from "./idempotency.js";
import type { FieldError } from "./error.js";
import type { TakeTurns } from "./concurrency.js";
import type { MergeSlot } from "./merge.js";

export type * from "./param-codec.js";

/**
 * What generated code says about one context, mutation or view. Descriptors are constants, so an unused one leaves no trace in a
 * bundle. What only some functions need, such as multipart bodies, is a function that their descriptors name, so that it reaches only
 * the bundles that use them. The members in `[types]` exist for the type checker only and are never set.
 */

/** What the producer's document says about the whole of it. Paths are relative to `base`. */
export interface Contract {
  /** Digest of the contract, sent as `X-Mizan-Schema`; absent when the document has none. */
  readonly fingerprint?: string | undefined;
  /** Origin-relative, starts and ends with a slash. */
  readonly base: string;
  /** Address of the session endpoint, or null when the backend has none. */
  readonly session: string | null;
  readonly limits?: { readonly urlBytes?: number | undefined } | undefined;
  /** Reads the failed fields from a body that is no problem of the protocol, for producers that answer so. */
  readonly readFields?: ReadFields | undefined;
  /** Reads what changed from the headers of an answer that is no JSON of the protocol, for the same producers: `headerEffects`. */
  readonly readEffects?: ((response: Response) => readonly Effect[] | undefined) | undefined;
}

export type ReadFields = (
  body: Readonly<Record<string, unknown>>,
  status: number,
) => readonly FieldError[] | undefined;

declare const types: unique symbol;

export interface ContextDescriptor<
  Name extends string = string,
  Params extends object = object,
  Data extends object = object,
> {
  readonly kind: "context";
  readonly contract: Contract;
  readonly name: Name;
  readonly path: string;
  readonly params: Readonly<Record<string, ParamCodec>>;
  readonly slots: readonly string[];
  /** Slots that may fail while the context as a whole succeeds; their members of `Data` are optional. */
  readonly optional?: readonly string[] | undefined;
  /** `public` contexts are read without credentials and protocol headers (protocol 3.9). */
  readonly scope?: "public" | undefined;
  readonly [types]?: { readonly params: Params; readonly data: Data };
}

/** Where the value of a target's param comes from: a path into the input, a constant, or null when only the answer knows. */
export type ParamSource = readonly (string | number)[] | { readonly const: unknown } | null;

/** A context that a mutation is declared to change: used for optimistic layers and when the outcome is unknown. */
export interface Target {
  /** Wire name, or `*`. */
  readonly context: string;
  /** The merged slot; absent for a plain invalidation. */
  readonly slot?: string | undefined;
  /** Params that are bound; those not named match every value. */
  readonly params?: Readonly<Record<string, ParamSource>> | undefined;
}

/** Paths into an input. */
export type FilePaths = readonly (readonly (string | number)[])[];

/** `Targets` is `{ context: { slot: SlotOutput } }` over the declared merges. */
export interface MutationDescriptor<
  Name extends string = string,
  Input = unknown,
  Output = unknown,
  Failure = unknown,
  Targets extends object = object,
> {
  readonly kind: "mutation";
  readonly contract: Contract;
  readonly name: Name;
  readonly path: string;
  /** Makes the body, where it is not JSON. */
  readonly encode?: ((input: unknown, files: FilePaths) => BodyInit) | undefined;
  /** Paths of the files in the input. */
  readonly files?: FilePaths | undefined;
  readonly targets?: readonly Target[] | undefined;
  /** Codes of the declared errors. */
  readonly errors?: readonly string[] | undefined;
  /** Merges the modes of its answers beyond `replace`. What cannot be merged is read anew. */
  readonly merge?: MergeSlot | undefined;
  /** Sends it again when its answer was lost, for functions that are declared idempotent. */
  readonly idempotent?: SendTwice | undefined;
  readonly csrf?: false | undefined;
  /** The identity may change: everything private is dropped when it succeeds. */
  readonly session?: "change" | undefined;
  /** What a call does about those of the same function that are under way; nothing unless said otherwise. */
  readonly concurrency?: TakeTurns | undefined;
  readonly [types]?: {
    readonly input: Input;
    readonly output: Output;
    readonly failure: Failure;
    readonly targets: Targets;
  };
}

export interface ViewDescriptor<Name extends string = string, Input = unknown> {
  readonly kind: "view";
  readonly contract: Contract;
  readonly name: Name;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Relative to the base, with `{name}` templates for the params that stand in it. */
  readonly path: string;
  readonly params: Readonly<Record<string, ParamCodec>>;
  readonly encoding?: "form" | "multipart" | "json" | undefined;
  readonly [types]?: { readonly input: Input };
}
