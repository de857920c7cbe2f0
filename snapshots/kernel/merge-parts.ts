// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { isObject } from "./json.js";
import { unmergeable, type MergeItem } from "./merge.js";

/** The modes of a merge that change a part of a slot (protocol 4): an item of a list or of a page, or members of an object. */
export function mergeParts(slot: unknown, item: MergeItem): unknown {
  const { value, mode } = item;
  if (!isObject(value)) return unmergeable;
  if (Array.isArray(slot)) return mergeList(slot, item, value);
  if (!isObject(slot)) return unmergeable;
  if (mode === "patch") return patch(slot, value, 0);
  // A page of a list.
  const items = Array.isArray(slot["items"]) ? mergeList(slot["items"], item, value) : unmergeable;
  return items === unmergeable ? items : { ...slot, items };
}

function mergeList(list: readonly unknown[], item: MergeItem, value: object): unknown {
  const { mode, key = ["id"], at } = item;
  // As texts: a key that was written as a number may come back as one.
  const identity = (member: object): string =>
    JSON.stringify(key.map((name) => String(member[name as keyof typeof member])));
  const wanted = identity(value);
  const place = list.findIndex((member) => isObject(member) && identity(member) === wanted);
  if (mode === "remove") return place < 0 ? list : list.filter((_, index) => index !== place);
  if (mode !== "update" && mode !== "upsert") return unmergeable;
  if (place >= 0) return list.map((member, index) => (index === place ? value : member));
  if (mode === "update" || !at) return unmergeable;
  return at === "start" ? [value, ...list] : [...list, value];
}

/** RFC 7396, without the names that reach a prototype. */
function patch(target: unknown, change: object, depth: number): unknown {
  const next: Record<string, unknown> = { ...(isObject(target) && target) };
  for (const [name, value] of Object.entries(change) as [string, unknown][]) {
    if (/^(__proto__|constructor|prototype)$/.test(name)) continue;
    if (value === null) delete next[name];
    else next[name] = isObject(value) && depth < 64 ? patch(next[name], value, depth + 1) : value;
  }
  return next;
}
