// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { isObject } from "./json.js";

/**
 * `next`, with every part that equals the same part of `previous` replaced by it, and `previous` itself when all is equal: readers that
 * compare by reference see exactly what changed. `next` is written to, so it must be ours (just parsed) or is left as it is (frozen).
 * Below 64 levels parts count as changed.
 */
export function share(previous: unknown, next: unknown, depth = 0): unknown {
  if (Object.is(previous, next)) return previous;
  const lists = Array.isArray(next) && Array.isArray(previous);
  if (depth > 64 || !(lists || (isObject(previous) && isObject(next)))) return next;
  const before = previous as Record<string, unknown>;
  const after = next as Record<string, unknown>;
  const names = Object.keys(after);
  let equal = names.length === Object.keys(before).length;
  for (const name of names) {
    if (!Object.hasOwn(before, name)) {
      equal = false;
      continue;
    }
    const shared = share(before[name], after[name], depth + 1);
    if (!Object.is(shared, before[name])) equal = false;
    else if (shared !== after[name] && !Object.isFrozen(after)) after[name] = shared;
  }
  return equal ? previous : next;
}
