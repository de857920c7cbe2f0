// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { readProblem } from "./problem.js";
import type { Effect } from "./effect.js";
import { messageOf, MizanError } from "./error.js";
import { isTransient, persist } from "./retry.js";
import { isObject, objectOf, parseJson } from "./json.js";
import type { Store } from "./store.js";

type Fields = Readonly<Record<string, string>>;

export interface WireRequest {
  /** Name for errors and events. */
  readonly source: string;
  /** Relative to the base, or to the origin when it starts with a slash. */
  readonly path: string;
  readonly method?: string;
  readonly headers?: Fields | undefined;
  readonly body?: BodyInit | null | undefined;
  /** Milliseconds until the whole answer must be there. */
  readonly timeout?: number | undefined;
  /** No credentials and no headers of the protocol: one representation for everybody (protocol 3.9). */
  readonly public?: boolean | undefined;
  /** Carries the session's token. */
  readonly csrf?: boolean | undefined;
  /** Changes something: when the answer is lost, the outcome is unknown. */
  readonly mutates?: boolean | undefined;
  /** It starts the session itself. */
  readonly isSession?: boolean | undefined;
  /** The body is left to the caller. */
  readonly raw?: boolean | undefined;
  /** Called when the request is about to leave, again when it is replayed, with what ends it. False: it is no longer needed. */
  readonly onSend?: (abort: () => void) => boolean;
  /** What a failed answer says has changed. */
  readonly onEffects?: (effects: readonly Effect[]) => void;
}

export interface Answer {
  readonly response: Response;
  /** The body; empty when it was left to the caller. */
  readonly text: string;
}

/** The address of a path of the contract. */
export const address = ({ base, origin }: Store, path: string): string =>
  (path.startsWith("/") ? origin : base) + path;

/**
 * One exchange that ends with 2xx or 304, else it throws a MizanError, or what a function for headers throws. A session that the server
 * no longer takes is renewed once.
 */
export function send(store: Store, request: WireRequest): Promise<Answer> {
  const { headers } = store.options;
  const own = request.public ? undefined : typeof headers === "function" ? headers() : headers;
  // Not awaited when there is nothing to wait for, so that requests leave in the very flush that asked for them.
  return own instanceof Promise
    ? own.then((fields) => exchange(store, request, fields))
    : exchange(store, request, own ?? {});
}

async function exchange(
  store: Store,
  request: WireRequest,
  own: Fields,
  replayed?: boolean,
): Promise<Answer> {
  const { contract, options } = store;
  const { source, mutates, raw, timeout = options.timeout ?? 30_000 } = request;
  const withSession = usesSession(store, request, own);
  const session = withSession && request.csrf ? currentSession(store, own) : store.session;
  const control = new AbortController();
  const abort = (): void => control.abort();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let late = false;
  try {
    const token = withSession && request.csrf ? await session : undefined;
    const { identity } = store;
    if (timeout < 2 ** 31) {
      timer = setTimeout(() => {
        late = true;
        abort();
      }, timeout);
    }
    if (request.onSend?.(abort) === false) {
      throw new MizanError("aborted", `${source} was ended before it was sent`, { source });
    }
    const response = await (options.fetch ?? fetch)(address(store, request.path), {
      method: request.method ?? "GET",
      body: request.body ?? null,
      signal: control.signal,
      credentials: request.public ? "omit" : (options.credentials ?? "same-origin"),
      headers: request.public
        ? { Accept: "application/json" }
        : { ...store.protocol, ...request.headers, ...own, ...token },
    });
    const accepted = response.ok || response.status === 304;
    const text = accepted && raw ? "" : await response.text();
    const skewed = !request.public && identity === store.identity && learn(store, response);
    if (accepted) return { response, text };
    const { error, effects } = readProblem(contract, source, response, text, mutates, skewed);
    request.onEffects?.(effects);
    throw error;
  } catch (cause) {
    let error = cause as MizanError;
    if (!(cause instanceof MizanError)) {
      const code = late ? "timeout" : control.signal.aborted ? "aborted" : "network";
      const reason = late ? `no answer in ${timeout} ms` : messageOf(cause);
      error = new MizanError(code, `${source}: ${reason}`, {
        cause,
        source,
        outcomeUnknown: mutates,
      });
    }
    const refused = mutates ? error.code === "csrf_failed" : error.status === 401;
    if (replayed || !refused || !withSession || !session) {
      if (error.status === 401 && !request.isSession) options.onUnauthenticated?.(error);
      throw error;
    }
    if (store.session === session) store.session = undefined;
    await currentSession(store, own);
    return exchange(store, request, own, true);
  } finally {
    clearTimeout(timer);
  }
}

/** Requests that a token authenticates need no session. */
const usesSession = ({ contract, options }: Store, request: WireRequest, own: Fields): boolean =>
  !request.public &&
  !request.isSession &&
  (options.session ?? contract.session !== null) &&
  !Object.keys(own).some((name) => /^authorization$/i.test(name));

/** The header of the session's token. Started once for all; a failure is the caller's, and the next call starts anew. */
function currentSession(store: Store, own: Fields): Promise<Fields> {
  const session = (store.session ??= startSession(store, own));
  session.catch(() => {
    if (store.session === session) store.session = undefined;
  });
  return session;
}

async function startSession(store: Store, own: Fields): Promise<Fields> {
  const source = "session";
  try {
    const path = store.contract.session ?? "session/";
    const request = { source, path, isSession: true };
    const answer = await persist(2, isTransient, () => exchange(store, request, own));
    const { csrf, epoch } = readJson(source, answer);
    if (typeof epoch === "string") learnEpoch(store, epoch);
    const { header = "X-CSRFToken", token } = objectOf(csrf);
    return typeof token === "string" && typeof header === "string" ? { [header]: token } : {};
  } catch (cause) {
    const message = `The session could not be started: ${messageOf(cause)}`;
    throw new MizanError("session_failed", message, { cause, source });
  }
}

/** Takes note of what the server says of itself. True when it has another contract. */
function learn(store: Store, { headers }: Response): boolean {
  const { fingerprint } = store.contract;
  const schema = headers.get("X-Mizan-Schema");
  const epoch = headers.get("X-Mizan-Epoch");
  if (epoch) learnEpoch(store, epoch);
  if (!schema || !fingerprint || schema === fingerprint) return false;
  if (schema !== store.skew) store.emit?.({ type: "skew", fingerprint: schema });
  store.skew = schema;
  return true;
}

/** Another epoch means that identity or privileges changed (protocol 3.7). */
function learnEpoch(store: Store, epoch: string): void {
  if (store.epoch !== undefined && store.epoch !== epoch) store.changeIdentity();
  store.epoch = epoch;
}

/** The JSON object of an answer. */
export function readJson(source: string, answer: Answer): Record<string, unknown> {
  const value = parseJson(answer.text);
  if (!isObject(value)) throw badResponse(source, answer);
  return value;
}

/** An error that says what was expected and what came. */
export function badResponse(
  source: string,
  { response, text }: Answer,
  outcomeUnknown?: boolean,
): MizanError {
  const type = response.headers.get("Content-Type") ?? "no content type";
  const message = `${source}: expected a JSON object, received ${type}: ${text.slice(0, 80)}`;
  return new MizanError("bad_response", message, {
    status: response.status,
    source,
    outcomeUnknown,
  });
}
