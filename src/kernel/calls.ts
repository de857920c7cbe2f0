import type { MutationDescriptor } from "./descriptor.js";
import { readEffects, type Effect } from "./effect.js";
import { toMizanError } from "./error.js";
import type { CallOptions } from "./mizan.js";
import { isObject, parseJson } from "./json.js";
import { tick, type Store } from "./store.js";
import { declaredTargets } from "./targets.js";
import { badResponse, send, type Answer } from "./wire.js";

/** One call under way. */
export interface Call {
  readonly name: string;
  /** Local number of the send. */
  sent: number;
  /** The identity it was sent under. */
  identity: number;
  /** Ended by its caller: not to be sent any more. */
  ended: boolean;
  /** Ends the request. */
  abort?: () => void;
  /** When it has settled, for the calls that wait for it. */
  turn: Promise<unknown>;
}

/** What the answer brought. */
interface Outcome {
  readonly result: unknown;
  readonly effects: readonly Effect[];
  readonly redirect?: unknown;
}

/**
 * Makes a call. It is sent once, whatever happens to its answer, unless it is declared idempotent.
 *
 * @param settle applies what the answer brought; called once, before the promise settles
 * @throws MizanError
 */
export async function runCall(
  store: Store,
  mutation: MutationDescriptor,
  input: unknown,
  { signal, timeout }: Pick<CallOptions, "signal" | "timeout">,
  settle: (call: Call, effects: readonly Effect[], succeeded: boolean) => void,
): Promise<unknown> {
  const { calls, emit, identity, alive } = store;
  const { name, concurrency } = mutation;
  const before = [...calls].filter((each) => each.name === name);
  const call: Call = { name, sent: 0, identity, ended: !alive, turn: Promise.resolve() };
  const end = (): void => endCall(call);

  async function run(): Promise<unknown> {
    let effects: readonly Effect[] = [];
    emit?.({ type: "call", at: name, input });
    try {
      const answer = await post(
        store,
        call,
        mutation,
        input,
        timeout,
        (failed) => (effects = failed),
      );
      const { result, effects: all, redirect } = readOutcome(store, name, answer);
      settle(call, all, true);
      emit?.({ type: "done", at: name });
      // Control characters and backslashes would let an address of another origin pass for a path.
      if (typeof redirect === "string" && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(redirect)) {
        (store.options.navigate ?? ((path) => globalThis.location?.assign(path)))(redirect);
      }
      return result;
    } catch (cause) {
      const error = toMizanError(cause, name);
      const targets = error.outcomeUnknown ? declaredTargets(mutation, input) : [];
      settle(call, [...effects, ...targets], false);
      emit?.({ type: "error", at: name, error });
      throw error;
    }
  }

  if (signal?.aborted) end();
  signal?.addEventListener("abort", end);
  calls.add(call);
  call.turn = concurrency ? concurrency(before, run) : run();
  try {
    return await call.turn;
  } finally {
    signal?.removeEventListener("abort", end);
    calls.delete(call);
  }
}

export function endCall(call: Call): void {
  call.ended = true;
  call.abort?.();
}

function post(
  store: Store,
  call: Call,
  { name, path, encode, files = [], idempotent, csrf }: MutationDescriptor,
  input: unknown,
  timeout = Infinity,
  onEffects: (effects: readonly Effect[]) => void,
): Promise<Answer> {
  const body = encode ? encode(input, files) : JSON.stringify(input ?? null);
  const once = (headers: Readonly<Record<string, string>>): Promise<Answer> =>
    send(store, {
      source: name,
      path,
      method: "POST",
      body,
      headers: encode ? headers : { "Content-Type": "application/json", ...headers },
      timeout,
      csrf: csrf !== false,
      mutates: true,
      onEffects,
      onSend(abort) {
        call.sent = tick(store);
        call.identity = store.identity;
        call.abort = abort;
        return !call.ended;
      },
    });
  return idempotent ? idempotent(once, store.options.retry ?? 2, () => !call.ended) : once({});
}

/** Reads the answer to a call (protocol 3.4). Of a producer that is not one of ours it may be no JSON, and say in a header what changed. */
function readOutcome({ contract }: Store, source: string, answer: Answer): Outcome {
  const { response, text } = answer;
  const body = text ? parseJson(text) : null;
  const effects = contract.readEffects?.(response);
  if (body === undefined && !effects) throw badResponse(source, answer, true);
  if (!isObject(body) || !Object.hasOwn(body, "result")) {
    return { result: body ?? null, effects: effects ?? [] };
  }
  const { result, merge, invalidate, redirect } = body;
  return { result, redirect, effects: [...readEffects(merge), ...readEffects(invalidate)] };
}
