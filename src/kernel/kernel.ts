import { canonicalQuery } from "./canonical.js";
import { createCache } from "./cache.js";
import { createCalls, type Call, type Effects, type Release } from "./calls.js";
import type { ContextDescriptor, Contract, MutationDescriptor } from "./descriptor.js";
import { resetEntry, type Entry, type Layer } from "./entry.js";
import { createHandles, idleHandle } from "./handle.js";
import { dehydrateEntry, isPayloadOf, takePagePayload, type Dehydrated } from "./hydration.js";
import { headerItems, type InvalidateItem } from "./invalidate-header.js";
import { selectEntries, selectionOf } from "./match.js";
import type { MergeItem } from "./merge.js";
import type { CallOptions, ContextMap, Mizan, MizanOptions, MutationMap } from "./mizan.js";
import { isStale, receiveInvalidation, receiveMerge } from "./ordering.js";
import { isHidden, watchPage } from "./page.js";
import { createPast } from "./past.js";
import { createReads } from "./reads.js";
import { openTabs } from "./tabs.js";
import { targetParams } from "./targets.js";
import { createWire } from "./wire.js";

/**
 * An instance: one for a browser app, one for each request on a server, one for each test.
 *
 * @example
 * const mizan = createKernel<MizanContexts, MizanMutations>(contract, { baseUrl: "/api" });
 */
export function createKernel<
  Contexts extends ContextMap = object,
  Mutations extends MutationMap = object,
>(contract: Contract, options: MizanOptions = {}): Mizan<Contexts, Mutations> {
  const { retry = 2, gcTime = 300_000, staleTime = 60_000, onEvent: emit } = options;
  const isServer = options.server ?? !("document" in globalThis);
  let clock = 0;
  let identity = 0;
  let epoch: string | undefined;
  let skewed: string | undefined;
  let alive = true;
  /** What the other tabs are to be told with the next flush. */
  let outbox: InvalidateItem[] = [];

  const tick = (): number => ++clock;

  function report(error: unknown): void {
    emit?.({ type: "thrown", error });
    if (globalThis.reportError) globalThis.reportError(error);
    else console.error(error);
  }

  const wire = createWire(contract, options, {
    identity: () => identity,
    epoch(value) {
      if (epoch !== undefined && value !== epoch) changeIdentity();
      epoch = value;
    },
    skew(fingerprint) {
      if (skewed !== fingerprint) emit?.({ type: "skew", fingerprint });
      skewed = fingerprint;
    },
    unauthenticated: (error) => options.onUnauthenticated?.(error),
  });
  const cache = createCache(isServer, gcTime, staleTime, {
    created: (entry) => past.recall(entry),
    launch(entry) {
      if (alive) reads.launch(entry);
    },
    abandon: (entry) => reads.abandon(entry),
    report,
    flushed() {
      if (outbox.length) tabs?.post({ invalidate: outbox });
      outbox = [];
    },
  });
  const urlBytes = contract.limits?.urlBytes ?? 4096;
  const reads = createReads(wire, cache, { retry, urlBytes, tick, emit });
  const past = createPast(cache);
  const handles = createHandles(cache, reads, isServer);
  const calls = createCalls(wire, {
    retry,
    tick,
    identity: () => identity,
    emit,
    settle,
    navigate: options.navigate ?? ((path) => globalThis.location?.assign(path)),
  });
  const tabs =
    isServer || options.broadcast === false
      ? undefined
      : openTabs(wire.url(""), {
          epoch: () => epoch,
          // A hidden tab reads when it is seen again.
          invalidate: (items) => items.forEach((item) => invalidate(item, { later: isHidden() })),
          identity: changeIdentity,
          report,
        });
  const unwatch = isServer ? undefined : watchPage(revive);
  hydrate(options.hydrate ?? (isServer ? undefined : takePagePayload(contract.fingerprint)));

  function entryFor(target: ContextDescriptor | string, params: object): Entry {
    const context = typeof target === "string" ? named(target) : target;
    if (!cache.scopes.has(context.name)) {
      cache.scopeOf(context);
      past.absorb(context);
    }
    return cache.entryAt(context, canonicalQuery(params, context.params), params);
  }

  /** What is known of a context by its name alone: its descriptor if it was seen before, else what the protocol says by default. */
  function named(name: string): ContextDescriptor {
    const seen = cache.scopes.get(name)?.context;
    return seen ?? { kind: "context", contract, name, path: `ctx/${name}/`, params: {}, slots: [] };
  }

  function invalidate(
    item: InvalidateItem,
    { later = false, payload }: { later?: boolean; payload?: Dehydrated } = {},
  ): void {
    past.remember(item, payload);
    for (const [name, scope] of cache.scopes) {
      if (item.context !== name && item.context !== "*") continue;
      for (const entry of selectEntries(scope, selectionOf(scope.context, item.params))) {
        if (!receiveInvalidation(entry, item.rev)) continue;
        if (later) cache.touch(entry);
        else cache.want(entry);
      }
    }
  }

  function merge(item: MergeItem, sent: number): void {
    const { context, params, rev } = item;
    const scope = cache.scopes.get(context);
    const selection = scope && selectionOf(scope.context, params);
    if (!selection) {
      invalidate({ context, params, rev });
      return;
    }
    past.remember({ context, params, rev });
    for (const entry of selectEntries(scope, selection)) {
      if (receiveMerge(entry, { ...item, sent, applied: tick() })) cache.touch(entry);
      else cache.want(entry);
    }
  }

  /** What an answer changes, as one change: seen at once, and before its promise settles. */
  function settle(call: Call, { merges, invalidations }: Effects, succeeded: boolean): void {
    if (succeeded && call.mutation.session === "change") {
      if (call.identity === identity) changeIdentity();
      tabs?.post({ identity: true });
    }
    if (call.identity === identity || call.mutation.session === "change") {
      for (const item of merges) merge(item, call.sent);
      for (const item of invalidations) invalidate(item);
      for (const { context, params, rev } of [...merges, ...invalidations]) {
        outbox.push({ context, params, rev });
      }
    }
    call.release(succeeded ? merges : undefined);
    cache.flush();
  }

  /** Lays functions over the slots that a call is declared to merge. Returns the end of it, to be given what a success has merged. */
  function show(mutation: MutationDescriptor, input: unknown, optimistic: object): Release {
    const shown: Layer[] = [];
    for (const { context, slot, params } of mutation.targets ?? []) {
      const functions = (optimistic as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[
        context
      ];
      const change = slot === undefined ? undefined : functions?.[slot];
      const bound = targetParams(params, input);
      const selection = bound.complete && selectionOf(named(context), bound.params);
      if (slot === undefined || typeof change !== "function" || !selection) continue;
      const apply = (current: unknown): unknown => change(current, input);
      shown.push({ context, slot, selection, apply, settled: false });
    }
    const entries = ({ context, selection }: Layer): Iterable<Entry> => {
      const scope = cache.scopes.get(context);
      return scope ? selectEntries(scope, selection) : [];
    };
    for (const layer of shown) {
      cache.layers.add(layer);
      for (const entry of entries(layer)) cache.touch(entry);
    }
    return (merges) => {
      for (const layer of shown) {
        const { context, slot } = layer;
        const merged =
          !merges || merges.some((item) => item.context === context && item.slot === slot);
        // Not merged but invalidated: to be shown until the read brings it, or the old value would flash up.
        layer.settled =
          !merged && [...entries(layer)].some((entry) => cache.isUsed(entry) && isStale(entry));
        if (!layer.settled) cache.layers.delete(layer);
        for (const entry of entries(layer)) cache.touch(entry);
      }
    };
  }

  /** Everything private is dropped; answers to requests that were sent before are not looked at. */
  function changeIdentity(): void {
    identity++;
    epoch = undefined;
    emit?.({ type: "identity" });
    wire.forgetSession();
    past.clear();
    cache.layers.clear();
    for (const entry of cache.all()) {
      if (entry.context.scope === "public") {
        cache.touch(entry);
        continue;
      }
      reads.abandon(entry);
      if (cache.isUsed(entry)) {
        resetEntry(entry);
        cache.want(entry);
      } else cache.remove(entry);
    }
  }

  function revive(cause: "seen" | "online" | "restored"): void {
    if (cause === "online") reads.wake();
    for (const entry of cache.all()) {
      if (cache.isUsed(entry) && (cause === "restored" || cache.isDue(entry))) cache.want(entry);
    }
  }

  function hydrate(payload: unknown): void {
    if (!isPayloadOf(payload, contract.fingerprint)) return;
    if (epoch !== undefined && payload.epoch !== undefined && payload.epoch !== epoch) return;
    epoch ??= payload.epoch;
    for (const item of payload.invalidate ?? []) invalidate(item, { payload });
    past.hydrate(payload);
  }

  async function request(source: string, path: string, init: RequestInit = {}): Promise<Response> {
    const { method = "GET", headers, body, signal } = init;
    const mutates = method !== "GET";
    const items: InvalidateItem[] = [];
    const call = { identity };
    try {
      const { response } = await wire.send({
        source,
        path,
        method,
        headers: Object.fromEntries(new Headers(headers)),
        body,
        signal,
        raw: true,
        mutates,
        csrf: mutates,
        onInvalidate: (failed) => items.push(...failed),
      });
      if (mutates) items.push(...headerItems(response));
      return response;
    } finally {
      if (call.identity === identity) for (const item of items) invalidate(item);
      outbox.push(...items);
      cache.flush();
    }
  }

  const kernel = {
    isServer,
    url: wire.url,
    request,
    registerContext: (context: ContextDescriptor | string, params: object | null) =>
      params === null ? idleHandle : handles.handleOf(entryFor(context, params)),
    fetchContext: (
      context: ContextDescriptor | string,
      params: object,
      { signal }: { readonly signal?: AbortSignal | undefined } = {},
    ) => handles.fetch(entryFor(context, params), signal),
    call(target: MutationDescriptor | string, input: unknown, own: CallOptions = {}) {
      const mutation: MutationDescriptor =
        typeof target === "string"
          ? { kind: "mutation", contract, name: target, path: `call/${target}` }
          : target;
      const release = own.optimistic ? show(mutation, input, own.optimistic) : (): void => {};
      return calls.run(mutation, input, release, own);
    },
    invalidate(context: ContextDescriptor | string, params?: object) {
      const item = { context: typeof context === "string" ? context : context.name, params };
      outbox.push(item);
      invalidate(item);
      cache.schedule();
    },
    merge(item: MergeItem) {
      const { context, params } = item;
      outbox.push({ context, params });
      merge(item, tick());
      cache.schedule();
    },
    reset() {
      changeIdentity();
      tabs?.post({ identity: true });
    },
    dehydrate: (): Dehydrated => ({
      mizan: 1,
      schema: contract.fingerprint,
      epoch,
      entries: cache.all().flatMap((entry) => dehydrateEntry(entry) ?? []),
    }),
    hydrate,
    inspect() {
      const entries = cache.all();
      const count = (of: (entry: Entry) => number): number =>
        entries.reduce((sum, entry) => sum + of(entry), 0);
      return {
        entries: entries.map((entry) => ({
          key: handles.handleOf(entry).key,
          context: entry.context.name,
          params: entry.params,
          state: entry.state,
          observers: entry.listeners.size,
          rev: entry.rev,
        })),
        flights: count((entry) => (entry.flight ? 1 : 0)),
        observers: count((entry) => entry.listeners.size),
        layers: cache.layers.size,
        timers: cache.hasTimer() ? 1 : 0,
      };
    },
    destroy() {
      alive = false;
      identity++;
      unwatch?.();
      tabs?.close();
      calls.destroy();
      cache.destroy();
      reads.destroy();
    },
  };
  // The maps of names and types exist for the compiler only.
  return kernel as unknown as Mizan<Contexts, Mutations>;
}
