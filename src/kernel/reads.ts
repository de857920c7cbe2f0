import { readBundle } from "./bundle.js";
import { now, type Cache } from "./cache.js";
import type { Entry, Flight } from "./entry.js";
import { toMizanError, type MizanError } from "./error.js";
import type { KernelEvent } from "./event.js";
import { resolvedQuery } from "./match.js";
import { isStale, receiveBundle } from "./ordering.js";
import { backoff, isTransient } from "./retry.js";
import type { Answer, Wire, WireRequest } from "./wire.js";

export interface ReadsOptions {
  readonly retry: number;
  /** Bytes of an address above which a read is a POST. */
  readonly urlBytes: number;
  /** The next local number. */
  readonly tick: () => number;
  readonly emit: ((event: KernelEvent) => void) | undefined;
}

export interface Reads {
  /** Starts a read, or wakes the one that sleeps. */
  launch(entry: Entry): void;
  /** Ends the read under way; the entry stays what it was. */
  abandon(entry: Entry): void;
  /** Resolves when a read has ended, well or not, that was sent after all invalidations so far. */
  next(entry: Entry): Promise<void>;
  /** Wakes the reads that sleep. */
  wake(): void;
  /** Nothing is read any more: whoever waits is told. */
  destroy(): void;
}

/** Somebody who waits for a read that was sent in that epoch or later. */
interface Waiter {
  readonly entry: Entry;
  readonly epoch: number;
  readonly done: () => void;
}

/** Longest text that is kept to be compared with the next answer. */
const TEXT_LIMIT = 1_000_000;
/** Milliseconds between tries to catch up with an invalidation (protocol C4). */
const CATCH_UP = [50, 250, 1000];

/** The reads under way: one an entry at most, tried again where that helps. */
export function createReads(wire: Wire, cache: Cache, options: ReadsOptions): Reads {
  const { tick, emit } = options;
  const waiting = new Set<Waiter>();

  function launch(entry: Entry): void {
    if (entry.flight) {
      entry.flight.wake?.();
      return;
    }
    entry.flight = { sent: 0, epoch: 0, abort: undefined, wake: undefined };
    void fly(entry, entry.flight);
  }

  function abandon(entry: Entry): void {
    const { flight } = entry;
    entry.flight = undefined;
    flight?.abort?.();
    flight?.wake?.();
    if (flight) cache.touch(entry);
  }

  async function fly(entry: Entry, flight: Flight): Promise<void> {
    const at = entry.context.name;
    let failures = 0;
    let behind = 0;
    for (let wait: number | undefined; ; await sleep(flight, wait)) {
      if (entry.flight !== flight) return;
      wait = undefined;
      let error: MizanError | undefined;
      try {
        emit?.({ type: "send", at, attempt: failures });
        const answer = await wire.send(request(entry, flight, behind > 0));
        if (entry.flight !== flight) return;
        receive(entry, flight, answer);
        failures = 0;
        if ((entry.rev ?? Infinity) < entry.staleAfter) {
          wait = CATCH_UP[behind++];
          if (wait === undefined) emit?.({ type: "stale", at });
        }
      } catch (cause) {
        if (entry.flight !== flight) return;
        error = toMizanError(cause, at);
        emit?.({ type: "error", at, error });
        if (failures < options.retry && isTransient(error)) wait = backoff(failures++, error);
        else entry.error = error;
      }
      if (wait === undefined) break;
      cache.touch(entry);
      cache.flush();
    }
    entry.flight = undefined;
    // Invalidated on the way, and the answer does not hold it: once more, if somebody still looks.
    if (flight.epoch < entry.epoch && isStale(entry)) cache.want(entry);
    cache.touch(entry);
    cache.flush();
    settle((waiter) => waiter.entry === entry && waiter.epoch <= flight.epoch);
  }

  function settle(concerns: (waiter: Waiter) => boolean): void {
    for (const waiter of [...waiting].filter(concerns)) {
      waiting.delete(waiter);
      waiter.done();
    }
  }

  function request(entry: Entry, flight: Flight, behind: boolean): WireRequest {
    const { context, query, params, staleAfter, etag } = entry;
    const common = {
      source: context.name,
      public: context.scope === "public",
      onSend(abort: () => void) {
        flight.sent = tick();
        flight.epoch = entry.epoch;
        flight.abort = abort;
        return entry.flight === flight;
      },
    };
    // The number makes caches between here and the server look again.
    const bust = staleAfter && (behind || common.public) ? `_rev=${staleAfter}` : "";
    const search = [query, bust].filter(Boolean).join("&");
    const path = search ? `${context.path}?${search}` : context.path;
    if (wire.url(path).length > options.urlBytes) {
      return {
        ...common,
        public: false,
        path: context.path,
        method: "POST",
        body: JSON.stringify({ params }),
        headers: { "Content-Type": "application/json" },
      };
    }
    return { ...common, path, headers: etag ? { "If-None-Match": etag } : undefined };
  }

  function receive(entry: Entry, flight: Flight, answer: Answer): void {
    const bundle = readBundle(entry, answer);
    receiveBundle(entry, flight, bundle);
    entry.updatedAt = now();
    if (!bundle.data) return;
    const { text, response } = answer;
    entry.text = text.length < TEXT_LIMIT ? text : undefined;
    entry.etag = response.headers.get("ETag");
    const resolved = bundle.params && resolvedQuery(entry.context, bundle.params);
    if (resolved === undefined || resolved === entry.resolved) return;
    const scope = cache.scopeOf(entry.context);
    entry.resolved = resolved;
    scope.aliased = true;
    if (!scope.entries.has(resolved)) scope.entries.set(resolved, entry);
  }

  /** Until the time is over and the device online, or until somebody needs the data now. */
  function sleep(flight: Flight, wait: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        if (globalThis.navigator?.onLine !== false) flight.wake?.();
      }, wait);
      flight.wake = () => {
        clearTimeout(timer);
        flight.wake = undefined;
        resolve();
      };
    });
  }

  return {
    launch,
    abandon,
    next: (entry) =>
      new Promise((done) => {
        waiting.add({ entry, epoch: entry.epoch, done });
        cache.want(entry);
      }),
    wake() {
      for (const entry of cache.all()) entry.flight?.wake?.();
    },
    destroy: () => settle(() => true),
  };
}
