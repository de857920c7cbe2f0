/** One value to be written into one slot (protocol sections 3.4 and 4). */
export interface MergeItem {
  readonly context: string;
  readonly slot: string;
  readonly value: unknown;
  /** Which entries: those whose params equal these; absent for all of the context. */
  readonly params?: object | string | undefined;
  /** `replace` unless said otherwise. The other modes need `apply`. */
  readonly mode?: "replace" | "patch" | "update" | "upsert" | "remove" | undefined;
  /** Members that identify an item of a list; `["id"]` unless said otherwise. */
  readonly key?: readonly string[] | undefined;
  /** Where `upsert` puts an item that is not there yet. */
  readonly at?: "start" | "end" | undefined;
  readonly rev?: number | undefined;
  /** Carries out the modes beyond `replace`: `mergeParts`. Without it the slot is read anew. */
  readonly apply?: MergeSlot | undefined;
}

/** Gives a slot's next value, or {@link unmergeable}. `slot` is not changed; items that stay keep their reference. */
export type MergeSlot = (slot: unknown, item: MergeItem) => unknown;

/** What a merge gives when it cannot be applied: the slot must be read from the server. */
export const unmergeable: unique symbol = Symbol("unmergeable");

/** The slot's next value, or {@link unmergeable}. `slot` is not changed; items that stay keep their reference. */
export function mergeSlot(slot: unknown, item: MergeItem): unknown {
  const { value, mode = "replace", apply } = item;
  if (mode !== "replace") return apply ? apply(slot, item) : unmergeable;
  return slot === null || value === null || kind(slot) === kind(value) ? value : unmergeable;
}

const kind = (value: unknown): string => (Array.isArray(value) ? "list" : typeof value);
