// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { readErrors } from "./bundle.js";
import { canonicalQuery } from "./canonical.js";
import type { ContextDescriptor } from "./descriptor.js";
import { readEffects } from "./effect.js";
import { invalidate } from "./apply.js";
import { isPayloadOf, type Dehydrated, type DehydratedEntry } from "./payload.js";
import { entryAt } from "./lifetime.js";
import { recall } from "./log.js";
import { receiveBundle, receiveInvalidation } from "./ordering.js";
import { errorOf } from "./problem.js";
import { isObject } from "./json.js";
import { now, type Store } from "./store.js";
import { touch } from "./touch.js";

/** Takes a payload. Its entries are filled in once their contexts are known. */
export function hydrate(store: Store, payload: unknown): void {
  if (!isPayloadOf(payload, store.contract.fingerprint)) return;
  const { epoch = store.epoch, entries } = payload;
  if (store.epoch !== undefined && epoch !== store.epoch) return;
  store.epoch = epoch;
  for (const item of readEffects(payload.invalidate)) invalidate(store, item, false, payload);
  for (const item of entries) if (isObject(item)) store.unborn.push({ item, payload });
  for (const { context } of store.scopes.values()) absorb(store, context);
}

/** Fills in what waited for a context. */
export function absorb(store: Store, context: ContextDescriptor): void {
  for (const each of [...store.unborn]) {
    const { item, payload } = each;
    if (item.context !== context.name) continue;
    store.unborn.splice(store.unborn.indexOf(each), 1);
    try {
      fill(store, context, item, payload);
    } catch {
      // Params that cannot be read: nobody can ask for them either.
    }
  }
}

function fill(
  store: Store,
  context: ContextDescriptor,
  item: DehydratedEntry,
  payload: Dehydrated,
): void {
  const { params, data, rev, errors, error, age = 0 } = item;
  const entry = entryAt(store, context, canonicalQuery(params, context.params), params);
  // Only revisions can tell that a payload is newer than what this page has read itself.
  if (entry.readAt !== undefined && !(rev !== undefined && rev > (entry.rev ?? Infinity))) return;
  if (isObject(data)) {
    const failed = readErrors(errors);
    receiveBundle(
      entry,
      { sent: 0, epoch: entry.fresh },
      { data, rev, errors: Object.keys(failed).length ? failed : undefined },
    );
    entry.readAt = now() - age;
  }
  if (error) {
    entry.error = errorOf(context.name, error);
    receiveInvalidation(entry);
  }
  recall(store, entry, payload);
  touch(store, entry);
  if (!entry.first) entry.hydrated = entry.state;
}
