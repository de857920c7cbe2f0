/** An answer as it was sent, revisions included. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export type Claim =
  | { readonly state: "mine" }
  | { readonly state: "in_flight" }
  /** The key came with another payload before. */
  | { readonly state: "reused" }
  | { readonly state: "answered"; readonly answer: StoredAnswer };

/** Remembers the answers of idempotent calls for a day (protocol 3.8). Claims are atomic. */
export interface IdempotencyStore {
  claim(key: string, payloadHash: string): Promise<Claim>;
  settle(key: string, answer: StoredAnswer): Promise<void>;
  /** The call ended without an answer to keep: the next one with the key starts anew. */
  release(key: string): Promise<void>;
}
