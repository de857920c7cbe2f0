// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { handleOf } from "./handle.js";
import { allEntries } from "./lifetime.js";
import type { Inspection, Kernel } from "./mizan.js";
import { storeOf } from "./store.js";

/** What there is, for devtools and tests. */
export function inspect(kernel: Kernel): Inspection {
  const store = storeOf(kernel);
  const entries = allEntries(store);
  return {
    entries: entries.map((entry) => ({
      key: handleOf(store, entry).key,
      context: entry.context.name,
      params: entry.params,
      state: entry.state,
      observers: entry.observers,
      rev: entry.rev,
    })),
    flights: entries.filter(({ flight }) => flight).length,
    observers: entries.reduce((sum, { observers }) => sum + observers, 0),
    layers: store.layers.size,
    timers: store.timer === undefined ? 0 : 1,
  };
}
