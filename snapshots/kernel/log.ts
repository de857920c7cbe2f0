// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { outline, type InvalidateItem } from "./effect.js";
import type { Dehydrated } from "./payload.js";
import { isSelected, selectionOf } from "./match.js";
import { receiveInvalidation } from "./ordering.js";
import type { Entry, Store } from "./store.js";

const LIMIT = 100;

/** Keeps what was invalidated for entries that are made or hydrated later. Of too many, only that there were some. */
export function remember({ log }: Store, item: InvalidateItem, payload?: Dehydrated): void {
  log.push({ item: outline(item), payload });
  if (log.length > LIMIT) log.splice(0, LIMIT, { item: { context: "*" }, payload: undefined });
}

/**
 * Lets a new entry know what was invalidated before it. A read that is still to be sent brings all that has no revision, so only data
 * that came with a payload is concerned by it, unless it came with the same payload.
 */
export function recall({ log }: Store, entry: Entry, hydrating?: Dehydrated): void {
  const { context } = entry;
  for (const { item, payload } of log) {
    const concerned = item.rev !== undefined || (hydrating && hydrating !== payload);
    if (!concerned || (item.context !== context.name && item.context !== "*")) continue;
    const selection = selectionOf(context, item.params);
    if (!selection || isSelected(entry, selection)) receiveInvalidation(entry, item.rev);
  }
}
