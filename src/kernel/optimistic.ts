import type { MutationDescriptor } from "./descriptor.js";
import type { Effect } from "./effect.js";
import { contextOf } from "./lifetime.js";
import { selectEntries, selectionOf } from "./match.js";
import { isStale } from "./ordering.js";
import type { Entry, Layer, Store } from "./store.js";
import { targetParams } from "./targets.js";
import { isUsed, touch } from "./touch.js";

/** Takes layers away. After a success it is given the effects. */
export type Release = (effects?: readonly Effect[]) => void;

type Change = (current: unknown, input: unknown) => unknown;
type Changes = Readonly<Record<string, Readonly<Record<string, Change | undefined>> | undefined>>;

/**
 * Lays functions over slots, by context and slot: where the call is declared to merge the slot, else where it is declared to change the
 * context at all.
 */
export function showOutcome(
  store: Store,
  { targets = [] }: MutationDescriptor,
  input: unknown,
  optimistic: object,
): Release {
  const layers: Layer[] = [];
  for (const [context, changes = {}] of Object.entries(optimistic as Changes)) {
    for (const [slot, change] of Object.entries(changes)) {
      const merged = targets.some((target) => target.context === context && target.slot === slot);
      const selections = targets.flatMap((target) => {
        const isMeant = target.context === context && target.slot === (merged ? slot : undefined);
        const bound = isMeant && targetParams(target.params, input);
        // Without all of the params it would show where it does not belong.
        return (bound && selectionOf(contextOf(store, context), bound)) || [];
      });
      if (!change) continue;
      const apply = (current: unknown): unknown => change(current, input);
      layers.push({ context, slot, selections, apply, settled: false });
    }
  }
  const entriesOf = ({ context, selections }: Layer): Entry[] => {
    const scope = store.scopes.get(context);
    return scope ? selections.flatMap((selection) => selectEntries(scope, selection)) : [];
  };
  for (const layer of layers) {
    store.layers.add(layer);
    for (const entry of entriesOf(layer)) touch(store, entry);
  }
  return (effects) => {
    for (const layer of layers) {
      const entries = entriesOf(layer);
      // Not merged but invalidated: shown until the read brings it, or the old value would flash up.
      layer.settled =
        !!effects &&
        !effects.some(
          (item) => "slot" in item && item.slot === layer.slot && item.context === layer.context,
        ) &&
        entries.some((entry) => isUsed(entry) && isStale(entry));
      if (!layer.settled) store.layers.delete(layer);
      for (const entry of entries) touch(store, entry);
    }
  };
}
