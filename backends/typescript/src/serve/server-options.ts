import type { IdempotencyStore } from "../idempotency/idempotency-store.js";
import type { RevisionStore } from "../revisions/revision-store.js";
import type { SessionProvider } from "../session/session-provider.js";

export interface HandlerOptions<User> {
  /** Binds CSRF tokens to sessions; at least 16 characters, kept from everybody. Needed with a session. */
  readonly secret?: string;
  /** Needed unless the registry says `session: null`. */
  readonly sessions?: SessionProvider<User>;
  /** Origins that may call besides the server's own, for browsers that send no `Sec-Fetch-Site`. */
  readonly origins?: readonly string[];
  /** Lets sibling domains call (`Sec-Fetch-Site: same-site`). Default: false. */
  readonly sameSite?: boolean;
  /** Default: `memoryRevisions()`, for one process. */
  readonly revisions?: RevisionStore;
  /** Default: `memoryIdempotency()`, for one process. */
  readonly idempotency?: IdempotencyStore;
  /** Needed when functions declare permissions. */
  readonly authorize?: (
    user: User | null,
    permissions: readonly string[],
  ) => boolean | Promise<boolean>;
  /** Receives what nobody expected; the answer carries `instance` and nothing else of it. */
  readonly onError?: (
    error: unknown,
    where: { readonly instance: string; readonly at: string },
  ) => void;
  /** Serves the document at this path, for development: `/openapi.json`. Off by default. */
  readonly documentPath?: string;
  /** Answers what is no address of the registry. Default: 404. */
  readonly fallback?: (request: Request) => Response | Promise<Response>;
}
