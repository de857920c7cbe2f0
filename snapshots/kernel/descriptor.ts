// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

/**
 * What generated code says about one context, mutation or view. Descriptors are constants without behaviour, so an unused one leaves
 * no trace in a bundle; the members in `[types]` exist for the type checker only and are never set.
 */

/** How a param becomes text in the canonical query (protocol 3.2). `json` is RFC 8785 text; `[]` repeats the key. */
export type ParamCodec = ScalarCodec | `${ScalarCodec}[]` | "json";
export type ScalarCodec = "string" | "number" | "boolean" | "uuid" | "date-time";

/** What the producer's document says about the whole of it. Paths are relative to `base`. */
export interface Contract {
  /** Digest of the contract, sent as `X-Mizan-Schema`; absent when the document has none. */
  readonly fingerprint?: string | undefined;
  /** Origin-relative, starts and ends with a slash. */
  readonly base: string;
  /** Address of the session endpoint, or null when the backend has none. */
  readonly session: string | null;
  readonly features?: readonly string[] | undefined;
  readonly limits?: { readonly urlBytes?: number | undefined } | undefined;
}

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
  readonly encoding?: "multipart" | undefined;
  /** Paths of the files in the input, for multipart. */
  readonly files?: readonly (readonly (string | number)[])[] | undefined;
  readonly targets?: readonly Target[] | undefined;
  /** Codes of the declared errors. */
  readonly errors?: readonly string[] | undefined;
  readonly idempotent?: true | undefined;
  readonly csrf?: false | undefined;
  /** The identity may change: everything private is dropped when it succeeds. */
  readonly session?: "change" | undefined;
  readonly concurrency?: "serial" | "latest" | undefined;
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
