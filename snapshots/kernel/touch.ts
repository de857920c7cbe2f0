// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { isSelected } from "./match.js";
import { fold, isStale, snapshot } from "./ordering.js";
import { now, report, type Entry, type Layer, type Store } from "./store.js";

/** Asks for a read. It leaves with the next flush, if somebody uses the entry by then. */
export function want(store: Store, entry: Entry): void {
  store.wanted.add(entry);
  touch(store, entry);
}

/** The entry may look different. Observers are told in a microtask, once. */
export function touch(store: Store, entry: Entry): void {
  // Nobody to be told: what is read is always current.
  if (!entry.first) refresh(store, entry);
  store.dirty.add(entry);
  schedule(store);
}

/** Flushes in a microtask; `queueMicrotask` costs much more in Node. */
export function schedule(store: Store): void {
  if (!store.scheduled) void Promise.resolve().then(store.flush);
  store.scheduled = true;
}

/** Brings the snapshot up to date. True when it changed. */
export function refresh(store: Store, entry: Entry): boolean {
  const data = fold(entry, layersOf(store, entry), (layer, error) => {
    store.layers.delete(layer);
    report(store, error);
  });
  const before = entry.state;
  // Age shows to observers, whose coming has it read anew: the first frame of a hydrated page is the server's, which had just read it.
  entry.state = snapshot(entry, data, !!entry.first && isAged(store, entry));
  return entry.state !== before;
}

/** Whether a layer shows in an entry. One whose call has succeeded does until the read under way has brought its outcome. */
export const isShown = ({ context, selections, settled }: Layer, entry: Entry): boolean =>
  context === entry.context.name &&
  (!settled || !!entry.flight) &&
  selections.some((selection) => isSelected(entry, selection));

export const layersOf = ({ layers }: Store, entry: Entry): readonly Layer[] =>
  layers.size ? [...layers].filter((layer) => isShown(layer, entry)) : none;

const none: readonly Layer[] = [];

const isAged = ({ options }: Store, { readAt }: Entry): boolean =>
  readAt !== undefined && now() - readAt > (options.staleTime ?? 60_000);

/** Whether nothing is known yet, or what is known is stale, old or an error. */
export const isDue = (store: Store, entry: Entry): boolean =>
  !entry.origin || !!entry.error || isStale(entry) || isAged(store, entry);

/** Whether somebody subscribed, or a promise needs it. */
export const isUsed = ({ users }: Entry): boolean => users > 0;
