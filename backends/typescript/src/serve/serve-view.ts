import { isObject, type JsonObject, type JsonValue } from "../json/json-value.js";
import { fieldProblems } from "../problem/field-problems.js";
import {
  invalid,
  malformed,
  tooLarge,
  wrongContentType,
  wrongMethod,
} from "../problem/problems.js";
import type { ViewPlan } from "../registry/contract.js";
import { membersOf } from "../schema/json-schema.js";
import { planParam } from "../schema/param-plan.js";
import { decodeParam } from "../schema/decode-param.js";
import { addressBytes, mostUrlBytes } from "./address-bytes.js";
import { addEffects } from "./add-effects.js";
import { contentTypeOf, isJson } from "./content-type.js";
import type { Exchange } from "./exchange.js";
import { checkAuth, checkOrigin, checkToken, csrfField, csrfHeader } from "./guard.js";
import { bodyJson, bodyText } from "./read-body.js";
import { paramsOfTexts } from "./read-params.js";
import { readQuery } from "./read-query.js";
import { runCall } from "./run-call.js";
import { validateParams } from "./run-query.js";

/** A route with an answer of its own media type (protocol 3.10). What it changes stands in a header. */
export async function serveView(
  exchange: Exchange,
  plan: ViewPlan,
  pathTexts: ReadonlyMap<string, string>,
): Promise<Response> {
  const { request, url, server } = exchange;
  const isRead = plan.method === "GET";
  if (request.method !== plan.method && !(isRead && request.method === "HEAD")) {
    throw wrongMethod(isRead ? "GET, HEAD" : plan.method);
  }
  if (addressBytes(url) > mostUrlBytes) {
    throw tooLarge(414, `the address is longer than ${mostUrlBytes} bytes`);
  }
  const body = isRead ? {} : await readGuarded(exchange, plan);
  await checkAuth(exchange, plan);
  const { components } = server.contract;
  const texts = new Map<string, readonly string[]>(readQuery(url.search));
  for (const [name, text] of pathTexts) texts.set(name, [text]);
  const params = paramsOfTexts(plan.params, texts, components);
  const args = {
    ...((await validateParams(exchange, plan, params)) as object),
    ...((await validateBody(exchange, plan, body)) as object),
  };
  const outcome = await runCall(exchange, plan, { ...body, ...params }, async (call) => {
    const result: unknown = await plan.handler(args as never, call as never);
    return { result, wire: null };
  });
  const response = toResponse(plan, outcome.result);
  if (!response.headers.has("Cache-Control")) {
    response.headers.set("Cache-Control", "private, no-store");
  }
  const { effects, session } = outcome;
  addEffects(response.headers, isRead ? { ...effects, header: null } : effects, session);
  return response;
}

/** Steps 1, 3 and 4 of protocol 3.7; the token may stand in a field of the form. */
async function readGuarded(exchange: Exchange, plan: ViewPlan): Promise<JsonObject> {
  const { request, server } = exchange;
  const contentType = contentTypeOf(request.headers);
  const takesForm = plan.declaration.encoding !== "json";
  const isForm = takesForm && contentType.media === "application/x-www-form-urlencoded";
  if (!isForm && !isJson(contentType) && !(contentType.media === "" && request.body === null)) {
    throw wrongContentType(takesForm ? "application/x-www-form-urlencoded" : "application/json");
  }
  checkOrigin(exchange);
  const header = request.headers.get(csrfHeader);
  const { bodyBytes } = server.contract.limits;
  if (!isForm) {
    await checkToken(exchange, header);
    const body = await bodyJson(request, bodyBytes);
    if (body !== null && !isObject(body)) throw malformed("expected an object of named values");
    return body ?? {};
  }
  if (header !== null) await checkToken(exchange, header);
  const fields = readQuery(await bodyText(request, bodyBytes));
  if (header === null) await checkToken(exchange, fields.get(csrfField)?.[0] ?? null);
  return formValues(plan, fields, exchange);
}

/** The fields of a form as typed values, by the schema of the input. */
function formValues(
  { input }: ViewPlan,
  fields: ReadonlyMap<string, readonly string[]>,
  { server }: Exchange,
): JsonObject {
  if (input === null) return {};
  const { components } = server.contract;
  const values = Object.entries(membersOf(input, components)).flatMap(
    ([name, schema]): [string, JsonValue][] => {
      const plan = planParam(name, schema, false, components);
      const value = decodeParam(plan, fields.get(name) ?? []);
      return value === undefined ? [] : [[name, value]];
    },
  );
  return Object.fromEntries(values);
}

async function validateBody(
  { server }: Exchange,
  { inputArgs, input }: ViewPlan,
  body: JsonObject,
): Promise<unknown> {
  if (inputArgs === null || input === null) return {};
  const result = await inputArgs.validate(body);
  if (result.issues === undefined) return result.value;
  throw invalid(fieldProblems(result.issues, input, server.contract.components));
}

function toResponse({ declaration, name }: ViewPlan, result: unknown): Response {
  if (result instanceof Response) {
    // A redirect would be followed by fetch, and its headers lost (protocol 3.5).
    return new Response(result.body, result);
  }
  if (typeof result !== "string" && !(result instanceof Uint8Array)) {
    throw new Error(`the view "${name}" answered with neither a Response nor a text nor bytes`);
  }
  const [media = "application/octet-stream"] = declaration.produces;
  const type = media.startsWith("text/") ? `${media}; charset=utf-8` : media;
  return new Response(result as BodyInit, { headers: { "Content-Type": type } });
}
