import type { ContextDescriptor } from "./descriptor.js";
import { MizanError } from "./error.js";
import { entryAt, hold, release, subscribe } from "./lifetime.js";
import type { ContextHandle } from "./mizan.js";
import { missingSlot } from "./ordering.js";
import { abandon, nextRead } from "./reads.js";
import { idleState, loadingState } from "./state.js";
import { resetEntry, type Entry, type Store } from "./store.js";
import { isDue, want } from "./touch.js";

/** A promise as React's `use` reads it: a result that is there is seen without waiting for a microtask. */
interface Tagged extends Promise<object> {
  status?: "pending" | "fulfilled" | "rejected" | undefined;
  value?: object;
  reason?: unknown;
}

const nothing = (): void => {};
const never = new Promise<never>(nothing);

/** For params that are not known yet: nothing is fetched, and nothing ever happens. */
export const idleHandle: ContextHandle<object> = {
  key: "",
  getState: () => idleState,
  getServerState: () => idleState,
  subscribe: () => nothing,
  refetch: () => Promise.resolve(idleState),
  load: () => never,
  resetError: nothing,
  unregister: nothing,
};

/** The handle of an entry: one object as long as the entry lives. */
export const handleOf = (store: Store, entry: Entry): ContextHandle<object> =>
  (entry.handle ??= new Handle(store, entry));

type Members = ContextHandle<object>;

/**
 * Its members are made when they are asked for: most holders need two of them, and there may be a handle for each row of a list. Those
 * that something may depend on by identity are kept.
 */
class Handle implements Members {
  readonly #store: Store;
  readonly #context: ContextDescriptor;
  readonly #query: string;
  readonly #params: object;
  #getState: Members["getState"] | undefined;
  #subscribe: Members["subscribe"] | undefined;
  #refetch: Members["refetch"] | undefined;

  constructor(store: Store, { context, query, params }: Entry) {
    this.#store = store;
    this.#context = context;
    this.#query = query;
    this.#params = params;
  }

  /** Looked up on every call: the entry may have been collected since, and made anew by somebody else. */
  #entry(): Entry {
    return entryAt(this.#store, this.#context, this.#query, this.#params);
  }

  get key(): string {
    return `${this.#context.name}?${this.#query}`;
  }

  get getState(): Members["getState"] {
    return (this.#getState ??= () => this.#entry().state);
  }

  get getServerState(): Members["getServerState"] {
    return () => {
      const { state, hydrated = loadingState } = this.#entry();
      return this.#store.server ? state : hydrated;
    };
  }

  get subscribe(): Members["subscribe"] {
    return (this.#subscribe ??= (listener) => subscribe(this.#store, this.#entry(), listener));
  }

  get refetch(): Members["refetch"] {
    return (this.#refetch ??= async (options) => {
      const entry = this.#entry();
      if (options?.force) abandon(this.#store, entry);
      await hold(this.#store, entry, nextRead(this.#store, entry));
      return entry.state;
    });
  }

  get load(): Members["load"] {
    return () => load(this.#store, this.#entry());
  }

  get resetError(): Members["resetError"] {
    return () => resetError(this.#store, this.#entry());
  }

  get unregister(): Members["unregister"] {
    return () => release(this.#store, this.#entry());
  }
}

/** The data of an entry: what is there when it is fresh, else what a read brings; or, for the `first`, whatever comes before that. */
export async function fetchEntry(
  store: Store,
  entry: Entry,
  signal?: AbortSignal,
  first?: boolean,
): Promise<object> {
  if (isDue(store, entry)) {
    const read = nextRead(store, entry, first);
    await hold(store, entry, signal ? Promise.race([read, abortOf(signal)]) : read);
  }
  const { error, state, context } = entry;
  if (error || !state.data) throw error ?? new MizanError("aborted", `${context.name} was ended`);
  return state.data;
}

function load(store: Store, entry: Entry): Promise<object> {
  const { data } = entry.state;
  const known: Tagged | undefined = entry.promise;
  if (data && missingSlot(entry) === undefined) {
    if (known?.value === data) return known;
    return (entry.promise = tag(Promise.resolve(data), "fulfilled", data));
  }
  if (known && known.status !== "fulfilled") return known;
  const { error } = entry;
  const promise = error
    ? tag(Promise.reject(error), "rejected", error)
    : tag(fetchEntry(store, entry, undefined, true), "pending");
  promise.then(
    (value) => void tag(promise, "fulfilled", value),
    (reason: unknown) => void tag(promise, "rejected", reason),
  );
  return (entry.promise = promise);
}

const tag = (promise: Promise<object>, status: Tagged["status"], result?: unknown): Tagged =>
  Object.assign(promise, { status, [status === "rejected" ? "reason" : "value"]: result });

function resetError(store: Store, entry: Entry): void {
  entry.promise = undefined;
  if (!entry.error) return;
  entry.error = undefined;
  if (missingSlot(entry) !== undefined) resetEntry(entry);
  want(store, entry);
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void =>
      reject(new MizanError("aborted", "Ended by the caller", { cause: signal.reason as unknown }));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
