import type { ContextDescriptor } from "./descriptor.js";
import type { MizanError } from "./error.js";
import type { MergeItem } from "./merge.js";
import type { Selection } from "./match.js";
import type { ContextHandle } from "./mizan.js";
import { loadingState, type ContextState } from "./state.js";

export type Bundle = Readonly<Record<string, unknown>>;
export type SlotErrors = Readonly<Record<string, MizanError>>;

/** A merge that was applied, with what orders it: `sent` when its mutation left, `applied` when its answer arrived. */
export interface AppliedMerge extends MergeItem {
  readonly sent: number;
  readonly applied: number;
}

/** One read under way: sent, or asleep until it is tried again. */
export interface Flight {
  /** Local number of the last send; numbers count up over all requests of a kernel. */
  sent: number;
  /** The entry's epoch at the last send. */
  epoch: number;
  /** Ends the request. */
  abort: (() => void) | undefined;
  /** Ends the sleep between two tries. */
  wake: (() => void) | undefined;
}

export interface Subscription {
  readonly listener: () => void;
  /** The round of notifications in which it began: it is told of later ones. */
  readonly since: number;
}

/** A function over a slot that shows the outcome of a call before it is known. */
export interface Layer {
  readonly context: string;
  readonly slot: string;
  readonly selection: Selection;
  readonly apply: (current: unknown) => unknown;
  /** The call has succeeded, and a read that is under way will bring what it did. */
  settled: boolean;
}

/**
 * What is known of one context with one set of params. What is seen is folded from three parts: the `origin` as the server sent it, the
 * `merges` that are newer than it, and the optimistic layers of calls under way. An answer replaces the origin and drops the merges that
 * it already holds, so nothing newer is ever overwritten by something older.
 */
export interface Entry {
  readonly context: ContextDescriptor;
  /** Canonical query of the params that were asked for. */
  readonly query: string;
  readonly params: object;
  /** Canonical query of the params that the server answered with, defaults included. */
  resolved: string;

  origin: Bundle | undefined;
  /** Text of the answer that gave the origin: an equal one need not be parsed. */
  text: string | undefined;
  etag: string | null;
  /** Revision of the origin, when the server counts revisions. */
  rev: number | undefined;
  merges: readonly AppliedMerge[];
  /** When the request of the origin was sent. */
  sent: number;

  /** Counts invalidations. */
  epoch: number;
  /** The epoch of the last invalidation without a revision. */
  blind: number;
  /** The highest revision that an invalidation told of. */
  staleAfter: number;
  /** The epoch that the origin answers to. */
  fresh: number;

  error: MizanError | undefined;
  slotErrors: SlotErrors | undefined;
  updatedAt: number | undefined;

  flight: Flight | undefined;
  /** Somebody asked for a read; it leaves with the next flush. */
  wanted: boolean;
  readonly listeners: Set<Subscription>;
  /** Promises under way that need the entry. */
  holds: number;
  /** Somebody subscribed once. */
  observed: boolean;
  /** When the last user left. */
  left: number;

  state: ContextState<object>;
  /** What the server rendered. */
  hydrated: ContextState<object> | undefined;
  /** What `load` gave. */
  promise: Promise<object> | undefined;
  handle: ContextHandle<object> | undefined;
}

/** A new entry of which nothing is known yet. */
export function createEntry(context: ContextDescriptor, query: string, params: object): Entry {
  return {
    context,
    query,
    params,
    resolved: query,
    ...nothingKnown(),
    epoch: 0,
    blind: 0,
    fresh: 0,
    flight: undefined,
    wanted: false,
    listeners: new Set(),
    holds: 0,
    observed: false,
    left: 0,
    state: loadingState,
    promise: undefined,
    handle: undefined,
  };
}

/** Forgets what was learnt, and keeps who waits for it. */
export function resetEntry(entry: Entry): void {
  Object.assign(entry, nothingKnown());
  entry.fresh = entry.epoch;
}

function nothingKnown(): Pick<
  Entry,
  | "origin"
  | "text"
  | "etag"
  | "rev"
  | "merges"
  | "sent"
  | "staleAfter"
  | "error"
  | "slotErrors"
  | "updatedAt"
  | "hydrated"
> {
  return {
    origin: undefined,
    text: undefined,
    etag: null,
    rev: undefined,
    merges: [],
    sent: 0,
    staleAfter: 0,
    error: undefined,
    slotErrors: undefined,
    updatedAt: undefined,
    hydrated: undefined,
  };
}
