import type { Bump, Bumped, RevisionStore } from "./revision-store.js";

export interface MemoryRevisionsOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Stamps that are kept; when there are more, the oldest are forgotten, which costs fetches and no freshness. */
  readonly capacity?: number;
}

/** The stamps of a single process. */
export function memoryRevisions(options: MemoryRevisionsOptions = {}): RevisionStore {
  const { now = Date.now, capacity = 100_000 } = options;
  const stamps = new Map<string, number>();
  // Ticks of 10 µs: a process that starts anew goes on above all that the former one gave out.
  let last = now() * 100;
  /** What every unknown stamp counts as: the last one forgotten, or the start. */
  let floor = last;

  const stampOf = (key: string): number => stamps.get(key) ?? floor;

  function put(key: string, rev: number): void {
    stamps.delete(key);
    stamps.set(key, rev);
    const oldest = stamps.size > capacity ? stamps.entries().next().value : undefined;
    if (oldest === undefined) return;
    stamps.delete(oldest[0]);
    floor = Math.max(floor, oldest[1]);
  }

  return {
    sequence: () => Promise.resolve(last),
    read: (keys) => Promise.resolve(Math.max(floor, ...keys.map(stampOf))),
    bump({ set, checks, since }: Bump): Promise<Bumped> {
      const conflicts = checks.map((keys) => keys.some((key) => stampOf(key) > since));
      last = Math.max(last + 1, now() * 100);
      for (const key of set) put(key, last);
      return Promise.resolve({ rev: last, conflicts });
    },
  };
}
