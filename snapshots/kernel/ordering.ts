// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import type { BundleAnswer } from "./bundle.js";
import { mergeSlot, unmergeable } from "./merge.js";
import { share } from "./share.js";
import { idleState, type ContextState } from "./state.js";
import type { AppliedMerge, Bundle, Entry, Flight, Layer } from "./store.js";

/**
 * Whether the origin is known to be older than the server's data. With revisions the numbers decide (protocol C1, C3); an invalidation
 * without one needs a read that was sent after it (R3).
 */
export const isStale = ({ fresh, blind, epoch, rev, staleAfter, slotErrors }: Entry): boolean =>
  fresh < blind || (rev === undefined ? fresh < epoch : rev < staleAfter) || !!slotErrors;

/** A slot that has no value and must have one. */
export const missingSlot = ({ origin = {}, context }: Entry): string | undefined =>
  context.slots.find((slot) => !Object.hasOwn(origin, slot) && !context.optional?.includes(slot));

/** Takes an answer as the new origin, with what is newer than it laid over (C1, R2). False: it is older than what is known. */
export function receiveBundle(
  entry: Entry,
  { sent, epoch }: Pick<Flight, "sent" | "epoch">,
  { data, rev, errors }: BundleAnswer,
): boolean {
  const older = isOlder(rev, entry.rev);
  if (data && !older) {
    const { origin = {} } = entry;
    const next: Record<string, unknown> = { ...data };
    for (const slot of Object.keys(origin)) {
      if (!Object.hasOwn(data, slot) && errors?.[slot]) next[slot] = origin[slot];
    }
    entry.origin = next;
    entry.slotErrors = errors;
  }
  const missing = missingSlot(entry);
  entry.error = missing === undefined ? undefined : entry.slotErrors?.[missing];
  if (older) return false;
  entry.rev = rev;
  entry.sent = sent;
  entry.fresh = epoch;

  const isOrdered = (merge: AppliedMerge): boolean => rev !== undefined && merge.rev !== undefined;
  if (!entry.merges.length) return true;
  entry.merges = entry.merges.filter((merge) =>
    isOrdered(merge) ? isOlder(rev, merge.rev) : merge.applied > sent,
  );
  let base = entry.origin ?? {};
  for (const merge of entry.merges) {
    const { slot } = merge;
    const value = Object.hasOwn(base, slot) ? mergeSlot(base[slot], merge) : unmergeable;
    if (value === unmergeable) receiveInvalidation(entry, merge.rev);
    else {
      // Without revisions nobody can tell which of two different values is the newer one: ask once more.
      if (!isOrdered(merge) && share(base[slot], value) !== base[slot]) receiveInvalidation(entry);
      base = { ...base, [slot]: value };
    }
  }
  return true;
}

/** Writes a merge into a loaded entry, or holds it for the answer that is under way (C2, R2, R5). True: it must be read anew. */
export function receiveMerge(entry: Entry, merge: AppliedMerge): boolean {
  const { slot, rev, sent, mode = "replace" } = merge;
  if (isOlder(rev, entry.rev)) return false;
  const base = fold(entry, []);
  const possible = base
    ? !entry.slotErrors?.[slot] &&
      Object.hasOwn(base, slot) &&
      mergeSlot(base[slot], merge) !== unmergeable
    : entry.flight;
  if (!possible) return receiveInvalidation(entry, rev);
  const others = entry.merges.filter((other) => other.slot === slot);
  const kept = entry.merges.filter(
    (other) =>
      other.slot !== slot || mode !== "replace" || others.some((each) => isAfter(each, merge)),
  );
  const place = kept.findIndex((other) => isAfter(other, merge));
  if (place < 0) kept.push(merge);
  else kept.splice(place, 0, merge);
  entry.merges = kept;
  if (rev !== undefined && entry.rev !== undefined) return false;
  // Under way at the same time: nobody knows in which order the server carried them out.
  const overlaps = others.some((other) => other.sent !== sent && other.applied > sent);
  return (overlaps || sent < entry.sent) && receiveInvalidation(entry);
}

/** Whether one revision is known to be older than another. */
const isOlder = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && a < b;

/** Whether `a` is of a later call: by revision, else by the order in which they were sent. */
const isAfter = (a: AppliedMerge, b: AppliedMerge): boolean =>
  a.rev === undefined || b.rev === undefined ? a.sent > b.sent : a.rev > b.rev;

/** True when the entry is now to be read anew. */
export function receiveInvalidation(entry: Entry, rev?: number): boolean {
  if (rev !== undefined && entry.rev !== undefined && rev <= entry.rev) return false;
  entry.epoch++;
  if (rev === undefined) entry.blind = entry.epoch;
  else entry.staleAfter = Math.max(entry.staleAfter, rev);
  return true;
}

/** The origin with the merges and then the layers laid over it, in their order (R6). A layer that throws is left out and told of. */
export function fold(
  { origin, merges }: Entry,
  layers: readonly Layer[],
  failed?: (layer: Layer, error: unknown) => void,
): Bundle | undefined {
  let data = origin;
  // Mostly nothing is laid over it.
  if (!merges.length && !layers.length) return data;
  const write = (slot: string, next: (current: unknown) => unknown): void => {
    if (!data || !Object.hasOwn(data, slot)) return;
    const value = next(data[slot]);
    if (value !== unmergeable) data = { ...data, [slot]: value };
  };
  for (const merge of merges) write(merge.slot, (current) => mergeSlot(current, merge));
  for (const layer of layers) {
    try {
      write(layer.slot, layer.apply);
    } catch (error) {
      failed?.(layer, error);
    }
  }
  return data;
}

/** The entry's snapshot: the present one when nothing in it differs. `folded` is what {@link fold} gave. */
export function snapshot(
  entry: Entry,
  folded: Bundle | undefined,
  aged: boolean,
): ContextState<object> {
  const { state, error, flight, slotErrors = idleState.slotErrors, readAt } = entry;
  const data = share(state.data, folded) as object | undefined;
  const status = error ? "error" : data ? "success" : "loading";
  const next = {
    status,
    data,
    error,
    isFetching: !!flight || status === "loading",
    isStale: aged || isStale(entry),
    slotErrors,
    updatedAt: readAt === undefined ? undefined : Math.round(performance.timeOrigin) + readAt,
  } as ContextState<object>;
  for (const name in next) {
    if (next[name as keyof typeof next] !== state[name as keyof typeof next]) return next;
  }
  return state;
}
