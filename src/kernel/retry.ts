import type { MizanError } from "./error.js";

/** Whether the same read may succeed a little later: the network, 5xx, and 429 that says when. Never other 4xx, nor a wrong body. */
export function isTransient(error: MizanError): boolean {
  const { code, status, retryAfter } = error;
  return (
    /^(network|timeout)$/.test(code) ||
    (code !== "bad_response" && status >= 500) ||
    (status === 429 && retryAfter !== undefined)
  );
}

/** Milliseconds until the next try: exponential with full jitter, or what the server asked for (30 s at most) and a jitter on top. */
export function backoff(failures: number, error: MizanError): number {
  return (
    Math.min(error.retryAfter ?? 0, 30_000) + Math.random() * Math.min(10_000, 500 * 2 ** failures)
  );
}

/** `Retry-After` in milliseconds, from seconds or from a date; by the server's own clock where it sends one. */
export function retryAfter(headers: Pick<Headers, "get">): number | undefined {
  const text = headers.get("Retry-After");
  if (!text) return undefined;
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (Date.parse(headers.get("Date") ?? "") || Date.now());
  return isNaN(wait) ? undefined : Math.max(0, wait);
}

/** Tries again as long as that may help. */
export async function persist<Result>(
  retries: number,
  mayHelp: (error: MizanError) => boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (cause) {
      const error = cause as MizanError;
      if (failures >= retries || !mayHelp(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoff(failures, error)));
      // Given up meanwhile: what is known is what the last try said.
      if (!mayHelp(error)) throw error;
    }
  }
}
