// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { paramText } from "./canonical.js";
import { isObject } from "./json.js";

/** One value to be written into one slot (protocol sections 3.4 and 4). */
export interface MergeItem {
  readonly context: string;
  readonly slot: string;
  readonly value: unknown;
  /** Which entries: those whose params equal these; absent for all of the context. */
  readonly params?: object | string | undefined;
  /** `replace` unless said otherwise. */
  readonly mode?: "replace" | "patch" | "update" | "upsert" | "remove" | undefined;
  /** Members that identify an item of a list; `["id"]` unless said otherwise. */
  readonly key?: readonly string[] | undefined;
  /** Where `upsert` puts an item that is not there yet. */
  readonly at?: "start" | "end" | undefined;
  readonly rev?: number | undefined;
}

/** What a merge gives when it cannot be applied: the slot must be read from the server. */
export const unmergeable: unique symbol = Symbol("unmergeable");

/** The slot's next value, or {@link unmergeable}. `slot` is not changed; items that stay keep their reference. */
export function mergeSlot(slot: unknown, item: MergeItem): unknown {
  const { value, mode = "replace" } = item;
  if (mode === "replace") {
    return slot === null || value === null || kind(slot) === kind(value) ? value : unmergeable;
  }
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
  const identity = (member: object): string =>
    key.map((name) => paramText(name, member[name as keyof typeof member], {})).join("&");
  const wanted = identity(value);
  const place = list.findIndex((member) => isObject(member) && identity(member) === wanted);
  if (mode === "remove") return place < 0 ? list : list.filter((_, index) => index !== place);
  if (mode !== "update" && mode !== "upsert") return unmergeable;
  if (place >= 0) return list.map((member, index) => (index === place ? value : member));
  if (mode === "update" || !at) return unmergeable;
  return at === "start" ? [value, ...list] : [...list, value];
}

const kind = (value: unknown): string => (Array.isArray(value) ? "list" : typeof value);

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
