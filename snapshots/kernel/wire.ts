// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { readProblem } from "./problem.js";
import type { Effect } from "./effect.js";
import { messageOf, MizanError, toMizanError } from "./error.js";
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
export function address({ contract, options }: Store, path: string): string {
  const base = (options.baseUrl ?? contract.base).replace(/\/*$/, "/");
  const origin = /^(https?:)?\/\/[^/]+/.exec(base);
  return path.startsWith("/") ? (origin?.[0] ?? "") + path : base + path;
}

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
  const { source, mutates, csrf } = request;
  const withSession = usesSession(store, request, own);
  const session = withSession && csrf ? currentSession(store, own) : store.session;
  try {
    return await attempt(
      store,
      request,
      csrf && withSession ? { ...own, ...(await session) } : own,
    );
  } catch (cause) {
    const error = toMizanError(cause, source);
    const refused = mutates ? error.code === "csrf_failed" : error.status === 401;
    if (replayed || !refused || !withSession || !session) {
      if (error.status === 401) store.options.onUnauthenticated?.(error);
      throw error;
    }
    if (store.session === session) store.session = undefined;
    await currentSession(store, own);
    return exchange(store, request, own, true);
  }
}

/** Requests that a token authenticates need no session. */
const usesSession = ({ contract, options }: Store, request: WireRequest, own: Fields): boolean =>
  !request.public &&
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
    const answer = await persist(2, isTransient, () => attempt(store, { source, path }, own));
    const { csrf, epoch } = readJson(source, answer);
    if (typeof epoch === "string") learnEpoch(store, epoch);
    const { header = "X-CSRFToken", token } = objectOf(csrf);
    return typeof token === "string" && typeof header === "string" ? { [header]: token } : {};
  } catch (cause) {
    const message = `The session could not be started: ${messageOf(cause)}`;
    throw new MizanError("session_failed", message, { cause, source });
  }
}

async function attempt(store: Store, request: WireRequest, own: Fields): Promise<Answer> {
  const { contract, options, identity } = store;
  const { source, mutates, raw, timeout = options.timeout ?? 30_000 } = request;
  const control = new AbortController();
  const abort = (): void => control.abort();
  let late = false;
  const timer =
    raw || timeout >= 2 ** 31
      ? undefined
      : setTimeout(() => {
          late = true;
          abort();
        }, timeout);
  try {
    if (request.onSend?.(abort) === false) {
      throw new MizanError("aborted", `${source} was ended before it was sent`, { source });
    }
    const { fingerprint } = contract;
    const response = await (options.fetch ?? fetch)(address(store, request.path), {
      method: request.method ?? "GET",
      body: request.body ?? null,
      signal: raw ? (request.signal ?? null) : control.signal,
      credentials: request.public ? "omit" : (options.credentials ?? "same-origin"),
      headers: {
        Accept: "application/json",
        ...(!request.public && {
          "X-Mizan-Protocol": "1",
          ...(fingerprint && { "X-Mizan-Schema": fingerprint }),
          ...request.headers,
          ...own,
        }),
      },
    });
    const accepted = response.ok || response.status === 304;
    const text = accepted && raw ? "" : await response.text();
    const skewed = !request.public && identity === store.identity && learn(store, response);
    if (accepted) return { response, text };
    const { error, effects } = readProblem(contract, source, response, text, mutates, skewed);
    request.onEffects?.(effects);
    throw error;
  } catch (cause) {
    if (cause instanceof MizanError) throw cause;
    const aborted = control.signal.aborted || request.signal?.aborted;
    const code = late ? "timeout" : aborted ? "aborted" : "network";
    throw new MizanError(
      code,
      `${source}: ${late ? `no answer in ${timeout} ms` : messageOf(cause)}`,
      {
        cause,
        source,
        outcomeUnknown: mutates,
      },
    );
  } finally {
    clearTimeout(timer);
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
