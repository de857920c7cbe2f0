import type { BundleAnswer } from "./bundle.js";
import type { AppliedMerge, Bundle, Entry, Flight, Layer } from "./entry.js";
import { mergeSlot, unmergeable } from "./merge.js";
import { share } from "./share.js";
import { idleState, type ContextState } from "./state.js";

/**
 * Whether the origin is known to be older than the server's data. With revisions the numbers decide (protocol C1, C3); an invalidation
 * without one needs a read that was sent after it (R3).
 */
export function isStale(entry: Entry): boolean {
  const { fresh, blind, epoch, rev, staleAfter, slotErrors } = entry;
  return fresh < blind || (rev === undefined ? fresh < epoch : rev < staleAfter) || !!slotErrors;
}

/** A slot that has no value and must have one. */
export function missingSlot({ origin = {}, context }: Entry): string | undefined {
  const { slots, optional } = context;
  return slots.find((slot) => !Object.hasOwn(origin, slot) && !optional?.includes(slot));
}

/** Takes an answer as the new origin, with what is newer than it laid over (C1, R2). */
export function receiveBundle(
  entry: Entry,
  flight: Pick<Flight, "sent" | "epoch">,
  answer: BundleAnswer,
): void {
  const { data, rev } = answer;
  if (rev !== undefined && entry.rev !== undefined && rev < entry.rev) return;
  if (data) {
    const origin: Record<string, unknown> = { ...data };
    for (const slot of Object.keys(entry.origin ?? {})) {
      if (Object.hasOwn(data, slot)) origin[slot] = share(entry.origin?.[slot], data[slot]);
      else if (answer.errors?.[slot]) origin[slot] = entry.origin?.[slot];
    }
    entry.origin = origin;
    entry.slotErrors = answer.errors;
  }
  const missing = missingSlot(entry);
  entry.error = missing === undefined ? undefined : entry.slotErrors?.[missing];
  entry.rev = rev;
  entry.sent = flight.sent;
  entry.fresh = flight.epoch;

  entry.merges = entry.merges.filter((merge) =>
    rev !== undefined && merge.rev !== undefined ? merge.rev > rev : merge.applied > flight.sent,
  );
  let base = entry.origin ?? {};
  for (const merge of entry.merges) {
    const { slot } = merge;
    const value = Object.hasOwn(base, slot) ? mergeSlot(base[slot], merge) : unmergeable;
    const ordered = rev !== undefined && merge.rev !== undefined;
    if (value === unmergeable) receiveInvalidation(entry, merge.rev);
    // Without revisions nobody can tell which of two different values is the newer one: ask once more.
    else if (!ordered && share(base[slot], value) !== base[slot]) receiveInvalidation(entry);
    if (value !== unmergeable) base = { ...base, [slot]: value };
  }
}

/** Writes a merge into a loaded entry, or holds it for the answer that is under way (C2, R2, R5). False: it must be read anew. */
export function receiveMerge(entry: Entry, merge: AppliedMerge): boolean {
  const { slot, rev, sent } = merge;
  if (rev !== undefined && entry.rev !== undefined && rev < entry.rev) return true;
  const base = fold(entry, []);
  const possible = base
    ? !entry.slotErrors?.[slot] &&
      Object.hasOwn(base, slot) &&
      mergeSlot(base[slot], merge) !== unmergeable
    : entry.flight;
  if (!possible) {
    receiveInvalidation(entry, rev);
    return false;
  }
  const others = entry.merges.filter((other) => other.slot === slot);
  const later = others.some((other) => isAfter(other, merge));
  const kept = entry.merges.filter(
    (other) => later || other.slot !== slot || (merge.mode ?? "replace") !== "replace",
  );
  entry.merges = [
    ...kept.filter((other) => !isAfter(other, merge)),
    merge,
    ...kept.filter((other) => isAfter(other, merge)),
  ];
  if (rev !== undefined && entry.rev !== undefined) return true;
  // Under way at the same time: nobody knows in which order the server carried them out.
  const overlaps = others.some((other) => other.sent !== sent && other.applied > sent);
  if (!overlaps && sent > entry.sent) return true;
  receiveInvalidation(entry);
  return false;
}

/** Whether `a` is of a later mutation: by revision, else by the order in which they were sent. */
function isAfter(a: AppliedMerge, b: AppliedMerge): boolean {
  return a.rev !== undefined && b.rev !== undefined ? a.rev > b.rev : a.sent > b.sent;
}

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
  entry: Entry,
  layers: Iterable<Layer>,
  failed?: (layer: Layer, error: unknown) => void,
): Bundle | undefined {
  let data = entry.origin;
  const write = (slot: string, next: (current: unknown) => unknown): void => {
    if (!data || !Object.hasOwn(data, slot)) return;
    const value = next(data[slot]);
    if (value !== unmergeable) data = { ...data, [slot]: value };
  };
  for (const merge of entry.merges) write(merge.slot, (current) => mergeSlot(current, merge));
  for (const layer of layers) {
    try {
      write(layer.slot, layer.apply);
    } catch (error) {
      failed?.(layer, error);
    }
  }
  return data;
}

/** The entry's snapshot: the present one when nothing in it differs. `data` is what {@link fold} gave. */
export function snapshot(
  entry: Entry,
  folded: Bundle | undefined,
  aged: boolean,
): ContextState<object> {
  const { state, error, flight, slotErrors = idleState.slotErrors, updatedAt } = entry;
  const data = share(state.data, folded) as object | undefined;
  const status = error ? "error" : data ? "success" : "loading";
  const next = {
    status,
    data,
    error,
    isFetching: !!flight || status === "loading",
    isStale: aged || isStale(entry),
    slotErrors,
    updatedAt,
  } as ContextState<object>;
  const names = Object.keys(next) as (keyof typeof next)[];
  return names.every((name) => next[name] === state[name]) ? state : next;
}
