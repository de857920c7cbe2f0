// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { change, changeIdentity } from "./apply.js";
import { endCall, runCall } from "./calls.js";
import { canonicalQuery } from "./canonical.js";
import type { ContextDescriptor, Contract, MutationDescriptor } from "./descriptor.js";
import { flush } from "./flush.js";
import { fetchEntry, handleOf, idleHandle } from "./handle.js";
import { absorb, hydrate } from "./hydrate.js";
import { allEntries, contextOf, entryAt, scopeOf } from "./lifetime.js";
import type { MergeItem } from "./merge.js";
import type { CallOptions, Kernel, MizanOptions } from "./mizan.js";
import { showOutcome } from "./optimistic.js";
import { watchPage } from "./page.js";
import { takePagePayload } from "./payload.js";
import { abandon, settleWaiters } from "./reads.js";
import { guard, stores, tick, type Entry, type Store } from "./store.js";
import { openTabs } from "./tabs.js";
import { isDue, want } from "./touch.js";

/** An instance without what only servers, devtools and tests ask of one. */
export function startKernel(contract: Contract, options: MizanOptions): Kernel {
  const server = options.server ?? !("document" in globalThis);
  const base = (options.baseUrl ?? contract.base).replace(/\/*$/, "/");
  const store: Store = {
    contract,
    options: {
      ...options,
      onUnauthenticated: (error) => guard(() => options.onUnauthenticated?.(error)),
      navigate: options.navigate && ((path) => guard(() => options.navigate?.(path))),
    },
    server,
    base,
    origin: /^(https?:)?\/\/[^/]+/.exec(base)?.[0] ?? "",
    protocol: {
      Accept: "application/json",
      "X-Mizan-Protocol": "1",
      ...(contract.fingerprint && { "X-Mizan-Schema": contract.fingerprint }),
    },
    emit: options.onEvent && ((event) => guard(() => options.onEvent?.(event))),
    alive: true,
    clock: 0,
    identity: 0,
    scopes: new Map(),
    layers: new Set(),
    dirty: new Set(),
    wanted: new Set(),
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
    idle: new Set(),
    alarm: Infinity,
    log: [],
    unborn: [],
    outbox: [],
  };
  const tabs = server || options.broadcast === false ? undefined : openTabs(store, base);
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

  function revive(cause: "seen" | "online" | "restored"): void {
    for (const entry of allEntries(store)) {
      if (cause === "online") entry.flight?.wake?.();
      // What nobody uses by the time of the flush is not read.
      if (cause === "restored" || isDue(store, entry)) want(store, entry);
    }
  }

  const kernel = {
    isServer: server,
    registerContext: (context: ContextDescriptor | string, params: object | null) =>
      params === null ? idleHandle : handleOf(store, entryFor(context, params)),
    fetchContext: (
      context: ContextDescriptor | string,
      params: object,
      { signal }: { readonly signal?: AbortSignal | undefined } = {},
    ) => fetchEntry(store, entryFor(context, params), signal),
    call(
      target: MutationDescriptor | string,
      input: unknown,
      own: Pick<CallOptions, "signal" | "timeout"> & { readonly optimistic?: object } = {},
    ) {
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
        if (changes || identity === store.identity) change(store, effects, sent, mutation.merge);
        release?.(succeeded ? effects : undefined);
      });
    },
    invalidate: (context: ContextDescriptor | string, params?: object) =>
      change(store, [{ context: typeof context === "string" ? context : context.name, params }], 0),
    merge: (item: MergeItem) => change(store, [item], tick(store)),
    reset() {
      changeIdentity(store);
      tabs?.post({ identity: true });
    },
    hydrate: (payload: unknown, { unseen }: { readonly unseen?: boolean } = {}) =>
      hydrate(store, payload, unseen),
    destroy() {
      store.alive = false;
      store.identity++;
      unwatch?.();
      tabs?.close();
      clearTimeout(store.timer);
      store.timer = undefined;
      for (const call of store.calls) endCall(call);
      for (const entry of allEntries(store)) abandon(store, entry);
      for (const each of [store.scopes, store.layers, store.idle, store.dirty, store.wanted])
        each.clear();
      settleWaiters(store, () => true);
    },
  };
  // The types of contexts and mutations exist for the compiler only.
  const typed = kernel as unknown as Kernel;
  stores.set(typed, store);
  return typed;
}
