// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { allEntries } from "./lifetime.js";
import { launch } from "./reads.js";
import { report, type Store } from "./store.js";
import { isShown, isUsed, refresh } from "./touch.js";

/** Sends what is wanted, and tells each observer once what changed. */
export function flush(store: Store): void {
  const { dirty, wanted, layers } = store;
  const round = ++store.round;
  const touched = [...dirty];
  const asked = [...wanted];
  dirty.clear();
  wanted.clear();
  store.scheduled = false;
  for (const entry of asked) if (isUsed(entry)) launch(store, entry);
  for (const layer of layers) {
    if (layer.settled && !allEntries(store).some((entry) => isShown(layer, entry)))
      layers.delete(layer);
  }
  // All snapshots first: an observer that reads other entries sees them as they are now.
  store.telling = true;
  for (const { first } of touched.filter((entry) => refresh(store, entry))) {
    // One that left meanwhile still knows its next; one that came meanwhile has seen the change.
    for (let each = first; each; each = each.next) {
      if (each.since === round) continue;
      try {
        each.listener?.();
      } catch (error) {
        report(store, error);
      }
    }
  }
  store.telling = false;
}
