// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { handleOf } from "./handle.js";
import { allEntries } from "./lifetime.js";
import type { EntryInspection, Inspection, Kernel } from "./mizan.js";
import { storeOf, type Entry } from "./store.js";

/** What there is, for devtools and tests. */
export function inspect(kernel: Kernel): Inspection {
  const store = storeOf(kernel);
  const known = allEntries(store);
  const entries = known.map((entry): EntryInspection => ({
    key: handleOf(store, entry).key,
    context: entry.context.name,
    params: entry.params,
    state: entry.state,
    observers: observersOf(entry),
    rev: entry.rev,
  }));
  return {
    entries,
    flights: known.filter(({ flight }) => flight).length,
    observers: entries.reduce((sum, { observers }) => sum + observers, 0),
    layers: store.layers.size,
    timers: store.timer === undefined ? 0 : 1,
  };
}

function observersOf({ first }: Entry): number {
  let count = 0;
  for (let each = first; each; each = each.next) count++;
  return count;
}
