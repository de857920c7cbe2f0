// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { objectOf, parseJson } from "./json.js";
import type { ContextDescriptor } from "./descriptor.js";
import { recall } from "./log.js";
import { entriesOf } from "./match.js";
import { abandon } from "./reads.js";
import { Entry, now, type Scope, type Store, type Subscription } from "./store.js";
import { isDue, isUsed, layersOf, want } from "./touch.js";

/** Milliseconds that a read goes on after its last observer left: long enough for a remount. */
const GRACE = 100;
/** Milliseconds that an entry is kept which nobody used yet: a suspended tree comes back late. */
const ORPHAN = 60_000;

/** Gets or creates. */
export function scopeOf({ scopes }: Store, context: ContextDescriptor): Scope {
  let scope = scopes.get(context.name);
  if (!scope) scopes.set(context.name, (scope = { context, entries: new Map(), aliased: false }));
  return scope;
}

/** A context by its name alone: its descriptor if it was seen before, else what the protocol says by default. */
export const contextOf = ({ scopes, contract }: Store, name: string): ContextDescriptor =>
  scopes.get(name)?.context ?? {
    kind: "context",
    contract,
    name,
    path: `ctx/${name}/`,
    params: {},
    slots: [],
  };

/** Gets or creates. Nothing is fetched. */
export function entryAt(
  store: Store,
  context: ContextDescriptor,
  query: string,
  params: object,
): Entry {
  const { entries } = scopeOf(store, context);
  let entry = entries.get(query);
  if (!entry) {
    entries.set(query, (entry = new Entry(context, query, copyOf(params))));
    recall(store, entry);
    release(store, entry);
  }
  return entry;
}

/**
 * A caller may change its object in place, and what was asked for stays what it was. Nested values are copied as the JSON that is all
 * that is ever made of them.
 */
const copyOf = (params: object): object =>
  Object.values(params).some((value: unknown) => /^(object|bigint)$/.test(typeof value))
    ? objectOf(
        parseJson(
          JSON.stringify(params, (_name, value: unknown) =>
            typeof value === "bigint" ? String(value) : value,
          ),
        ),
      )
    : { ...params };

export const allEntries = ({ scopes }: Store): Entry[] => [...scopes.values()].flatMap(entriesOf);

/** Ends with the returned function. */
export function subscribe(store: Store, entry: Entry, listener: () => void): () => void {
  const { last } = entry;
  const own: Subscription = { listener, since: store.round, next: undefined, previous: last };
  if (last) last.next = own;
  else entry.first = own;
  entry.last = own;
  entry.users++;
  entry.observed = true;
  store.idle.delete(entry);
  // Counted already, so that its snapshot changes with the flush and not now.
  if (!last && isDue(store, entry)) want(store, entry);
  return () => {
    if (!own.listener) return;
    own.listener = undefined;
    const { previous, next } = own;
    if (previous) previous.next = next;
    else entry.first = next;
    if (next) next.previous = previous;
    else entry.last = previous;
    // Whoever is telling the observers still has to find the next one.
    if (!store.telling) own.next = undefined;
    entry.users--;
    release(store, entry);
  };
}

/** Keeps an entry until a promise has settled. */
export async function hold<Result>(
  store: Store,
  entry: Entry,
  promise: Promise<Result>,
): Promise<Result> {
  entry.users++;
  store.idle.delete(entry);
  try {
    return await promise;
  } finally {
    entry.users--;
    release(store, entry);
  }
}

/** An entry that nobody uses waits for its end from now on. */
export function release(store: Store, entry: Entry): void {
  if (isUsed(entry)) return;
  // Asleep between two tries: nothing is lost by ending it at once, and nothing is sent for nobody.
  if (entry.flight?.wake) abandon(store, entry);
  if (store.server) return;
  entry.left = now();
  store.idle.add(entry);
  arm(store, endOf(store, entry));
}

export function remove({ scopes, idle, dirty, wanted }: Store, entry: Entry): void {
  idle.delete(entry);
  dirty.delete(entry);
  wanted.delete(entry);
  const { context, query, resolved } = entry;
  for (const name of [query, resolved]) {
    const entries = scopes.get(context.name)?.entries;
    if (entries?.get(name) === entry) entries.delete(name);
  }
}

/** When the read of an entry that nobody uses is ended, or the entry itself. */
function endOf({ options }: Store, { left, flight, observed }: Entry): number {
  const gcTime = options.gcTime ?? 300_000;
  return left + (flight ? GRACE : observed ? gcTime : Math.max(gcTime, ORPHAN));
}

function arm(store: Store, alarm: number): void {
  if (alarm >= store.alarm || !store.alive) return;
  clearTimeout(store.timer);
  store.alarm = alarm;
  store.timer = setTimeout(() => sweep(store), Math.min(alarm - now(), 2 ** 31 - 1));
}

function sweep(store: Store): void {
  const { idle } = store;
  store.alarm = Infinity;
  store.timer = undefined;
  let nearest = Infinity;
  for (const entry of idle) {
    if (endOf(store, entry) <= now()) {
      if (entry.flight) abandon(store, entry);
      else if (layersOf(store, entry).length) entry.left = now();
      else remove(store, entry);
    }
    if (idle.has(entry)) nearest = Math.min(nearest, endOf(store, entry));
  }
  arm(store, nearest);
}
