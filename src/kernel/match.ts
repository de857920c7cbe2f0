import { paramText } from "./canonical.js";
import type { ContextDescriptor } from "./descriptor.js";
import { isObject } from "./json.js";
import type { Entry, Scope } from "./store.js";

/** The text of each given param, empty for one that is given as absent. */
export type Selection = ReadonlyMap<string, string>;

/**
 * Which entries are meant by params that came with an effect: values by name, or their canonical query. Params that the context does
 * not know are left out. Undefined when the values cannot be read.
 */
export function selectionOf(
  context: ContextDescriptor,
  params: unknown = {},
): Selection | undefined {
  const texts = new Map<string, string>();
  const add = (name: string, text: string): void => {
    if (Object.hasOwn(context.params, name) || !context.slots.length) {
      texts.set(name, [texts.get(name), text].filter(Boolean).join("&"));
    }
  };
  try {
    if (typeof params === "string") {
      for (const part of params.split("&")) if (part) add(part.split("=", 1).join(), part);
    } else if (typeof params === "object") {
      for (const [name, value] of Object.entries(params ?? {}) as [string, unknown][]) {
        if (value !== undefined) add(name, paramText(name, value, context.params));
      }
    } else return undefined;
    return texts;
  } catch {
    return undefined;
  }
}

/** Whether an entry's params equal all of the given ones (protocol 3.10, subset match). */
export const isSelected = ({ resolved }: Entry, selection: Selection): boolean =>
  [...selection].every(
    ([name, text]) =>
      text ===
      resolved
        .split("&")
        .filter((part) => part.startsWith(`${name}=`))
        .join("&"),
  );

/** The canonical query of a selection. */
const queryOf = (selection: Selection): string =>
  [...selection.keys()]
    .sort()
    .map((name) => selection.get(name))
    .filter(Boolean)
    .join("&");

/** Each entry of a context once. */
export const entriesOf = ({ entries, aliased }: Scope): Entry[] => [
  ...(aliased ? new Set(entries.values()) : entries.values()),
];

/** The entries that are meant; all of the context when that cannot be told. One lookup when all params are given. */
export function selectEntries(scope: Scope, selection: Selection | undefined): Entry[] {
  const { context, entries, aliased } = scope;
  const names = Object.keys(context.params);
  if (selection && names.length && !aliased && names.every((name) => selection.has(name))) {
    const entry = entries.get(queryOf(selection));
    return entry ? [entry] : [];
  }
  const all = entriesOf(scope);
  return selection ? all.filter((entry) => isSelected(entry, selection)) : all;
}

/** The canonical query of the params that a server answered with, as far as the context knows them; undefined when they cannot be read. */
export function resolvedQuery(
  { context, params: asked, resolved }: Entry,
  params: unknown,
): string | undefined {
  if (!isObject(params)) return undefined;
  // Mostly they are what was asked for.
  const names = Object.keys(params);
  const equal = names.every((name) => asked[name as keyof typeof asked] === params[name]);
  if (equal && names.length === Object.keys(asked).length) return resolved;
  const selection = selectionOf(context, params);
  return selection && queryOf(selection);
}
