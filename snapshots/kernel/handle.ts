// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

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
export function handleOf(store: Store, made: Entry): ContextHandle<object> {
  const { context, query, params } = made;
  // Looked up on every call: the entry may have been collected since, and made anew by somebody else.
  const entry = (): Entry => entryAt(store, context, query, params);
  return (made.handle ??= {
    key: `${context.name}?${query}`,
    getState: () => entry().state,
    getServerState: () => (store.server ? entry().state : (entry().hydrated ?? loadingState)),
    subscribe: (listener) => subscribe(store, entry(), listener),
    async refetch(options) {
      const own = entry();
      if (options?.force) abandon(store, own);
      await hold(store, own, nextRead(store, own));
      return own.state;
    },
    load: () => load(store, entry()),
    resetError: () => resetError(store, entry()),
    unregister: () => release(store, entry()),
  });
}

/** The data of an entry: what is there when it is fresh, else what a read brings. */
export async function fetchEntry(
  store: Store,
  entry: Entry,
  signal?: AbortSignal,
): Promise<object> {
  if (isDue(store, entry)) {
    const read = nextRead(store, entry);
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
    : tag(fetchEntry(store, entry), "pending");
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
      reject(new MizanError("aborted", "Ended by the caller", { cause: signal.reason }));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
