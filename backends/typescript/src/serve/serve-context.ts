import { JsonFault } from "../json/json-fault.js";
import { isObject, type JsonObject, type JsonValue } from "../json/json-value.js";
import { MizanProblem } from "../problem/mizan-problem.js";
import { problemBody } from "../problem/problem-body.js";
import {
  malformed,
  notAcceptable,
  tooLarge,
  wrongContentType,
  wrongMethod,
} from "../problem/problems.js";
import { toProblem } from "../problem/to-problem.js";
import type { ContextPlan, QueryPlan } from "../registry/contract.js";
import { entryKeys } from "../revisions/stamp-keys.js";
import { addressBytes, mostUrlBytes } from "./address-bytes.js";
import { jsonAnswer, type Answer } from "./answer.js";
import { cacheHeaders, entityTag, matchesTag, neverStored } from "./cache-headers.js";
import { acceptsJson, contentTypeOf, isJson } from "./content-type.js";
import type { Exchange } from "./exchange.js";
import { checkProtocol } from "./guard.js";
import { bodyJson } from "./read-body.js";
import { paramsOfJson, paramsOfTexts } from "./read-params.js";
import { readQuery } from "./read-query.js";
import { runQuery, validateParams } from "./run-query.js";

/** `GET {base}ctx/<context>/`, or the same by POST for long params (protocol 3.1, 3.3). */
export async function serveContext(exchange: Exchange, context: ContextPlan): Promise<Answer> {
  const { request, url, server } = exchange;
  const isPost = request.method === "POST";
  if (!isPost && request.method !== "GET" && request.method !== "HEAD") {
    throw wrongMethod("GET, HEAD, POST");
  }
  if (isPost && !isJson(contentTypeOf(request.headers))) throw wrongContentType("application/json");
  if (!acceptsJson(request.headers)) throw notAcceptable();
  checkProtocol(exchange, isPost);
  if (addressBytes(url) > mostUrlBytes) {
    throw tooLarge(414, `the address is longer than ${mostUrlBytes} bytes; post the params`);
  }
  const query = readQuery(url.search);
  const { components } = server.contract;
  const params = isPost
    ? paramsOfJson(context.params.values(), await postedParams(exchange), components)
    : paramsOfTexts(context.params.values(), query, components);
  const queries = wantedQueries(context, query.get("_only"));
  await checkRev(exchange, query.get("_rev"));
  const wanted: Wanted[] = [];
  for (const query of queries) {
    wanted.push({ query, args: await validateParams(exchange, query, params) });
  }

  const isPublic = context.declaration.cache.scope === "public";
  const viewer = isPublic ? "-" : (await exchange.session()).viewer;
  // First the revision, then the data: a value labelled r reflects every mutation bumped at or before r.
  const rev = await server.revisions.read(entryKeys(context, params, viewer));
  const { data, errors } = await runQueries(exchange, context, wanted);
  if (data.length === 0) throw common(errors.map(([, problem]) => problem));
  const body = {
    mizan: 1,
    context: context.name,
    params,
    rev,
    data: Object.fromEntries(data),
    ...(errors.length > 0 && {
      errors: Object.fromEntries(errors.map(([slot, problem]) => [slot, problemBody(problem)])),
    }),
  };
  if (isPost || errors.length > 0) {
    return jsonAnswer(body, neverStored);
  }
  return tagged(exchange, context, params, rev, body);
}

async function postedParams({ request, server }: Exchange): Promise<JsonObject> {
  const body = await bodyJson(request, server.contract.limits.bodyBytes);
  const params = isObject(body) ? (body["params"] ?? {}) : null;
  if (!isObject(params)) throw malformed('expected {"params": {…}}');
  return params;
}

/** The slots that `_only` asks for, each once; all of them without it. */
function wantedQueries(
  { queries, name }: ContextPlan,
  only: readonly string[] | undefined,
): readonly QueryPlan[] {
  if (only === undefined) return queries;
  const unknown = only.find((slot) => queries.every((query) => query.slot !== slot));
  if (unknown !== undefined) throw malformed(`the context ${name} has no slot of that name`);
  return queries.filter(({ slot }) => only.includes(slot));
}

/** `_rev` gets past the edge's copy; a number that no answer ever carried would get past it at will. */
async function checkRev({ server }: Exchange, texts: readonly string[] | undefined): Promise<void> {
  if (texts === undefined) return;
  const [text = ""] = texts;
  if (texts.length > 1 || !/^\d{1,15}$/.test(text))
    throw new JsonFault("a _rev that is no revision");
  if (Number(text) > (await server.revisions.sequence())) {
    throw new JsonFault("a _rev that was never given out");
  }
}

/** A slot with the arguments of its function. */
interface Wanted {
  readonly query: QueryPlan;
  readonly args: unknown;
}

async function runQueries(
  exchange: Exchange,
  context: ContextPlan,
  wanted: readonly Wanted[],
): Promise<{ data: [string, JsonValue][]; errors: [string, MizanProblem][] }> {
  const data: [string, JsonValue][] = [];
  const errors: [string, MizanProblem][] = [];
  const settled = await Promise.allSettled(
    wanted.map(({ query, args }) => runQuery(exchange, context, query, args)),
  );
  settled.forEach((outcome, index) => {
    const query = wanted[index]?.query;
    if (query === undefined) return;
    if (outcome.status === "fulfilled") data.push([query.slot, outcome.value]);
    else {
      const problem = toProblem(outcome.reason, (cause, instance) =>
        exchange.server.report(cause, instance, query.name),
      );
      errors.push([query.slot, problem]);
    }
  });
  return { data, errors };
}

/** What all slots failed of: their common problem, their common status, or 500. */
function common(problems: readonly MizanProblem[]): MizanProblem {
  const [first] = problems;
  if (first === undefined) return malformed("no slot is wanted");
  if (problems.every(({ code, status }) => code === first.code && status === first.status)) {
    return first;
  }
  return problems.every(({ status }) => status === first.status)
    ? new MizanProblem(first.status, first.code, { title: "All functions failed" })
    : new MizanProblem(500, "internal", { title: "All functions failed" });
}

async function tagged(
  exchange: Exchange,
  context: ContextPlan,
  params: JsonObject,
  rev: number,
  body: unknown,
): Promise<Answer> {
  const text = JSON.stringify(body);
  const headers = await cacheHeaders(exchange, context, params);
  if (context.declaration.cache.scope === "none") return jsonAnswer(body, headers);
  const tag = await entityTag(text, rev);
  if (matchesTag(exchange.request.headers, tag)) {
    const known = new Headers({ ...headers, ETag: tag, "X-Mizan-Rev": String(rev) });
    return { status: 304, headers: known, body: null };
  }
  return jsonAnswer(body, { ...headers, ETag: tag });
}
