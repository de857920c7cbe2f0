import type { Cache } from "./cache.js";
import { resetEntry, type Entry } from "./entry.js";
import { MizanError } from "./error.js";
import type { ContextHandle } from "./mizan.js";
import { missingSlot } from "./ordering.js";
import type { Reads } from "./reads.js";
import { idleState, loadingState } from "./state.js";

/** A promise as React's `use` reads it: a result that is there is seen without waiting for a microtask. */
interface Tagged extends Promise<object> {
  status?: "pending" | "fulfilled" | "rejected";
  value?: object;
  reason?: unknown;
}

export interface Handles {
  /** The handle of an entry: one object as long as the entry lives. */
  handleOf(entry: Entry): ContextHandle<object>;
  /** The data of an entry: what is there when it is fresh, else what a read brings. */
  fetch(entry: Entry, signal?: AbortSignal): Promise<object>;
}

const nothing = (): void => {};
const never = new Promise<object>(nothing);

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

/** What holders of an entry can do with it. */
export function createHandles(cache: Cache, reads: Reads, server: boolean): Handles {
  function handleOf(made: Entry): ContextHandle<object> {
    const { context, query, params } = made;
    // Looked up on every call: the entry may have been collected since, and made anew by somebody else.
    const entry = (): Entry => cache.entryAt(context, query, params);
    return (made.handle ??= {
      key: `${context.name}?${query}`,
      getState: () => entry().state,
      getServerState: () => (server ? entry().state : (entry().hydrated ?? loadingState)),
      subscribe: (listener) => cache.subscribe(entry(), listener),
      async refetch(options) {
        const own = entry();
        if (options?.force) reads.abandon(own);
        await next(own);
        return own.state;
      },
      load: () => load(entry()),
      resetError: () => resetError(entry()),
      unregister: () => cache.release(entry()),
    });
  }

  async function fetch(entry: Entry, signal?: AbortSignal): Promise<object> {
    if (cache.isDue(entry)) await next(entry, signal);
    return result(entry);
  }

  /** Waits for a read that leaves now, or joins one under way, and keeps the entry until then. */
  async function next(entry: Entry, signal?: AbortSignal): Promise<void> {
    const release = cache.hold(entry);
    try {
      await (signal ? Promise.race([reads.next(entry), abortOf(signal)]) : reads.next(entry));
    } finally {
      release();
    }
  }

  function load(entry: Entry): Promise<object> {
    const { data } = entry.state;
    const known: Tagged | undefined = entry.promise;
    if (data && missingSlot(entry) === undefined) {
      if (known?.value === data) return known;
      return (entry.promise = Object.assign(Promise.resolve(data), {
        status: "fulfilled",
        value: data,
      }));
    }
    if (known && known.status !== "fulfilled") return known;
    const promise: Tagged = entry.error
      ? Promise.reject(entry.error)
      : next(entry).then(() => result(entry));
    promise.status = entry.error ? "rejected" : "pending";
    promise.reason = entry.error;
    // Braces: a handler that returned the promise would make another one that fails unheard.
    promise.then(
      (value) => {
        Object.assign(promise, { status: "fulfilled", value });
      },
      (reason: unknown) => {
        Object.assign(promise, { status: "rejected", reason });
      },
    );
    return (entry.promise = promise);
  }

  function resetError(entry: Entry): void {
    entry.promise = undefined;
    if (!entry.error) return;
    entry.error = undefined;
    if (missingSlot(entry) !== undefined) resetEntry(entry);
    cache.want(entry);
  }

  return { handleOf, fetch };
}

function result(entry: Entry): object {
  const { error, state } = entry;
  if (error ?? !state.data)
    throw error ?? new MizanError("aborted", `${entry.context.name}: ended`);
  return state.data;
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void =>
      reject(new MizanError("aborted", "aborted", { cause: signal.reason }));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
