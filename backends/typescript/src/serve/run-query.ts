import type { JsonObject, JsonValue } from "../json/json-value.js";
import { toWire } from "../json/to-wire.js";
import { fieldProblems } from "../problem/field-problems.js";
import { invalid } from "../problem/problems.js";
import type { ContextPlan, QueryPlan } from "../registry/contract.js";
import { checkAuth } from "./guard.js";
import type { Exchange } from "./exchange.js";
import { checkOutput } from "./check-output.js";

/**
 * The value of one slot. A function gets its own params only, and of a public context a request that tells nothing of who asks.
 *
 * @param args validated
 */
export async function runQuery(
  exchange: Exchange,
  context: ContextPlan,
  query: QueryPlan,
  args: unknown,
): Promise<JsonValue> {
  const isPublic = context.declaration.cache.scope === "public";
  if (!isPublic) await checkAuth(exchange, query);
  const request = withoutBody(exchange.request, isPublic);
  const user = isPublic ? null : (await exchange.session()).user;
  const call = { user, request, signal: exchange.request.signal };
  const value: unknown = await query.handler(args as never, call as never);
  return toWire(await checkOutput(query.name, query.declaration.output, value));
}

/**
 * The arguments of a query: what its own validators make of the wire values.
 *
 * @throws MizanProblem 422
 */
export async function validateParams(
  { server }: Exchange,
  { args, params: plans }: Pick<QueryPlan, "args" | "params">,
  params: JsonObject,
): Promise<unknown> {
  if (args === null) return {};
  const own = plans.filter(({ name }) => Object.hasOwn(params, name));
  const given = Object.fromEntries(own.map(({ name }) => [name, params[name]]));
  const result = await args.validate(given);
  if (result.issues === undefined) return result.value;
  throw invalid(fieldProblems(result.issues, args.schema, server.contract.components));
}

/** The request as functions may see it. */
export function withoutBody(request: Request, isPublic: boolean): Request {
  const headers = new Headers(request.headers);
  for (const name of isPublic ? ["Cookie", "Authorization"] : []) headers.delete(name);
  return new Request(request.url, { method: request.method === "HEAD" ? "HEAD" : "GET", headers });
}
