import type { Claim, IdempotencyStore, StoredAnswer } from "./idempotency-store.js";

export interface MemoryIdempotencyOptions {
  readonly now?: () => number;
  /** Milliseconds. Default: 24 hours. */
  readonly ttl?: number;
  readonly capacity?: number;
}

/** The answers of a single process. */
export function memoryIdempotency(options: MemoryIdempotencyOptions = {}): IdempotencyStore {
  const { now = Date.now, ttl = 86_400_000, capacity = 10_000 } = options;
  const entries = new Map<
    string,
    { readonly hash: string; readonly until: number; readonly answer: StoredAnswer | null }
  >();

  function forgetOld(): void {
    const time = now();
    for (const [key, { until, answer }] of entries) {
      // Entries stand in the order of their time; one under way is never forgotten.
      if (until > time && entries.size <= capacity) break;
      if (answer !== null) entries.delete(key);
    }
  }

  return {
    claim(key, hash): Promise<Claim> {
      forgetOld();
      const known = entries.get(key);
      if (known === undefined) {
        entries.set(key, { hash, until: now() + ttl, answer: null });
        return Promise.resolve({ state: "mine" });
      }
      if (known.hash !== hash) return Promise.resolve({ state: "reused" });
      const { answer } = known;
      return Promise.resolve(
        answer === null ? { state: "in_flight" } : { state: "answered", answer },
      );
    },
    settle(key, answer) {
      const known = entries.get(key);
      if (known !== undefined) entries.set(key, { ...known, answer });
      return Promise.resolve();
    },
    release(key) {
      entries.delete(key);
      return Promise.resolve();
    },
  };
}
