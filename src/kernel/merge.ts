import { paramText } from "./canonical.js";
import { isObject } from "./share.js";

/** One value to be written into one slot (protocol sections 3.4 and 4). */
export interface MergeItem {
  readonly context: string;
  readonly slot: string;
  readonly value: unknown;
  /** Which entries: those whose params equal these; absent for all of the context. */
  readonly params?: object | undefined;
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
    const alike = slot === null || value === null || kind(slot) === kind(value);
    return alike ? value : unmergeable;
  }
  if (!isObject(value)) return unmergeable;
  if (mode === "patch") return isObject(slot) ? patch(slot, value, 0) : unmergeable;
  if (Array.isArray(slot)) return mergeList(slot, item, value);
  if (!isObject(slot) || !Array.isArray(slot["items"])) return unmergeable;
  const items = mergeList(slot["items"], item, value);
  return items === unmergeable ? items : { ...slot, items };
}

function mergeList(list: readonly unknown[], item: MergeItem, value: object): unknown {
  const { mode, key = ["id"] } = item;
  const wanted = identity(value, key);
  const place = list.findIndex((member) => isObject(member) && identity(member, key) === wanted);
  if (mode === "remove") return place < 0 ? list : list.filter((_, index) => index !== place);
  if (place >= 0) return list.map((member, index) => (index === place ? value : member));
  if (mode !== "upsert" || !item.at) return unmergeable;
  return item.at === "start" ? [value, ...list] : [...list, value];
}

const kind = (value: unknown): string => (Array.isArray(value) ? "list" : typeof value);

const identity = (member: object, key: readonly string[]): string =>
  key.map((name) => paramText(name, member[name as keyof typeof member], {})).join("&");

/** RFC 7396, without the names that reach a prototype. */
function patch(target: unknown, change: Record<string, unknown>, depth: number): unknown {
  const next: Record<string, unknown> = { ...(isObject(target) ? target : {}) };
  for (const [name, value] of Object.entries(change)) {
    if (/^(__proto__|constructor|prototype)$/.test(name)) continue;
    if (value === null) delete next[name];
    else next[name] = isObject(value) && depth < 64 ? patch(next[name], value, depth + 1) : value;
  }
  return next;
}

/** The well-formed items of a list that came from outside. */
export function mergeItems(list: unknown): MergeItem[] {
  return (Array.isArray(list) ? list : []).filter(
    (item: unknown): item is MergeItem =>
      isObject(item) &&
      typeof item["context"] === "string" &&
      typeof item["slot"] === "string" &&
      Object.hasOwn(item, "value"),
  );
}
