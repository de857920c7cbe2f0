import type { MutationDescriptor } from "./descriptor.js";
import { toMizanError } from "./error.js";
import type { KernelEvent } from "./event.js";
import { headerItems, invalidateItems, type InvalidateItem } from "./invalidate-header.js";
import { mergeItems, type MergeItem } from "./merge.js";
import type { CallOptions } from "./mizan.js";
import { multipartBody } from "./multipart.js";
import { backoff, isTransient } from "./retry.js";
import { isObject } from "./share.js";
import { declaredTargets } from "./targets.js";
import { badResponse, type Answer, type Wire } from "./wire.js";

/** What the answer to a call changes. */
export interface Effects {
  readonly merges: readonly MergeItem[];
  readonly invalidations: readonly InvalidateItem[];
}

/** Takes back what was shown before the outcome was known. After a success it is given what was merged. */
export type Release = (merges?: readonly MergeItem[]) => void;

/** One call: where it stands. */
export interface Call {
  readonly mutation: MutationDescriptor;
  readonly input: unknown;
  readonly timeout: number | undefined;
  readonly release: Release;
  /** Local number of the send. */
  sent: number;
  /** The identity it was sent under. */
  identity: number;
  /** Ended by its caller: not to be sent any more. */
  ended: boolean;
  /** Ends the request under way. */
  abort: (() => void) | undefined;
}

export interface CallsOptions {
  readonly retry: number;
  readonly tick: () => number;
  readonly identity: () => number;
  readonly emit: ((event: KernelEvent) => void) | undefined;
  /** Applies the effects and takes back what was shown, as one change. */
  readonly settle: (call: Call, effects: Effects, succeeded: boolean) => void;
  readonly navigate: (path: string) => void;
}

export interface Calls {
  /** Rejects with a MizanError. Whatever the answer brings is applied before, and `release` called with it. */
  run(
    mutation: MutationDescriptor,
    input: unknown,
    release: Release,
    options: CallOptions,
  ): Promise<unknown>;
  destroy(): void;
}

/** The calls under way. Each is sent once, whatever happens to its answer, unless it is declared idempotent. */
export function createCalls(wire: Wire, options: CallsOptions): Calls {
  const { retry, tick, emit } = options;
  const running = new Set<Call>();
  let destroyed = false;
  /** The last call of each function whose calls must not overlap. */
  const last = new Map<string, { readonly call: Call; readonly turn: Promise<unknown> }>();

  async function run(
    mutation: MutationDescriptor,
    input: unknown,
    release: Release,
    { timeout, signal }: CallOptions,
  ): Promise<unknown> {
    const { name, concurrency } = mutation;
    const call: Call = {
      mutation,
      input,
      timeout,
      release,
      sent: 0,
      identity: options.identity(),
      ended: destroyed,
      abort: undefined,
    };
    const before = last.get(name);
    const start = (): Promise<unknown> => post(call);
    const abort = (): void => end(call);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort);
    if (concurrency === "latest" && before) end(before.call);
    running.add(call);
    const turn = concurrency === "serial" && before ? before.turn.then(start, start) : start();
    if (concurrency === "serial" || concurrency === "latest") last.set(name, { call, turn });
    try {
      return await turn;
    } finally {
      signal?.removeEventListener("abort", abort);
      running.delete(call);
      if (last.get(name)?.turn === turn) last.delete(name);
    }
  }

  async function post(call: Call): Promise<unknown> {
    const { mutation, input } = call;
    const { name } = mutation;
    const invalidations: InvalidateItem[] = [];
    emit?.({ type: "call", at: name, input });
    try {
      const outcome = readOutcome(name, await send(call, invalidations));
      options.settle(call, outcome, true);
      emit?.({ type: "result", at: name });
      // Control characters and backslashes would let an address of another origin pass for a path.
      if (/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(outcome.redirect)) options.navigate(outcome.redirect);
      return outcome.result;
    } catch (cause) {
      const error = toMizanError(cause, name);
      if (error.outcomeUnknown) invalidations.push(...declaredTargets(mutation, input));
      options.settle(call, { merges: [], invalidations }, false);
      emit?.({ type: "error", at: name, error });
      throw error;
    }
  }

  async function send(call: Call, invalidations: InvalidateItem[]): Promise<Answer> {
    const { mutation, input, timeout } = call;
    const { name, path, encoding, files = [], idempotent, csrf = true } = mutation;
    const multipart = encoding === "multipart";
    const request = {
      source: name,
      path,
      method: "POST",
      body: multipart ? multipartBody(input, files) : JSON.stringify(input ?? null),
      headers: {
        ...(!multipart && { "Content-Type": "application/json" }),
        ...(idempotent && { "Idempotency-Key": uuid() }),
      },
      timeout: timeout ?? Infinity,
      csrf,
      mutates: true,
      onSend(abort: () => void) {
        call.sent = tick();
        call.identity = options.identity();
        call.abort = abort;
        return !call.ended;
      },
      onInvalidate: (items: readonly InvalidateItem[]) => invalidations.push(...items),
    };
    for (let failures = 0; ; failures++) {
      try {
        return await wire.send(request);
      } catch (cause) {
        const error = toMizanError(cause, name);
        const again = isTransient(error) || error.code === "idempotency_in_flight";
        if (!idempotent || !again || failures >= retry || call.ended) throw error;
        await new Promise((resolve) => setTimeout(resolve, backoff(failures, error)));
        if (call.ended) throw error;
      }
    }
  }

  function end(call: Call): void {
    call.ended = true;
    call.abort?.();
  }

  return {
    run,
    destroy() {
      destroyed = true;
      running.forEach(end);
    },
  };
}

interface Outcome extends Effects {
  readonly result: unknown;
  readonly redirect: string;
}

/** Reads the answer to a call (protocol 3.4). One that is not JSON says what changed in a header. */
function readOutcome(source: string, { response, text }: Answer): Outcome {
  const nothing = { result: null, merges: [], redirect: "" };
  if (!text) return { ...nothing, invalidations: headerItems(response) };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    if (!response.headers.has("X-Mizan-Invalidate")) {
      throw badResponse(source, response, text, cause, true);
    }
    return { ...nothing, invalidations: headerItems(response) };
  }
  if (!isObject(body) || !Object.hasOwn(body, "result")) {
    return { ...nothing, result: body, invalidations: headerItems(response) };
  }
  return {
    result: body["result"],
    merges: mergeItems(body["merge"]),
    invalidations: invalidateItems(body["invalidate"]),
    redirect: String(body["redirect"] ?? ""),
  };
}

/** UUIDv4; `crypto.randomUUID` exists on secure origins only. */
function uuid(): string {
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => {
    const random = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
    return (Number(digit) ^ (random & (15 >> (Number(digit) / 4)))).toString(16);
  });
}
