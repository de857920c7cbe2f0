import { canonicalQuery } from "./canonical.js";
import { endCall, runCall } from "./calls.js";
import type { ContextDescriptor, Contract, MutationDescriptor } from "./descriptor.js";
import { headerEffects, outline, type Effect } from "./effect.js";
import { applyEffects, changeIdentity } from "./apply.js";
import { flush } from "./flush.js";
import { fetchEntry, handleOf, idleHandle } from "./handle.js";
import { absorb, dehydrate, hydrate } from "./hydrate.js";
import { takePagePayload } from "./payload.js";
import { inspect } from "./inspect.js";
import { allEntries, contextOf, entryAt, scopeOf } from "./lifetime.js";
import type { MergeItem } from "./merge.js";
import type { CallOptions, ContextMap, Mizan, MizanOptions, MutationMap } from "./mizan.js";
import { showOutcome } from "./optimistic.js";
import { watchPage } from "./page.js";
import { abandon, settleWaiters } from "./reads.js";
import { guard, tick, type Entry, type Store } from "./store.js";
import { openTabs } from "./tabs.js";
import { isDue, isUsed, schedule, want } from "./touch.js";
import { address, send } from "./wire.js";

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
  const server = options.server ?? !("document" in globalThis);
  const store: Store = {
    contract,
    options: {
      ...options,
      onUnauthenticated: (error) => guard(() => options.onUnauthenticated?.(error)),
      navigate: options.navigate && ((path) => guard(() => options.navigate?.(path))),
    },
    server,
    emit: options.onEvent && ((event) => guard(() => options.onEvent?.(event))),
    alive: true,
    clock: 0,
    identity: 0,
    scopes: new Map(),
    layers: new Set(),
    dirty: new Set(),
    scheduled: false,
    round: 0,
    flush() {
      flush(store);
      if (store.outbox.length) tabs?.post({ invalidate: store.outbox });
      store.outbox = [];
    },
    changeIdentity: () => changeIdentity(store),
    waiting: new Set(),
    calls: new Set(),
    last: new Map(),
    idle: new Set(),
    alarm: Infinity,
    log: [],
    unborn: [],
    outbox: [],
  };
  const tabs =
    server || options.broadcast === false ? undefined : openTabs(store, address(store, ""));
  const unwatch = server ? undefined : watchPage(revive);
  hydrate(store, options.hydrate ?? (server ? undefined : takePagePayload(contract.fingerprint)));

  function entryFor(target: ContextDescriptor | string, params: object): Entry {
    const context = typeof target === "string" ? contextOf(store, target) : target;
    if (!store.scopes.has(context.name)) {
      scopeOf(store, context);
      absorb(store, context);
    }
    return entryAt(store, context, canonicalQuery(params, context.params), params);
  }

  /** What this tab changes, here and in the others. */
  function change(effects: readonly Effect[], sent: number): void {
    applyEffects(store, effects, sent);
    store.outbox.push(...effects.map(outline));
    schedule(store);
  }

  function revive(cause: "seen" | "online" | "restored"): void {
    for (const entry of allEntries(store)) {
      if (cause === "online") entry.flight?.wake?.();
      if (isUsed(entry) && (cause === "restored" || isDue(store, entry))) want(store, entry);
    }
  }

  async function request(source: string, path: string, init: RequestInit = {}): Promise<Response> {
    const { method = "GET", headers, body, signal } = init;
    const { identity } = store;
    const mutates = method !== "GET";
    let effects: readonly Effect[] = [];
    try {
      const { response } = await send(store, {
        source,
        path,
        method,
        headers: Object.fromEntries(new Headers(headers)),
        body,
        signal,
        raw: true,
        mutates,
        csrf: mutates,
        onEffects: (failed) => (effects = failed),
      });
      if (mutates) effects = headerEffects(response);
      return response;
    } finally {
      if (identity === store.identity) change(effects, tick(store));
      store.flush();
    }
  }

  const kernel = {
    isServer: server,
    url: (path: string) => address(store, path),
    request,
    registerContext: (context: ContextDescriptor | string, params: object | null) =>
      params === null ? idleHandle : handleOf(store, entryFor(context, params)),
    fetchContext: (
      context: ContextDescriptor | string,
      params: object,
      { signal }: { readonly signal?: AbortSignal | undefined } = {},
    ) => fetchEntry(store, entryFor(context, params), signal),
    call(target: MutationDescriptor | string, input: unknown, own: CallOptions = {}) {
      const mutation: MutationDescriptor =
        typeof target === "string"
          ? { kind: "mutation", contract, name: target, path: `call/${target}` }
          : target;
      const release = own.optimistic && showOutcome(store, mutation, input, own.optimistic);
      return runCall(store, mutation, input, own, ({ sent, identity }, effects, succeeded) => {
        const changes = succeeded && mutation.session === "change";
        if (changes) {
          if (identity === store.identity) changeIdentity(store);
          tabs?.post({ identity: true });
        }
        // Of another identity: nothing of it is written.
        if (changes || identity === store.identity) change(effects, sent);
        release?.(succeeded ? effects : undefined);
        store.flush();
      });
    },
    invalidate: (context: ContextDescriptor | string, params?: object) =>
      change([{ context: typeof context === "string" ? context : context.name, params }], 0),
    merge: (item: MergeItem) => change([item], tick(store)),
    reset() {
      changeIdentity(store);
      tabs?.post({ identity: true });
    },
    dehydrate: () => dehydrate(store),
    hydrate: (payload: unknown, { unseen }: { readonly unseen?: boolean } = {}) =>
      hydrate(store, payload, unseen),
    inspect: () => inspect(store),
    destroy() {
      store.alive = false;
      store.identity++;
      unwatch?.();
      tabs?.close();
      clearTimeout(store.timer);
      for (const call of store.calls) endCall(call);
      for (const entry of allEntries(store)) abandon(store, entry);
      for (const each of [store.scopes, store.layers, store.idle, store.dirty]) each.clear();
      settleWaiters(store, () => true);
    },
  };
  // The maps of names and types exist for the compiler only.
  return kernel as unknown as Mizan<Contexts, Mutations>;
}
