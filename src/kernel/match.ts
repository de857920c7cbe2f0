import { canonicalQuery, paramText } from "./canonical.js";
import type { ContextDescriptor } from "./descriptor.js";
import type { Entry } from "./entry.js";

/** The entries of one context. */
export interface Scope {
  readonly context: ContextDescriptor;
  /** By canonical query. An entry whose server filled in defaults stands under both queries. */
  readonly entries: Map<string, Entry>;
  /** Some entry stands under two queries, so that one lookup does not find all that match. */
  aliased: boolean;
}

/** The text of each given param, empty for one that is given as absent. */
export type Selection = ReadonlyMap<string, string>;

/**
 * Which entries are meant by params that came with an invalidation or a merge: values by name, or their canonical query. Params that
 * the context does not know are left out. Undefined when the values cannot be read.
 */
export function selectionOf(
  context: ContextDescriptor,
  params: object | string = {},
): Selection | undefined {
  const texts = new Map<string, string>();
  const add = (name: string, text: string): void => {
    if (Object.hasOwn(context.params, name) || !context.slots.length) {
      texts.set(name, [texts.get(name), text].filter(Boolean).join("&"));
    }
  };
  try {
    if (typeof params === "string") {
      for (const part of params.split("&")) if (part) add(part.replace(/=.*/s, ""), part);
    } else {
      for (const [name, value] of Object.entries(params)) {
        if (value !== undefined) add(name, paramText(name, value, context.params));
      }
    }
  } catch {
    return undefined;
  }
  return texts;
}

/** Whether an entry's params equal all of the given ones (protocol 3.10, subset match). */
export function isSelected({ resolved }: Entry, selection: Selection): boolean {
  for (const [name, text] of selection) {
    const own = resolved.split("&").filter((part) => part.startsWith(`${name}=`));
    if (own.join("&") !== text) return false;
  }
  return true;
}

/** The entries that are meant; all of the context when that cannot be told. One lookup when all params are given. */
export function selectEntries(scope: Scope, selection: Selection | undefined): Iterable<Entry> {
  const { context, entries, aliased } = scope;
  const names = Object.keys(context.params);
  if (selection && names.length && !aliased && names.every((name) => selection.has(name))) {
    const query = names
      .sort()
      .map((name) => selection.get(name))
      .filter(Boolean)
      .join("&");
    const entry = entries.get(query);
    return entry ? [entry] : [];
  }
  const all = [...new Set(entries.values())];
  return selection ? all.filter((entry) => isSelected(entry, selection)) : all;
}

/** The canonical query of the params that a server answered with, as far as the context knows them; undefined when they cannot be read. */
export function resolvedQuery(context: ContextDescriptor, params: object): string | undefined {
  const known = Object.entries(params).filter(([name]) => Object.hasOwn(context.params, name));
  try {
    return canonicalQuery(Object.fromEntries(known), context.params);
  } catch {
    return undefined;
  }
}
