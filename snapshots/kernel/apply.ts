// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { outline, type Effect, type InvalidateItem } from "./effect.js";
import type { Dehydrated } from "./payload.js";
import { allEntries, remove } from "./lifetime.js";
import { remember } from "./log.js";
import { selectEntries, selectionOf } from "./match.js";
import type { MergeSlot } from "./merge.js";
import { receiveInvalidation, receiveMerge } from "./ordering.js";
import { abandon } from "./reads.js";
import { resetEntry, tick, type Store } from "./store.js";
import { isUsed, schedule, touch, want } from "./touch.js";

/**
 * Applies effects: merges where the params leave no doubt, else invalidations.
 *
 * @param sent local number of the call that they are the answer to
 * @param merge what carries out the modes of merges beyond `replace`, where the effect does not say so itself
 */
function applyEffects(
  store: Store,
  effects: readonly Effect[],
  sent: number,
  merge?: MergeSlot,
): void {
  for (const effect of effects) {
    const scope = store.scopes.get(effect.context);
    const selection = scope && "slot" in effect && selectionOf(scope.context, effect.params);
    if (!selection) {
      invalidate(store, effect);
      continue;
    }
    remember(store, effect);
    // Of an answer it is whatever the server wrote.
    const apply = merge ?? effect.apply;
    for (const entry of selectEntries(scope, selection)) {
      const again = receiveMerge(entry, { ...effect, apply, sent, applied: tick(store) });
      (again ? want : touch)(store, entry);
    }
  }
}

/** What this tab changes, here and in the others. */
export function change(
  store: Store,
  effects: readonly Effect[],
  sent: number,
  merge?: MergeSlot,
): void {
  applyEffects(store, effects, sent, merge);
  store.outbox.push(...effects.map(outline));
  schedule(store);
}

/** @param later to be read when somebody looks, not now */
export function invalidate(
  store: Store,
  item: InvalidateItem,
  later?: boolean,
  payload?: Dehydrated,
): void {
  const { context, params, rev } = item;
  remember(store, item, payload);
  for (const scope of store.scopes.values()) {
    if (context !== scope.context.name && context !== "*") continue;
    for (const entry of selectEntries(scope, selectionOf(scope.context, params))) {
      if (receiveInvalidation(entry, rev)) (later ? touch : want)(store, entry);
    }
  }
}

/** Everything private is dropped; answers to what was sent before are not looked at. */
export function changeIdentity(store: Store): void {
  store.identity++;
  store.epoch = store.session = undefined;
  store.unborn.length = 0;
  store.layers.clear();
  store.emit?.({ type: "identity" });
  for (const entry of allEntries(store)) {
    if (entry.context.scope !== "public") {
      abandon(store, entry);
      if (!isUsed(entry)) {
        remove(store, entry);
        continue;
      }
      resetEntry(entry);
      store.wanted.add(entry);
    }
    touch(store, entry);
  }
}
