import { publishTargets, type Effects } from "../effects/publish-targets.js";
import { knownParams, targetsOf, type Bound, type Target } from "../effects/targets.js";
import type { JsonObject, JsonValue } from "../json/json-value.js";
import { MizanProblem } from "../problem/mizan-problem.js";
import type { Contract, MutationPlan, ViewPlan } from "../registry/contract.js";
import type { OpenSession } from "../session/session-provider.js";
import type { Exchange } from "./exchange.js";
import { samePath } from "./same-path.js";
import { withoutBody } from "./run-query.js";

/** What a call that succeeded leaves behind. */
export interface CallOutcome<Result> {
  readonly result: Result;
  readonly effects: Effects;
  readonly redirect: string | null;
  /** As it is after the call. */
  readonly session: OpenSession<unknown>;
}

/** A failure whose problem says that something has changed all the same. */
export class FailedCall extends Error {
  override readonly name = "FailedCall";
  readonly effects: Effects;

  constructor(cause: unknown, effects: Effects) {
    super("the call failed", { cause });
    this.effects = effects;
  }
}

/**
 * Runs a function that changes something. The dispatcher owns the transaction: handler and checks of its answer inside, then the commit,
 * then one bump for all targets, then the answer (protocol 5.3: S2 to S4). What throws rolls back and bumps nothing.
 *
 * @param work calls the handler and gives its answer: checked, and as the wire carries it
 */
export async function runCall<Result>(
  exchange: Exchange,
  plan: MutationPlan | ViewPlan,
  input: JsonObject,
  work: (call: object) => Promise<{ readonly result: Result; readonly wire: JsonValue }>,
): Promise<CallOutcome<Result>> {
  const { server } = exchange;
  const { contract, revisions } = server;
  const session = await exchange.session();
  const since = await revisions.sequence();
  const publish = (targets: readonly Target[]): Promise<Effects> =>
    publishTargets(targets, since, session.viewer, revisions, contract.limits);

  let notes = new CallNotes(contract);
  let done: { readonly result: Result; readonly wire: JsonValue };
  try {
    done = await server.transaction(async (tx) => {
      notes = new CallNotes(contract);
      const call = {
        ...notes.members(plan),
        tx,
        user: session.user,
        request: withoutBody(exchange.request, false),
        signal: exchange.request.signal,
      };
      return work(call);
    });
  } catch (cause) {
    const changed = cause instanceof MizanProblem ? (cause.details.invalidate ?? []) : [];
    const targets = changed.map(({ context, params = {} }) => notes.target(context, params, "all"));
    throw targets.length === 0 ? cause : new FailedCall(cause, await publish(targets));
  }
  const bound: Bound = { input, result: done.wire, scopes: notes.scopes };
  const effects = await publish([...targetsOf(contract, plan, bound), ...notes.targets]);
  return {
    result: done.result,
    effects,
    redirect: notes.redirect,
    session: await notes.settleSession(session),
  };
}

/** What a handler says besides its answer; kept until the commit. */
class CallNotes {
  readonly targets: Target[] = [];
  readonly scopes = new Map<string, JsonObject>();
  redirect: string | null = null;
  settleSession = (session: OpenSession<unknown>): Promise<OpenSession<unknown>> =>
    Promise.resolve(session);
  readonly #contract: Contract;

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  target(context: string, params: JsonObject, viewers: "all" | "self"): Target {
    if (context === "*") return { context, params: {}, viewers, merge: null };
    const plan = this.#contract.contexts.get(context);
    if (plan === undefined) throw new Error(`there is no context "${context}" to invalidate`);
    return {
      context: plan,
      params: knownParams(this.#contract, plan, params),
      viewers,
      merge: null,
    };
  }

  members(plan: MutationPlan | ViewPlan): object {
    return {
      fail: (code: string, data?: JsonValue): never => {
        const error = plan.errors.get(code);
        if (error === undefined) throw new Error(`"${plan.name}" declares no error "${code}"`);
        throw new MizanProblem(error.status, code, { data });
      },
      invalidate: (
        context: string,
        params: JsonObject = {},
        { viewers = "all" }: { readonly viewers?: "all" | "self" } = {},
      ): void => {
        this.targets.push(this.target(context, params, viewers));
      },
      scope: (context: string, params: JsonObject): void => {
        this.scopes.set(context, { ...this.scopes.get(context), ...params });
      },
      redirect: (path: string): void => {
        this.redirect = samePath(path);
      },
      session: {
        signIn: (user: unknown): void => {
          if (this.#contract.session === null) {
            throw new Error("there is no session to sign in to: the registry says session: null");
          }
          this.settleSession = (session) => session.signIn(user);
        },
        signOut: (): void => {
          this.settleSession = (session) => session.signOut();
        },
      },
    };
  }
}
