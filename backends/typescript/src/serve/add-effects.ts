import type { Effects } from "../effects/publish-targets.js";
import type { OpenSession } from "../session/session-provider.js";

/** Headers of an answer to a call: what has changed, and who the caller is now. */
export function addEffects(
  headers: Headers,
  { header }: Effects,
  session: OpenSession<unknown>,
): void {
  if (header !== null) headers.set("X-Mizan-Invalidate", header);
  headers.set("X-Mizan-Epoch", session.epoch);
  for (const cookie of session.cookies) headers.append("Set-Cookie", cookie);
  if (session.cookies.length > 0 && session.user === null) {
    headers.set("Clear-Site-Data", '"cache"');
  }
}
