// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import type { Dehydrated } from "./payload.js";
import type { ContextDescriptor, MutationDescriptor } from "./descriptor.js";
import type { MizanError } from "./error.js";
import type { KernelEvent } from "./event.js";
import type { MergeItem } from "./merge.js";
import type { ContextState } from "./state.js";

export type ParamsOf<Descriptor> =
  Descriptor extends ContextDescriptor<string, infer Params, infer _Data> ? Params : never;
export type DataOf<Descriptor> =
  Descriptor extends ContextDescriptor<string, infer _Params, infer Data> ? Data : never;

type TypesOf<Descriptor> =
  Descriptor extends MutationDescriptor<
    string,
    infer Input,
    infer Output,
    infer _Failure,
    infer Targets
  >
    ? { readonly input: Input; readonly output: Output; readonly targets: Targets }
    : never;
export type InputOf<Descriptor> = TypesOf<Descriptor>["input"];
export type OutputOf<Descriptor> = TypesOf<Descriptor>["output"];
export type TargetsOf<Descriptor> = TypesOf<Descriptor>["targets"];

/** Descriptors by wire name: `{ user: typeof userContext }`. */
export type ContextMap = object;
/** Descriptors by wire name: `{ rename_user: typeof renameUser }`. */
export type MutationMap = object;

export interface MizanOptions {
  /** Where the backend is: a path or an absolute address, in place of the contract's base. */
  readonly baseUrl?: string | undefined;
  /** Whether calls start a session and carry its CSRF token. The contract says the default; never done when an `Authorization` header is set. */
  readonly session?: boolean | undefined;
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Sent with each request that is not public. A function is asked anew for each request. */
  readonly headers?: Headers | undefined;
  readonly credentials?: RequestCredentials | undefined;
  /** How often a failed read is tried again, 2 unless said otherwise. */
  readonly retry?: number | undefined;
  /** Milliseconds until a request counts as failed, 30 000 unless said otherwise; `Infinity` for never. */
  readonly timeout?: number | undefined;
  /** Milliseconds that an entry without subscribers is kept, 5 minutes unless said otherwise. */
  readonly gcTime?: number | undefined;
  /** Age in milliseconds at which data is refetched when somebody mounts, focuses or reconnects, 1 minute unless said otherwise. */
  readonly staleTime?: number | undefined;
  /** Whether changes are told to the other tabs of this origin; true unless said otherwise. */
  readonly broadcast?: boolean | undefined;
  /** Told of everything that happens, for devtools and logs. */
  readonly onEvent?: ((event: KernelEvent) => void) | undefined;
  /** An answer said that nobody is signed in. */
  readonly onUnauthenticated?: ((error: MizanError) => void) | undefined;
  /** Follows the `redirect` of an answer, a path of this origin; `location.assign` unless said otherwise. */
  readonly navigate?: ((path: string) => void) | undefined;
  /** State of a server render, instead of the one that stands in the page. */
  readonly hydrate?: Dehydrated | undefined;
  /** No timers, channels or listeners. True where there is no document. */
  readonly server?: boolean | undefined;
}

type HeaderRecord = Readonly<Record<string, string>>;
type Headers = HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>);

/** One context with one set of params. It holds no state: it may outlive its entry, and looks it up on every call. All members can be used unbound. */
export interface ContextHandle<Data> {
  /** Equal for equal params. */
  readonly key: string;
  /** The same object until something changed. */
  readonly getState: () => ContextState<Data>;
  /** What hydration has to render first: in a browser the state that the server rendered, on a server the present one. */
  readonly getServerState: () => ContextState<Data>;
  /** The first subscriber starts the load, in a microtask. Changes nothing synchronously. Returns the end of the subscription. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads anew, or joins a read under way. `force` never joins. Never rejects: a failure is state. */
  readonly refetch: (options?: {
    readonly force?: boolean | undefined;
  }) => Promise<ContextState<Data>>;
  /**
   * The first data: one promise as long as it is pending, then a fulfilled one with the newest. Carries `status` and `value` or
   * `reason`, as React's `use` reads them. Never settles while the params are unknown.
   */
  readonly load: () => Promise<Data>;
  /** Forgets a failure, so that the next `load` or subscriber tries again. */
  readonly resetError: () => void;
  /** For a holder that never subscribed: what nobody uses is let go. Harmless at any time, any number of times. */
  readonly unregister: () => void;
}

export interface FetchOptions {
  /** The instance to use; the default one in a browser. */
  readonly mizan?: Kernel | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Functions that show the outcome before it is known, by context and slot: the slots that the mutation is declared to merge, and those of
 * contexts that it is declared to change as a whole. Nothing can be shown of one that changes no context.
 */
export type Optimistic<Input, Targets> = [keyof Targets] extends [never]
  ? undefined
  : {
      readonly [Context in keyof Targets]?:
        | {
            readonly [Slot in keyof Targets[Context]]?:
              | ((
                  current: Exclude<Targets[Context][Slot], undefined>,
                  input: Input,
                ) => Targets[Context][Slot])
              | undefined;
          }
        | undefined;
    };

export interface CallOptions<Input = unknown, Targets = object> extends FetchOptions {
  readonly optimistic?: Optimistic<Input, Targets> | undefined;
  /** Milliseconds until the call counts as failed; none unless said otherwise. */
  readonly timeout?: number | undefined;
}

/** Arguments of a call: the input may be left out where the function takes none or needs none. */
export type CallArguments<Input, Targets> = undefined extends Input
  ? [input?: Input, options?: CallOptions<Input, Targets>]
  : [input: Input, options?: CallOptions<Input, Targets>];

export interface EntryInspection {
  readonly key: string;
  readonly context: string;
  readonly params: object;
  readonly state: ContextState<object>;
  readonly observers: number;
  readonly rev: number | undefined;
}

export interface Inspection {
  readonly entries: readonly EntryInspection[];
  readonly flights: number;
  readonly observers: number;
  /** Optimistic layers that are shown. */
  readonly layers: number;
  readonly timers: number;
}

/** An instance without the names of a contract: what adapters and plain functions need. */
export interface Kernel {
  readonly isServer: boolean;
  /** Gets or creates; nothing is fetched before somebody subscribes or loads. `null`: params not known yet. */
  registerContext<Params extends object, Data extends object>(
    context: ContextDescriptor<string, Params, Data>,
    params: Params | null,
  ): ContextHandle<Data>;
  /** One read outside any component. Fresh data is taken from the cache. */
  fetchContext<Params extends object, Data extends object>(
    context: ContextDescriptor<string, Params, Data>,
    params: Params,
    options?: Pick<FetchOptions, "signal">,
  ): Promise<Data>;
  /** Merges and invalidations are applied before the promise settles. */
  call<Input, Output, Failure, Targets extends object>(
    mutation: MutationDescriptor<string, Input, Output, Failure, Targets>,
    ...args: CallArguments<Input, Targets>
  ): Promise<Output>;
  /** Marks entries as stale, and refetches those that are observed. Params that are given must be equal. */
  invalidate<Params extends object>(
    context: ContextDescriptor<string, Params> | "*",
    params?: Partial<Params>,
  ): void;
  /** Writes into loaded entries, as an answer's `merge` does. */
  merge(item: MergeItem): void;
  /** Sign-out: everything private is dropped, here and in the other tabs; what is observed is read anew. */
  reset(): void;
  /** Takes over what a server rendered. Never overwrites newer data. `unseen`: only where nobody looks, which is safe while rendering. */
  hydrate(payload: Dehydrated, options?: { readonly unseen?: boolean | undefined }): void;
  /** Ends everything. Promises under way reject with `aborted`; nothing is left behind. */
  destroy(): void;
}

/** An instance for one contract: contexts and mutations can also be given by wire name. */
export type Mizan<
  Contexts extends ContextMap = object,
  Mutations extends MutationMap = object,
> = Kernel & {
  registerContext<Name extends keyof Contexts & string>(
    context: Name,
    params: ParamsOf<Contexts[Name]> | null,
  ): ContextHandle<DataOf<Contexts[Name]>>;
  fetchContext<Name extends keyof Contexts & string>(
    context: Name,
    params: ParamsOf<Contexts[Name]>,
    options?: Pick<FetchOptions, "signal">,
  ): Promise<DataOf<Contexts[Name]>>;
  call<Name extends keyof Mutations & string>(
    mutation: Name,
    ...args: CallArguments<InputOf<Mutations[Name]>, TargetsOf<Mutations[Name]>>
  ): Promise<OutputOf<Mutations[Name]>>;
  invalidate<Name extends keyof Contexts & string>(
    context: Name,
    params?: Partial<ParamsOf<Contexts[Name]>>,
  ): void;
  /** All that is known, for a browser that goes on with it. */
  dehydrate(): Dehydrated;
  /** What there is, for devtools and tests. */
  inspect(): Inspection;
};
