import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";
import type { Api, Param } from "../../ir/api.js";
import { buildApi } from "../../ir/build-api.js";
import { toSchema31 } from "../../ir/normalise/schema-31.js";
import { defaultApiOptions } from "../../ir/options.js";
import { isList, own } from "../../ir/shape/schema-at.js";
import { readStrictForm } from "../../ir/strict-form/read-strict-form.js";
import type {
  ContextContract,
  Contract,
  DeclaredError,
  MutationContract,
  ParamContract,
  ViewContract,
} from "./contract.js";

/** The promises of a document. Null when the document itself is wrong, which `diagnostics` says. */
export function readContract(document: Document, diagnostics: Diagnostics): Contract | null {
  const api = buildApi(document, defaultApiOptions, diagnostics);
  // What the strict form would say of the document has been said.
  const strict = api && readStrictForm(document, new Diagnostics());
  if (api === null || strict === null) return null;
  const entries = strict["x-mizan-functions"];
  const declared = member(strict["x-mizan"], "contexts");
  const of = (name: string): JsonObject => member(entries, name);
  return {
    title: api.title,
    base: api.contract.base,
    fingerprint: api.contract.fingerprint,
    sessionPath: api.contract.sessionPath,
    features: api.contract.features,
    limits: api.contract.limits,
    components: componentsOf(document),
    contexts: api.contexts.map((context) =>
      contextOf(context, member(declared, context.wireName), of),
    ),
    mutations: api.mutations.map((mutation) => mutationOf(mutation, of(mutation.wireName))),
    views: api.views.map((view) => viewOf(view, of(view.wireName))),
  };
}

function contextOf(
  context: Api["contexts"][number],
  declared: JsonObject,
  entryOf: (name: string) => JsonObject,
): ContextContract {
  const swr = own(member(declared, "cache"), "swr");
  const schemas = context.queries.flatMap(({ wireName }) => paramsOf(entryOf(wireName)));
  return {
    name: context.wireName,
    path: context.path,
    scope: context.cache.scope,
    ttl: context.cache.ttl,
    swr: typeof swr === "number" ? swr : undefined,
    params: withSchemas(context.params, schemas),
    queries: context.queries.map((query) => ({
      ...commonOf(query, entryOf(query.wireName)),
      slot: query.slot,
      params: query.params,
      output: own(entryOf(query.wireName), "output") ?? {},
      key: query.key,
    })),
  };
}

function mutationOf(mutation: Api["mutations"][number], entry: JsonObject): MutationContract {
  const { path, encoding, files, merges, affects, idempotent, csrf, session } = mutation;
  return {
    ...commonOf(mutation, entry),
    ...{ path, encoding, files, merges, affects, idempotent, csrf, session },
    input: own(entry, "input") ?? null,
    output: own(entry, "output") ?? null,
    form: mutation.form !== null,
  };
}

function viewOf(view: Api["views"][number], entry: JsonObject): ViewContract {
  const { method, path, encoding, produces, affects } = view;
  return {
    ...commonOf(view, entry),
    ...{ method, path, encoding, produces, affects },
    params: withSchemas(view.params, paramsOf(entry)),
    input: own(entry, "input") ?? null,
  };
}

function commonOf(
  { wireName, auth, errors }: Pick<Api["mutations"][number], "wireName" | "auth" | "errors">,
  entry: JsonObject,
): {
  name: string;
  auth: "none" | "optional" | "required";
  errors: DeclaredError[];
  examples: readonly JsonValue[];
} {
  const declared = member(entry, "errors");
  const examples = own(entry, "examples");
  return {
    name: wireName,
    auth: auth.mode,
    errors: errors.map(({ code, status }) => ({
      code,
      status,
      schema: own(member(declared, code), "schema"),
    })),
    examples: isList(examples) ? examples : [],
  };
}

function withSchemas(params: readonly Param[], printed: readonly JsonObject[]): ParamContract[] {
  return params.map(({ name, in: place, required, codec }) => {
    const found = printed.find((param) => param["name"] === name);
    return { name, in: place, required, codec, schema: (found && own(found, "schema")) ?? {} };
  });
}

function paramsOf(entry: JsonObject): readonly JsonObject[] {
  const params = own(entry, "params");
  return isList(params) ? params.filter(isObject) : [];
}

/** The components that schemas refer to, in the forms of OpenAPI 3.1. */
function componentsOf(document: Document): JsonObject {
  const components = member(document.root, "components");
  const schemas = member(components, "schemas");
  if (document.openapi !== "3.0") return { schemas };
  return {
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, toSchema31(schema)]),
    ),
  };
}

function member(object: JsonObject, name: string): JsonObject {
  const value = own(object, name);
  return isObject(value) ? value : {};
}
