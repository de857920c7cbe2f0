import type { Inputs } from "./steps.js";

/** Some items that stand side by side. */
export interface Bulk<Item> {
  /** That of the last of them. */
  readonly key: string;
  readonly parts: readonly Item[];
  /** Those of all parts, with their keys. */
  readonly inputs: readonly unknown[];
}

const mostParts = 64;

/**
 * The items in bulks. Where one ends is up to the key of its last item, so that a new item moves no other from its bulk into another.
 */
export function* bulksOf<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string,
  inputsOf: Inputs<Item>,
): Generator<Bulk<Item>> {
  let parts: Item[] = [];
  let inputs: unknown[] = [];
  const add = (input: unknown): void => {
    inputs.push(input);
  };
  for (const item of items) {
    const key = keyOf(item);
    parts.push(item);
    inputs.push(key);
    inputsOf(item, add);
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
