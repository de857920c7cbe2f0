import type { Call } from "./calls.js";
import type { ContextDescriptor, Contract } from "./descriptor.js";
import type { InvalidateItem } from "./effect.js";
import type { MizanError } from "./error.js";
import type { KernelEvent } from "./event.js";
import type { Dehydrated, DehydratedEntry } from "./payload.js";
import type { Selection } from "./match.js";
import type { MergeItem } from "./merge.js";
import type { ContextHandle, Kernel, MizanOptions } from "./mizan.js";
import { loadingState, type ContextState } from "./state.js";

export type Bundle = Readonly<Record<string, unknown>>;
export type SlotErrors = Readonly<Record<string, MizanError>>;

/** A merge that was applied, with what orders it: `sent` when its call left, `applied` when its answer arrived. */
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
  abort?: (() => void) | undefined;
  /** Ends the sleep between two tries. */
  wake?: (() => void) | undefined;
}

/** One observer of an entry, in the chain of all of them. */
export interface Subscription {
  /** Undefined once it has ended. */
  listener: (() => void) | undefined;
  /** The round of notifications in which it began: it is told of later ones. */
  readonly since: number;
  next: Subscription | undefined;
  previous: Subscription | undefined;
}

/** A function over a slot that shows the outcome of a call before it is known. */
export interface Layer {
  readonly context: string;
  readonly slot: string;
  /** Which entries: those that any of them means. */
  readonly selections: readonly Selection[];
  readonly apply: (current: unknown) => unknown;
  /** The call has succeeded, and a read under way will bring what it did. */
  settled: boolean;
}

/** Somebody who waits for a read that was sent in that epoch of an entry or later. */
export interface Waiter {
  readonly entry: Entry;
  readonly epoch: number;
  /** Any data will do. */
  readonly first: boolean;
  readonly done: () => void;
}

/** The entries of one context. */
export interface Scope {
  readonly context: ContextDescriptor;
  /** By canonical query. An entry whose server filled in defaults stands under both queries. */
  readonly entries: Map<string, Entry>;
  /** Some entry stands under two queries, so that one lookup does not find all that match. */
  aliased: boolean;
}

const noMerges: readonly AppliedMerge[] = [];

/** What an entry has learnt, and forgets with the identity. */
class Knowledge {
  /** The bundle as the server sent it. */
  origin: Bundle | undefined = undefined;
  /** Text of the answer that gave the origin: an equal one need not be parsed. */
  text: string | undefined = undefined;
  etag: string | null | undefined = undefined;
  /** Revision of the origin, when the server counts revisions. */
  rev: number | undefined = undefined;
  /** Merges that are newer than the origin, in their order. */
  merges: readonly AppliedMerge[] = noMerges;
  /** When the request of the origin was sent. */
  sent = 0;
  /** The highest revision that an invalidation told of. */
  staleAfter = 0;
  error: MizanError | undefined = undefined;
  slotErrors: SlotErrors | undefined = undefined;
  /** When the origin came, in milliseconds of {@link now}. */
  readAt: number | undefined = undefined;
  /** What the server rendered. */
  hydrated: ContextState<object> | undefined = undefined;
}

/**
 * What is known of one context with one set of params. What is seen is folded from three parts: the `origin`, the `merges` that are
 * newer than it, and the optimistic layers of calls under way. An answer replaces the origin and drops the merges that it already
 * holds, so nothing newer is ever overwritten by something older.
 */
export class Entry extends Knowledge {
  readonly context: ContextDescriptor;
  /** Canonical query of the params that were asked for. */
  readonly query: string;
  readonly params: object;
  /** Canonical query of the params that the server answered with, defaults included. */
  resolved: string;

  /** Counts invalidations. */
  epoch = 0;
  /** The epoch of the last invalidation without a revision. */
  blind = 0;
  /** The epoch that the origin answers to. */
  fresh = 0;

  flight: Flight | undefined = undefined;
  /** Observers, and promises under way that need the entry. */
  users = 0;
  first: Subscription | undefined = undefined;
  last: Subscription | undefined = undefined;
  /** Somebody subscribed once. */
  observed = false;
  /** When the last user left. */
  left = 0;

  state: ContextState<object> = loadingState;
  /** What `load` gave. */
  promise: Promise<object> | undefined = undefined;
  handle: ContextHandle<object> | undefined = undefined;

  constructor(context: ContextDescriptor, query: string, params: object) {
    super();
    this.context = context;
    this.query = this.resolved = query;
    this.params = params;
  }
}

/** Forgets what was learnt, and keeps who waits for it. */
export function resetEntry(entry: Entry): void {
  Object.assign(entry, new Knowledge());
  entry.fresh = entry.epoch;
}

/** All that one kernel holds. */
export interface Store {
  readonly contract: Contract;
  readonly options: MizanOptions;
  readonly server: boolean;
  /** Address that paths of the contract are relative to; ends with a slash. */
  readonly base: string;
  /** Scheme and host of it, empty for those of the page. */
  readonly origin: string;
  readonly emit: ((event: KernelEvent) => void) | undefined;
  /** The headers of each request that is not public. */
  readonly protocol: Readonly<Record<string, string>>;
  alive: boolean;

  /** Numbers the requests in the order in which they are sent. */
  clock: number;
  /** Counts changes of the identity; what was sent under another one is not looked at. */
  identity: number;
  /** What the server calls the present identity. */
  epoch?: string | undefined;
  /** Header and token of the session. */
  session?: Promise<Readonly<Record<string, string>>> | undefined;
  /** The server's fingerprint, when it is not ours. */
  skew?: string;

  readonly scopes: Map<string, Scope>;
  /** In the order of their calls. */
  readonly layers: Set<Layer>;
  /** Entries that may look different. */
  readonly dirty: Set<Entry>;
  /** Those of them that somebody asked to be read; the read leaves with the next flush. */
  readonly wanted: Set<Entry>;
  scheduled: boolean;
  /** Counts notifications. */
  round: number;
  /** Observers are being told. */
  telling?: boolean;
  /** Sends what is wanted and tells observers what changed, now. */
  readonly flush: () => void;
  /** Drops everything private. */
  readonly changeIdentity: () => void;
  readonly waiting: Set<Waiter>;

  readonly calls: Set<Call>;

  /** What nobody uses, waiting for its end. One timer waits for the nearest, `alarm`. */
  readonly idle: Set<Entry>;
  timer?: ReturnType<typeof setTimeout> | undefined;
  alarm: number;

  /** Past invalidations, for entries that are made or hydrated later; with the payload that they came in. */
  readonly log: { readonly item: InvalidateItem; readonly payload: Dehydrated | undefined }[];
  /** Hydrated state whose contexts are not known yet. */
  readonly unborn: {
    readonly item: DehydratedEntry;
    readonly payload: Dehydrated;
    /** Not to be written where somebody looks. */
    readonly unseen: boolean;
  }[];

  /** What the other tabs are to be told with the next flush. */
  outbox: InvalidateItem[];
}

/** What stands behind each instance, for the parts of the kernel that are no members of it. */
export const stores: WeakMap<Kernel, Store> = new WeakMap();

export function storeOf(kernel: Kernel): Store {
  const store = stores.get(kernel);
  if (!store) throw new TypeError("This is no instance of Mizan: make one with createMizan()");
  return store;
}

/** The next local number. */
export const tick = (store: Store): number => ++store.clock;

/** Whole milliseconds by a clock that does not jump. */
export const now = (): number => Math.floor(performance.now());

/** Something that belongs to the app threw. */
export function report(store: Store, error: unknown): void {
  store.emit?.({ type: "thrown", error });
  surface(error);
}

/** Calls a function of the app. What it throws is shown as uncaught, and disturbs nothing here. */
export function guard(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    surface(error);
  }
}

function surface(error: unknown): void {
  if (globalThis.reportError) globalThis.reportError(error);
  // eslint-disable-next-line no-console -- a server without reportError
  else console.error(error);
}
