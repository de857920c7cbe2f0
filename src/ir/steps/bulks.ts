import type { StepIdentity } from "./steps.js";

/** Some items that stand side by side. */
export interface Bulk<Item> {
  /** Known by the last of them. */
  readonly key: string;
  readonly parts: readonly { readonly item: Item; readonly identity: StepIdentity }[];
  /** Those of all parts, with their keys. */
  readonly inputs: readonly unknown[];
}

const mostParts = 64;

/**
 * The items in bulks. Where one ends is up to the key of its last item, so that a new item moves no other from its bulk into another.
 */
export function* bulksOf<Item>(
  items: Iterable<Item>,
  identify: (item: Item) => StepIdentity,
): Generator<Bulk<Item>> {
  let parts: { item: Item; identity: StepIdentity }[] = [];
  let inputs: unknown[] = [];
  for (const item of items) {
    const identity = identify(item);
    const { key } = identity;
    parts.push({ item, identity });
    inputs.push(key);
    for (const input of identity.inputs) inputs.push(input);
    if (!isLast(key) && parts.length < mostParts) continue;
    yield { key, parts, inputs };
    parts = [];
    inputs = [];
  }
  if (parts.length > 0) yield { key: "", parts, inputs };
}

/** One key of 32, spread evenly. */
function isLast(key: string): boolean {
  let hash = key.length;
  for (let index = Math.max(0, key.length - 12); index < key.length; index++) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  }
  return ((hash ^ (hash >>> 11)) & 31) === 0;
}
