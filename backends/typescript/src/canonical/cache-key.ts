import { hmac } from "../crypto/hmac.js";

export interface CacheKeyParts {
  /** Name of the deployment. */
  readonly app: string;
  readonly context: string;
  /** Canonical query of the resolved params. */
  readonly query: string;
  /** `-` for everybody, `u:<percent-encoded id>`, `s:<hash of the session>`. */
  readonly viewer: string;
  readonly rev: number;
  readonly fingerprint: string;
}

/** The key of an entry of the origin cache (protocol 7): HMAC-SHA256 over ASCII JSON, in base64url. */
export function cacheKey(secret: string, parts: CacheKeyParts): Promise<string> {
  const { app, context, query, viewer, rev, fingerprint } = parts;
  return hmac(secret, JSON.stringify(["mizan1", app, context, query, viewer, rev, fingerprint]));
}
