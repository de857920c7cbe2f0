import type { Contract } from "../registry/contract.js";
import type { RunTransaction } from "../registry/registry.js";
import type { IdempotencyStore } from "../idempotency/idempotency-store.js";
import type { RevisionStore } from "../revisions/revision-store.js";
import type { SessionProvider } from "../session/session-provider.js";
import type { HandlerOptions } from "./server-options.js";

/** What answering needs: a contract with nothing open, and the stores. */
export interface Server {
  readonly contract: Contract;
  readonly fingerprint: string;
  readonly revisions: RevisionStore;
  readonly idempotency: IdempotencyStore;
  readonly sessions: SessionProvider<unknown> | null;
  readonly secret: string;
  readonly transaction: RunTransaction<unknown>;
  readonly options: HandlerOptions<unknown>;
  readonly report: (error: unknown, instance: string, at: string) => void;
}
