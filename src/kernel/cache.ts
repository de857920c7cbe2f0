import type { ContextDescriptor } from "./descriptor.js";
import { createEntry, type Entry, type Layer, type Subscription } from "./entry.js";
import { isSelected, type Scope } from "./match.js";
import { fold, isStale, snapshot } from "./ordering.js";

export interface CacheHooks {
  /** An entry is new: what happened before it concerns it too. */
  created(entry: Entry): void;
  /** Somebody uses an entry that is to be read. */
  launch(entry: Entry): void;
  /** Nobody needs the read under way any more. */
  abandon(entry: Entry): void;
  /** A listener or an optimistic function threw. */
  report(error: unknown): void;
  /** Something else leaves with each flush. */
  flushed(): void;
}

export interface Cache {
  readonly scopes: ReadonlyMap<string, Scope>;
  /** Optimistic layers, in the order of their calls. */
  readonly layers: Set<Layer>;
  scopeOf(context: ContextDescriptor): Scope;
  /** Gets or creates. */
  entryAt(context: ContextDescriptor, query: string, params: object): Entry;
  all(): Entry[];
  /** Somebody subscribed, or a promise needs it. */
  isUsed(entry: Entry): boolean;
  /** Nothing is known yet, or what is known is stale, old or an error. */
  isDue(entry: Entry): boolean;
  /** Asks for a read. It leaves with the next flush, if somebody uses the entry by then. */
  want(entry: Entry): void;
  /** The entry may look different. Observers are told in a microtask, once. */
  touch(entry: Entry): void;
  /** Flushes in a microtask. */
  schedule(): void;
  /** Does now what was due in a microtask. */
  flush(): void;
  subscribe(entry: Entry, listener: () => void): () => void;
  /** Keeps an entry for a promise. Returns the end of it. */
  hold(entry: Entry): () => void;
  /** An entry that nobody uses waits for its end from now on. */
  release(entry: Entry): void;
  remove(entry: Entry): void;
  readonly hasTimer: () => boolean;
  destroy(): void;
}

/** Milliseconds that a read goes on after its last observer left: long enough for a remount. */
const GRACE = 100;
/** Milliseconds that an entry is kept which nobody used yet: a suspended tree comes back late. */
const ORPHAN = 60_000;

/** Milliseconds since 1970, by a clock that does not jump. */
export const now = (): number => performance.timeOrigin + performance.now();

/** The entries of a kernel: who observes them, when observers are told, when entries go. Knows nothing of requests. */
export function createCache(
  server: boolean,
  gcTime: number,
  staleTime: number,
  hooks: CacheHooks,
): Cache {
  const scopes = new Map<string, Scope>();
  const layers = new Set<Layer>();
  const dirty = new Set<Entry>();
  /** What nobody uses, waiting for its deadline. One timer waits for the nearest. */
  const idle = new Set<Entry>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let alarm = Infinity;
  let scheduled = false;
  let round = 0;

  function scopeOf(context: ContextDescriptor): Scope {
    let scope = scopes.get(context.name);
    if (!scope) scopes.set(context.name, (scope = { context, entries: new Map(), aliased: false }));
    return scope;
  }

  function entryAt(context: ContextDescriptor, query: string, params: object): Entry {
    const { entries } = scopeOf(context);
    let entry = entries.get(query);
    if (!entry) {
      entries.set(query, (entry = createEntry(context, query, params)));
      release(entry);
      hooks.created(entry);
    }
    return entry;
  }

  const all = (): Entry[] =>
    [...scopes.values()].flatMap((scope) => [...new Set(scope.entries.values())]);

  function remove(entry: Entry): void {
    hooks.abandon(entry);
    idle.delete(entry);
    dirty.delete(entry);
    const { entries } = scopeOf(entry.context);
    for (const query of [entry.query, entry.resolved]) {
      if (entries.get(query) === entry) entries.delete(query);
    }
  }

  const isUsed = (entry: Entry): boolean => entry.listeners.size + entry.holds > 0;

  const isAged = ({ updatedAt }: Entry): boolean =>
    updatedAt !== undefined && now() - updatedAt > staleTime;

  const isDue = (entry: Entry): boolean =>
    !entry.origin || !!entry.error || isStale(entry) || isAged(entry);

  function want(entry: Entry): void {
    entry.wanted = true;
    touch(entry);
  }

  function touch(entry: Entry): void {
    // Nobody to be told: what is read is always current.
    if (!entry.listeners.size) refresh(entry);
    dirty.add(entry);
    schedule();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(flush);
  }

  function flush(): void {
    scheduled = false;
    round++;
    const touched = [...dirty];
    dirty.clear();
    for (const entry of touched) {
      if (entry.wanted && isUsed(entry)) hooks.launch(entry);
      entry.wanted = false;
    }
    for (const layer of layers) {
      if (layer.settled && !all().some((entry) => isShown(layer, entry))) layers.delete(layer);
    }
    // All snapshots first: an observer that reads other entries sees them as they are now.
    for (const entry of touched.filter(refresh)) notify(entry);
    hooks.flushed();
  }

  const isShown = ({ context, selection, settled }: Layer, entry: Entry): boolean =>
    context === entry.context.name && (!settled || !!entry.flight) && isSelected(entry, selection);

  const layersOf = (entry: Entry): Layer[] => [...layers].filter((layer) => isShown(layer, entry));

  /** Whether the snapshot changed. */
  function refresh(entry: Entry): boolean {
    const data = fold(entry, layersOf(entry), (layer, error) => {
      layers.delete(layer);
      hooks.report(error);
    });
    const next = snapshot(entry, data, isAged(entry));
    const changed = next !== entry.state;
    entry.state = next;
    return changed;
  }

  function notify(entry: Entry): void {
    for (const { listener, since } of entry.listeners) {
      if (since === round) continue;
      try {
        listener();
      } catch (error) {
        hooks.report(error);
      }
    }
  }

  function subscribe(entry: Entry, listener: () => void): () => void {
    const own: Subscription = { listener, since: round };
    if (!entry.listeners.size && isDue(entry)) want(entry);
    entry.listeners.add(own);
    entry.observed = true;
    idle.delete(entry);
    return () => {
      if (entry.listeners.delete(own)) release(entry);
    };
  }

  function hold(entry: Entry): () => void {
    entry.holds++;
    idle.delete(entry);
    return () => {
      entry.holds--;
      release(entry);
    };
  }

  function release(entry: Entry): void {
    if (isUsed(entry)) return;
    // Asleep between two tries: nothing is lost by ending it at once, and nothing is sent for nobody.
    if (entry.flight?.wake) hooks.abandon(entry);
    if (server) return;
    entry.left = now();
    idle.add(entry);
    arm(dueAt(entry));
  }

  /** When the read of an entry that nobody uses is ended, or the entry itself. */
  function dueAt({ left, flight, observed }: Entry): number {
    return left + (flight ? GRACE : observed ? gcTime : Math.max(gcTime, ORPHAN));
  }

  function arm(due: number): void {
    if (due >= alarm) return;
    clearTimeout(timer);
    alarm = due;
    timer = setTimeout(sweep, Math.min(due - now(), 2 ** 31 - 1));
  }

  function sweep(): void {
    alarm = Infinity;
    timer = undefined;
    let nearest = Infinity;
    for (const entry of idle) {
      if (dueAt(entry) <= now()) {
        if (entry.flight) hooks.abandon(entry);
        else if (layersOf(entry).length) entry.left = now();
        else remove(entry);
      }
      if (idle.has(entry)) nearest = Math.min(nearest, dueAt(entry));
    }
    arm(nearest);
  }

  return {
    scopes,
    layers,
    scopeOf,
    entryAt,
    all,
    isUsed,
    isDue,
    want,
    touch,
    schedule,
    flush,
    subscribe,
    hold,
    release,
    remove,
    hasTimer: () => timer !== undefined,
    destroy() {
      clearTimeout(timer);
      alarm = -Infinity;
      all().forEach(hooks.abandon);
      scopes.clear();
      layers.clear();
      idle.clear();
      dirty.clear();
    },
  };
}
