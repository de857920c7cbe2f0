// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { readErrors } from "./bundle.js";
import { canonicalQuery } from "./canonical.js";
import type { ContextDescriptor } from "./descriptor.js";
import { readEffects } from "./effect.js";
import { invalidate } from "./apply.js";
import { isPayloadOf } from "./payload.js";
import { entryAt } from "./lifetime.js";
import { recall } from "./log.js";
import { settleWaiters } from "./reads.js";
import { isStale, receiveBundle, receiveInvalidation } from "./ordering.js";
import { errorOf } from "./problem.js";
import { isObject } from "./json.js";
import { now, type Store } from "./store.js";
import { touch, want } from "./touch.js";

/**
 * Takes a payload. Its entries are filled in once their contexts are known.
 *
 * @param unseen only what nobody observes, and no invalidations: nobody has to be told
 */
export function hydrate(store: Store, payload: unknown, unseen = false): void {
  if (!isPayloadOf(payload, store.contract.fingerprint)) return;
  const { epoch = store.epoch, entries } = payload;
  if (store.epoch !== undefined && epoch !== store.epoch) return;
  store.epoch = epoch;
  if (!unseen) {
    for (const item of readEffects(payload.invalidate)) invalidate(store, item, false, payload);
  }
  for (const item of entries) if (isObject(item)) store.unborn.push({ item, payload, unseen });
  for (const { context } of store.scopes.values()) absorb(store, context);
}

/** Fills in what waited for a context. */
export function absorb(store: Store, context: ContextDescriptor): void {
  for (const each of [...store.unborn]) {
    const { item } = each;
    if (item.context !== context.name) continue;
    store.unborn.splice(store.unborn.indexOf(each), 1);
    try {
      fill(store, context, each);
    } catch {
      // Params that cannot be read: nobody can ask for them either.
    }
  }
}

function fill(
  store: Store,
  context: ContextDescriptor,
  { item, payload, unseen }: Store["unborn"][number],
): void {
  const { params, data, rev, errors, error, age = 0 } = item;
  const entry = entryAt(store, context, canonicalQuery(params, context.params), params);
  if (unseen && entry.first) return;
  // Only revisions can tell that a payload is newer than what this page has read itself.
  if (entry.readAt !== undefined && !(rev !== undefined && rev > (entry.rev ?? Infinity))) return;
  if (isObject(data)) {
    const failed = readErrors(errors);
    receiveBundle(
      entry,
      { sent: 0, epoch: entry.epoch },
      { data, rev, errors: Object.keys(failed).length ? failed : undefined },
    );
    entry.readAt = now() - age;
  }
  if (error) {
    entry.error = errorOf(context.name, error);
    // Only what was known before is stale, as it was where it was rendered; an error is tried again in any case.
    if (entry.origin) receiveInvalidation(entry);
  }
  recall(store, entry, payload);
  (entry.first && isStale(entry) ? want : touch)(store, entry);
  if (entry.origin && !entry.error)
    settleWaiters(store, (waiter) => waiter.first && waiter.entry === entry);
  if (!entry.first) entry.hydrated = entry.state;
}
