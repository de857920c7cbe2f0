import { readBundle } from "./bundle.js";
import { toMizanError, type MizanError } from "./error.js";
import { resolvedQuery } from "./match.js";
import { isStale, receiveBundle } from "./ordering.js";
import { backoff, isTransient } from "./retry.js";
import { now, tick, type Entry, type Flight, type Store, type Waiter } from "./store.js";
import { touch, want } from "./touch.js";
import { address, send, type Answer, type WireRequest } from "./wire.js";

/** Longest text that is kept to be compared with the next answer. */
const TEXT_LIMIT = 1_000_000;
/** Milliseconds between tries to catch up with an invalidation (protocol C4). */
const CATCH_UP = [50, 250, 1000];

/** Starts a read, or wakes the one that sleeps: there is one of an entry at most. */
export function launch(store: Store, entry: Entry): void {
  if (entry.flight) entry.flight.wake?.();
  else if (store.alive)
    void fly(
      store,
      entry,
      (entry.flight = { sent: 0, epoch: 0, abort: undefined, wake: undefined }),
    );
}

/** Ends the read under way; the entry stays what it was. */
export function abandon(store: Store, entry: Entry): void {
  const { flight } = entry;
  if (!flight) return;
  entry.flight = undefined;
  flight.abort?.();
  flight.wake?.();
  touch(store, entry);
}

/**
 * Resolves when a read has ended, well or not, that was sent after all invalidations so far.
 *
 * @param first data that comes in another way will do as well
 */
export const nextRead = (store: Store, entry: Entry, first = false): Promise<void> =>
  new Promise((done) => {
    if (!store.alive) return done();
    store.waiting.add({ entry, epoch: entry.epoch, first, done });
    want(store, entry);
  });

/** Lets those go on who wait for a read. */
export function settleWaiters({ waiting }: Store, concerns: (waiter: Waiter) => boolean): void {
  for (const waiter of waiting) {
    if (!concerns(waiter)) continue;
    waiting.delete(waiter);
    waiter.done();
  }
}

async function fly(store: Store, entry: Entry, flight: Flight): Promise<void> {
  const { emit, options } = store;
  const at = entry.context.name;
  let failures = 0;
  let behind = 0;
  for (let wait: number | undefined; ; await sleep(flight, wait)) {
    if (entry.flight !== flight) return;
    wait = undefined;
    try {
      emit?.({ type: "send", at });
      const answer = await send(store, request(store, entry, flight, behind > 0));
      if (entry.flight !== flight) return;
      receive(store, entry, flight, answer);
      failures = 0;
      if ((entry.rev ?? Infinity) < entry.staleAfter) {
        wait = CATCH_UP[behind++];
        if (!wait) emit?.({ type: "stale", at });
      }
    } catch (cause) {
      if (entry.flight !== flight) return;
      const error: MizanError = toMizanError(cause, at);
      emit?.({ type: "error", at, error });
      if (failures < (options.retry ?? 2) && isTransient(error)) wait = backoff(failures++, error);
      else entry.error = error;
    }
    if (wait === undefined) break;
    touch(store, entry);
  }
  entry.flight = undefined;
  // Invalidated on the way, and the answer does not hold it: once more, if somebody still looks.
  if (flight.epoch < entry.epoch && isStale(entry)) want(store, entry);
  // Observers are told before those who wait: their turn comes after the flush.
  touch(store, entry);
  settleWaiters(store, (waiter) => waiter.entry === entry && waiter.epoch <= flight.epoch);
}

function request(store: Store, entry: Entry, flight: Flight, behind: boolean): WireRequest {
  const { context, query, params, staleAfter, etag } = entry;
  const { name: source, path } = context;
  const open = context.scope === "public";
  // The number makes caches between here and the server look again.
  const bust = staleAfter && (behind || open) ? `_rev=${staleAfter}` : "";
  const search = query && bust ? `${query}&${bust}` : query || bust;
  const whole = search ? `${path}?${search}` : path;
  const long = address(store, whole).length > (store.contract.limits?.urlBytes ?? 4096);
  return {
    source,
    path: long ? path : whole,
    method: long ? "POST" : "GET",
    body: long ? JSON.stringify({ params }) : undefined,
    public: open && !long,
    headers: long
      ? { "Content-Type": "application/json" }
      : etag
        ? { "If-None-Match": etag }
        : undefined,
    onSend(abort) {
      flight.sent = tick(store);
      flight.epoch = entry.epoch;
      flight.abort = abort;
      return entry.flight === flight;
    },
  };
}

function receive(store: Store, entry: Entry, flight: Flight, answer: Answer): void {
  const bundle = readBundle(entry, answer);
  if (!receiveBundle(entry, flight, bundle)) return;
  entry.readAt = now();
  if (!bundle.data) return;
  const { text, response } = answer;
  entry.text = text.length < TEXT_LIMIT ? text : undefined;
  entry.etag = response.headers.get("ETag");
  const resolved = resolvedQuery(entry, bundle.params);
  const scope = store.scopes.get(entry.context.name);
  if (resolved === undefined || resolved === entry.resolved || !scope) return;
  entry.resolved = resolved;
  scope.aliased = true;
  if (!scope.entries.has(resolved)) scope.entries.set(resolved, entry);
}

/** Until the time is over and the device online, or until somebody needs the data now. */
const sleep = (flight: Flight, wait: number | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      if (globalThis.navigator?.onLine !== false) flight.wake?.();
    }, wait);
    flight.wake = () => {
      clearTimeout(timer);
      flight.wake = undefined;
      resolve();
    };
  });
