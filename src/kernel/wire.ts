import type { Contract } from "./descriptor.js";
import { MizanError } from "./error.js";
import type { MizanOptions } from "./mizan.js";
import type { InvalidateItem } from "./invalidate-header.js";
import { readProblem } from "./problem.js";
import { backoff, isTransient } from "./retry.js";
import { isObject } from "./share.js";

/** What the kernel learns from answers. Not called for public requests, nor for answers to requests of a former identity. */
export interface WireHooks {
  /** A number that changes with the identity. */
  identity(): number;
  /** `X-Mizan-Epoch`: differs when identity or privileges changed (protocol 3.7). */
  epoch(value: string): void;
  /** The server's fingerprint, when it is not ours. */
  skew(fingerprint: string): void;
  unauthenticated(error: MizanError): void;
}

export interface WireRequest {
  /** Name for errors and events. */
  readonly source: string;
  /** Relative to the base, or to the origin when it starts with a slash. */
  readonly path: string;
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: BodyInit | null | undefined;
  /** For `raw` requests, whose body outlives the exchange. */
  readonly signal?: AbortSignal | null | undefined;
  /** Milliseconds until the whole answer must be there. */
  readonly timeout?: number | undefined;
  /** No credentials and no headers of the protocol: one representation for everybody (protocol 3.9). */
  readonly public?: boolean | undefined;
  /** Carries the session's token. */
  readonly csrf?: boolean | undefined;
  /** Changes something: when the answer is lost, the outcome is unknown. */
  readonly mutates?: boolean | undefined;
  /** The body is left to the caller. */
  readonly raw?: boolean | undefined;
  /** Called when the request is about to leave, again when it is replayed, with what ends it. False: it is no longer needed. */
  readonly onSend?: ((abort: () => void) => boolean) | undefined;
  /** What a failed answer, or one that is not JSON, says has changed. */
  readonly onInvalidate?: ((items: readonly InvalidateItem[]) => void) | undefined;
}

export interface Answer {
  readonly response: Response;
  /** The body; empty when it was left to the caller. */
  readonly text: string;
}

export interface Wire {
  url(path: string): string;
  /** One exchange that ends with 2xx or 304, else it throws a MizanError. A session that the server no longer takes is renewed once. */
  send(request: WireRequest): Promise<Answer>;
  /** The next call starts a session of its own. */
  forgetSession(): void;
}

type Fields = Readonly<Record<string, string>>;

/** Addresses, headers, session and errors of one contract's requests. Knows nothing of what is cached. */
export function createWire(contract: Contract, options: MizanOptions, hooks: WireHooks): Wire {
  const base = (options.baseUrl ?? contract.base).replace(/\/*$/, "/");
  const origin = /^(https?:)?\/\/[^/]+/.exec(base)?.[0] ?? "";
  const sessionPath = contract.session ?? "session/";
  const usesSession = options.session ?? contract.session !== null;
  let session: Promise<Fields> | undefined;

  const accept = { Accept: "application/json" };
  const protocol = {
    "X-Mizan-Protocol": "1",
    ...(contract.fingerprint && { "X-Mizan-Schema": contract.fingerprint }),
  };

  const url = (path: string): string => (path.startsWith("/") ? origin : base) + path;

  /** The token's header. Started once for all; a failure is the caller's, and the next call starts anew. */
  function currentSession(own: Fields): Promise<Fields> {
    const starting = (session ??= startSession(own));
    starting.catch(() => {
      if (session === starting) session = undefined;
    });
    return starting;
  }

  async function startSession(own: Fields): Promise<Fields> {
    const source = "session";
    for (let failures = 0; ; failures++) {
      try {
        const answer = await attempt({ source, path: sessionPath }, own);
        const { csrf, epoch } = readObject(source, answer);
        if (typeof epoch === "string") hooks.epoch(epoch);
        return isObject(csrf) ? { [String(csrf["header"])]: String(csrf["token"]) } : {};
      } catch (cause) {
        if (!(cause instanceof MizanError) || failures > 1 || !isTransient(cause)) {
          throw new MizanError("session_failed", "The session could not be started", {
            cause,
            source,
          });
        }
        const wait = backoff(failures, cause);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  async function send(request: WireRequest): Promise<Answer> {
    let own: Fields | Promise<Fields> = {};
    if (!request.public && options.headers) {
      own = typeof options.headers === "function" ? options.headers() : options.headers;
      // Not awaited when there is nothing to wait for, so that requests leave in the very flush that asked for them.
      if (own instanceof Promise) own = await own;
    }
    const byToken = Object.keys(own).some((name) => name.toLowerCase() === "authorization");
    const withSession = usesSession && !request.public && !byToken;
    for (let replay = false; ; replay = true) {
      const used = withSession && request.csrf ? currentSession(own) : session;
      try {
        return await attempt(request, request.csrf && used ? { ...own, ...(await used) } : own);
      } catch (error) {
        if (!(error instanceof MizanError)) throw error;
        const expired = request.mutates ? error.code === "csrf_failed" : error.status === 401;
        if (replay || !expired || !used || !withSession) {
          if (error.status === 401) hooks.unauthenticated(error);
          throw error;
        }
        if (session === used) session = undefined;
        await currentSession(own);
      }
    }
  }

  async function attempt(request: WireRequest, own: Fields): Promise<Answer> {
    const { source, mutates: outcomeUnknown, raw, timeout = options.timeout ?? 30_000 } = request;
    const identity = hooks.identity();
    const control = new AbortController();
    let late: boolean | undefined;
    const timer =
      raw || timeout >= 2 ** 31
        ? undefined
        : setTimeout(() => {
            late = true;
            control.abort();
          }, timeout);
    try {
      if (request.onSend?.(() => control.abort()) === false) {
        throw new MizanError("aborted", `${source}: ended before it was sent`, { source });
      }
      const response = await (options.fetch ?? fetch)(url(request.path), {
        method: request.method ?? "GET",
        body: request.body ?? null,
        signal: raw ? (request.signal ?? null) : control.signal,
        credentials: request.public ? "omit" : (options.credentials ?? "same-origin"),
        headers: request.public ? accept : { ...accept, ...protocol, ...request.headers, ...own },
      });
      const accepted = response.ok || response.status === 304;
      const text = accepted && raw ? "" : await response.text();
      const skewed = !request.public && identity === hooks.identity() && learn(response);
      if (accepted) return { response, text };
      const { error, invalidate } = readProblem(source, response, text, skewed, outcomeUnknown);
      request.onInvalidate?.(invalidate);
      throw error;
    } catch (cause) {
      if (cause instanceof MizanError) throw cause;
      const code = late
        ? "timeout"
        : control.signal.aborted || request.signal?.aborted
          ? "aborted"
          : "network";
      const message = late
        ? `no answer in ${timeout} ms`
        : cause instanceof Error
          ? cause.message
          : String(cause);
      throw new MizanError(code, `${source}: ${message}`, { cause, source, outcomeUnknown });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whether the server has another contract. */
  function learn({ headers }: Response): boolean {
    const schema = headers.get("X-Mizan-Schema");
    const skew = !!(schema && contract.fingerprint && schema !== contract.fingerprint);
    const epoch = headers.get("X-Mizan-Epoch");
    if (skew) hooks.skew(schema);
    if (epoch) hooks.epoch(epoch);
    return skew;
  }

  return {
    url,
    send,
    forgetSession() {
      session = undefined;
    },
  };
}

/** The JSON object of an answer, or an error that says what came instead. */
export function readObject(source: string, { response, text }: Answer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badResponse(source, response, text, cause);
  }
  if (!isObject(value)) throw badResponse(source, response, text);
  return value;
}

export function badResponse(
  source: string,
  response: Response,
  text: string,
  cause?: unknown,
  outcomeUnknown?: boolean,
): MizanError {
  const type = response.headers.get("Content-Type") ?? "no content type";
  return new MizanError(
    "bad_response",
    `${source}: expected a JSON object of the Mizan protocol, received ${type}: ${JSON.stringify(text.slice(0, 80))}`,
    { status: response.status, source, cause, outcomeUnknown },
  );
}
