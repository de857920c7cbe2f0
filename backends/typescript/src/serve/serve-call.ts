import { isObject, type JsonObject, type JsonValue } from "../json/json-value.js";
import { toWire } from "../json/to-wire.js";
import { readMultipart } from "../multipart/read-multipart.js";
import { fieldProblems } from "../problem/field-problems.js";
import {
  invalid,
  malformed,
  notAcceptable,
  wrongContentType,
  wrongMethod,
} from "../problem/problems.js";
import type { MutationPlan } from "../registry/contract.js";
import { wireValue } from "../schema/wire-value.js";
import { jsonAnswer, type Answer } from "./answer.js";
import { checkOutput } from "./check-output.js";
import { acceptsJson, contentTypeOf, isJson } from "./content-type.js";
import type { Exchange } from "./exchange.js";
import { checkAuth, checkOrigin, checkProtocol, checkToken, csrfHeader } from "./guard.js";
import { onceByKey } from "./once-by-key.js";
import { bodyJson } from "./read-body.js";
import { readQuery } from "./read-query.js";
import { runCall } from "./run-call.js";
import { addEffects } from "./add-effects.js";

/** `POST {base}call/<fn>` (protocol 3.4). The checks stand in the order of 3.7; nothing is read before they have passed. */
export async function serveCall(exchange: Exchange, plan: MutationPlan): Promise<Answer> {
  const { request, url } = exchange;
  const { declaration } = plan;
  if (request.method !== "POST") throw wrongMethod("POST");
  const contentType = contentTypeOf(request.headers);
  const isMultipart = (declaration.files ?? []).length > 0;
  if (isMultipart ? contentType.media !== "multipart/form-data" : !isJson(contentType)) {
    throw wrongContentType(isMultipart ? "multipart/form-data" : "application/json");
  }
  if (!acceptsJson(request.headers)) throw notAcceptable();
  checkProtocol(exchange, true);
  if (declaration.csrf !== false) {
    checkOrigin(exchange);
    await checkToken(exchange, request.headers.get(csrfHeader));
  }
  await checkAuth(exchange, plan);
  const isValidation = readQuery(url.search).has("_validate");
  const body = isMultipart
    ? await readMultipart(exchange, plan, contentType.parameters.get("boundary") ?? "")
    : await bodyJson(request, exchange.server.contract.limits.bodyBytes);
  if (isValidation) {
    await validateInput(exchange, plan, body);
    const headers = new Headers({ "Cache-Control": "private, no-store" });
    return { status: 204, headers, body: null };
  }
  if (declaration.idempotent !== true) return execute(exchange, plan, body);
  return onceByKey(exchange, plan.name, body, () => execute(exchange, plan, body));
}

async function execute(exchange: Exchange, plan: MutationPlan, body: unknown): Promise<Answer> {
  const { args, wire } = await validateInput(exchange, plan, body);
  const outcome = await runCall(exchange, plan, wire, async (call) => {
    const value: unknown = await plan.handler(args as never, call as never);
    const result: JsonValue =
      plan.outputValidator === null
        ? null
        : toWire(await checkOutput(plan.name, plan.outputValidator, value));
    return { result, wire: result };
  });
  const { result, effects, redirect, session } = outcome;
  const answer = jsonAnswer(
    {
      result,
      invalidate: effects.invalidate,
      merge: effects.merge,
      ...(redirect !== null && { redirect }),
    },
    { "Cache-Control": "private, no-store" },
  );
  addEffects(answer.headers, effects, session);
  return answer;
}

/**
 * The arguments of a call, and the same as the wire carries them, for what is bound to them.
 *
 * @throws MizanProblem 400 for what is no object, 422
 */
async function validateInput(
  { server }: Exchange,
  plan: MutationPlan,
  body: unknown,
): Promise<{ readonly args: unknown; readonly wire: JsonObject }> {
  if (body !== null && !isObject(body)) throw malformed("expected an object of named arguments");
  const { args, input, declaration } = plan;
  if (args === null || input === null) return { args: {}, wire: {} };
  const { components } = server.contract;
  const result = await args.validate(body ?? {});
  if (result.issues !== undefined) {
    const { at = [], fields = {} } = declaration.form ?? {};
    const secrets = Object.entries(fields).flatMap(([name, { sensitive }]) =>
      sensitive === true ? [[...at, name]] : [],
    );
    throw invalid(fieldProblems(result.issues, input, components, secrets));
  }
  const wire = wireValue((body ?? {}) as JsonValue, input, components);
  return { args: result.value, wire: isObject(wire) ? wire : {} };
}
