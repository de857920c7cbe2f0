import { documentOf, printDocument } from "../document/export-document.js";
import { publishTargets } from "../effects/publish-targets.js";
import { knownParams, type Target } from "../effects/targets.js";
import { memoryIdempotency } from "../idempotency/memory-idempotency.js";
import type { JsonObject } from "../json/json-value.js";
import { JsonFault } from "../json/json-fault.js";
import { notFound, unknownContext, unknownFunction } from "../problem/problems.js";
import { toProblem } from "../problem/to-problem.js";
import type { Contract } from "../registry/contract.js";
import type { Registry } from "../registry/registry.js";
import { memoryRevisions } from "../revisions/memory-revisions.js";
import type { Answer } from "./answer.js";
import { createExchange, type Exchange } from "./exchange.js";
import { problemAnswer } from "./problem-answer.js";
import { createRouter, type Route } from "./route.js";
import { serveCall } from "./serve-call.js";
import { serveContext } from "./serve-context.js";
import { serveSession } from "./serve-session.js";
import { serveView } from "./serve-view.js";
import type { HandlerOptions } from "./server-options.js";
import type { Server } from "./server.js";

/** Answers requests; runs wherever `Request` and `Response` do. */
export interface Handler {
  (request: Request): Promise<Response>;
  /** For what changes outside of mutations: cron jobs, admin pages, other services (protocol 5.3: S8). */
  invalidate(context: string, params?: JsonObject): Promise<void>;
}

/**
 * Serves a registry by the protocol's wire.
 *
 * @throws RegistryError, or Error for options that are missing, before the first request
 */
export function createHandler<Context extends string, User, Tx>(
  registry: Registry<Context, User, Tx>,
  options: HandlerOptions<User> = {},
): Handler {
  const contract = registry.seal();
  checkOptions(contract, options);
  const route = createRouter(contract);
  const base: Omit<Server, "fingerprint"> = {
    contract,
    revisions: options.revisions ?? memoryRevisions(),
    idempotency: options.idempotency ?? memoryIdempotency(),
    sessions: contract.session === null ? null : (options.sessions ?? null),
    secret: options.secret ?? "",
    transaction: (work) =>
      registry.options.transaction === undefined
        ? work(undefined)
        : registry.options.transaction((tx) => work(tx)),
    options: options as HandlerOptions<unknown>,
    report: (error, instance, at) => options.onError?.(error, { instance, at }),
  };
  let document: ReturnType<typeof documentOf> | undefined;
  const exported = (): ReturnType<typeof documentOf> => (document ??= documentOf(contract));

  async function handle(request: Request): Promise<Response> {
    const { fingerprint } = (await exported())["x-mizan"];
    const server: Server = { ...base, fingerprint };
    const url = new URL(request.url);
    const exchange = createExchange(server, request, url);
    const found = route(request.method, url.pathname);
    if (found.kind === "none" && url.pathname === options.documentPath) {
      return new Response(printDocument(await exported()), {
        headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
      });
    }
    if (found.kind === "none" && options.fallback !== undefined) return options.fallback(request);
    return respond(exchange, found);
  }

  async function invalidate(name: string, params: JsonObject = {}): Promise<void> {
    const context = name === "*" ? "*" : contract.contexts.get(name);
    if (context === undefined) throw new Error(`there is no context "${name}" to invalidate`);
    const known = context === "*" ? {} : knownParams(contract, context, params);
    const target: Target = { context, params: known, viewers: "all", merge: null };
    await publishTargets([target], 0, "-", base.revisions, contract.limits);
  }

  return Object.assign(handle, { invalidate });
}

function checkOptions<User>(contract: Contract, options: HandlerOptions<User>): void {
  if (contract.session !== null && options.sessions === undefined) {
    throw new Error(
      'the registry has a session, but the handler no "sessions"; hand in a provider, e.g. memorySessions({…}), or declare session: null',
    );
  }
  if (contract.session !== null && (options.secret ?? "").length < 16) {
    throw new Error('"secret" must have at least 16 characters: CSRF tokens are made with it');
  }
  const asking = [...contract.functions.values()].find(({ permissions }) => permissions.length > 0);
  if (asking !== undefined && options.authorize === undefined) {
    throw new Error(
      `"${asking.name}" declares permissions, but the handler has no "authorize" to check them`,
    );
  }
}

async function respond(exchange: Exchange, found: Route): Promise<Response> {
  const { server, request } = exchange;
  let response: Response;
  let isPublic = false;
  try {
    if (found.kind === "context") isPublic = found.context.declaration.cache.scope === "public";
    const answer = await answerOf(exchange, found);
    response =
      answer instanceof Response
        ? answer
        : new Response(answer.body, { status: answer.status, headers: answer.headers });
  } catch (cause) {
    const answer = problemAnswer(cause, (error) =>
      toProblem(error, (unknown, instance) =>
        server.report(unknown, instance, new URL(request.url).pathname),
      ),
    );
    response = new Response(answer.body, { status: answer.status, headers: answer.headers });
  }
  response.headers.set("X-Mizan-Protocol", "1");
  response.headers.set("X-Mizan-Schema", server.fingerprint);
  response.headers.set("X-Content-Type-Options", "nosniff");
  if (!isPublic && server.sessions !== null && !response.headers.has("X-Mizan-Epoch")) {
    const session = await exchange.session().catch(() => null);
    if (session !== null) response.headers.set("X-Mizan-Epoch", session.epoch);
  }
  if (request.method !== "HEAD") return response;
  return new Response(null, { status: response.status, headers: response.headers });
}

function answerOf(exchange: Exchange, found: Route): Promise<Answer | Response> {
  switch (found.kind) {
    case "context":
      return serveContext(exchange, found.context);
    case "call":
      return serveCall(exchange, found.plan);
    case "view":
      return serveView(exchange, found.plan, decoded(found.texts));
    case "session":
      return serveSession(exchange);
    case "unknown_context":
      return Promise.reject(unknownContext());
    case "unknown_function":
      return Promise.reject(unknownFunction());
    case "none":
      return Promise.reject(notFound());
  }
}

function decoded(texts: ReadonlyMap<string, string>): Map<string, string> {
  try {
    return new Map([...texts].map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch {
    throw new JsonFault("percent-encoding that is not UTF-8");
  }
}
