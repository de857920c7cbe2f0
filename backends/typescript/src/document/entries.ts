import type {
  Bindings,
  AffectPlan,
  FunctionPlan,
  MergePlan,
  MutationPlan,
  QueryPlan,
  ViewPlan,
  ContextPlan,
} from "../registry/contract.js";
import type { FileDeclaration } from "../registry/declaration.js";
import type { ParamPlan } from "../schema/param-plan.js";
import { present } from "./present.js";

/** An entry of `x-mizan-functions` in its strict form (protocol 2.2). */
export function entryOf(plan: FunctionPlan): Record<string, unknown> {
  switch (plan.kind) {
    case "query":
      return queryEntry(plan);
    case "mutation":
      return mutationEntry(plan);
    case "view":
      return viewEntry(plan);
  }
}

function commonOf(plan: FunctionPlan): Record<string, unknown> {
  const { declaration, errors, auth, permissions } = plan;
  const { module, summary, description, tags, deprecated, stability } = declaration;
  return {
    auth: present({ mode: auth, permissions: permissions.length > 0 ? permissions : undefined }),
    ...present({
      errors:
        errors.size === 0
          ? undefined
          : Object.fromEntries(
              [...errors].map(
                ([
                  code,
                  {
                    status,
                    schema,
                    declaration: { description: text },
                  },
                ]) => [code, present({ status, schema: schema ?? undefined, description: text })],
              ),
            ),
      module,
      summary,
      description,
      tags,
      deprecated,
      stability,
    }),
  };
}

function queryEntry(plan: QueryPlan): Record<string, unknown> {
  const { declaration, context, slot, name, params, output } = plan;
  const { key, optional, pagination } = declaration;
  return {
    kind: "query",
    context,
    ...present({ slot: slot === name ? undefined : slot }),
    params: params.map(paramEntry),
    output,
    ...commonOf(plan),
    ...present({ key, optional: optional === true ? true : undefined, pagination }),
  };
}

function mutationEntry(plan: MutationPlan): Record<string, unknown> {
  const { declaration, input, output, formSchema, merges, affects, path } = plan;
  const { files = [], form, idempotent, csrf, session, concurrency } = declaration;
  return {
    kind: "mutation",
    input,
    output,
    ...commonOf(plan),
    ...present({
      encoding: files.length > 0 ? "multipart" : undefined,
      files: files.length > 0 ? files.map(fileEntry) : undefined,
      form:
        form === undefined
          ? undefined
          : present({
              schema: formSchema ?? {},
              at: form.at,
              fields: form.fields,
              initial: form.initial,
              validate: `${path}?_validate=1`,
            }),
      merge: merges.length > 0 ? merges.map(mergeEntry) : undefined,
      affects: affects.length > 0 ? affects.map(affectEntry) : undefined,
      idempotent: idempotent === true ? true : undefined,
      csrf: csrf === false ? false : undefined,
      session: session === "change" ? session : undefined,
      concurrency: concurrency === "parallel" ? undefined : concurrency,
    }),
  };
}

function viewEntry(plan: ViewPlan): Record<string, unknown> {
  const { declaration, method, path, params, input, affects } = plan;
  return {
    kind: "view",
    method,
    path,
    params: params.map((param) => ({
      ...paramEntry(param),
      ...(param.in === "path" && { in: "path" }),
    })),
    ...present({
      input: input ?? undefined,
      encoding: input === null ? undefined : (declaration.encoding ?? "form"),
    }),
    produces: declaration.produces,
    ...commonOf(plan),
    ...present({ affects: affects.length > 0 ? affects.map(affectEntry) : undefined }),
  };
}

export function paramEntry({
  name,
  required,
  schema,
  encoding,
}: ParamPlan): Record<string, unknown> {
  return { name, required, schema, encoding };
}

/** An entry of `x-mizan.contexts`. */
export function contextEntry({
  path,
  declaration,
  queries,
  params,
  scopes,
}: ContextPlan): Record<string, unknown> {
  const { cache, summary, description } = declaration;
  return {
    path,
    cache,
    ...present({ summary, description }),
    functions: queries.map(({ name }) => name),
    params: [...params.values()].map(paramEntry),
    scopes,
  };
}

function fileEntry({
  path,
  multiple = false,
  maxBytes,
  maxCount,
  accept,
}: FileDeclaration): Record<string, unknown> {
  return present({ path, multiple, maxBytes, maxCount, accept });
}

function mergeEntry({
  context,
  slot,
  mode,
  key,
  params,
  declaration,
}: MergePlan): Record<string, unknown> {
  const { at, value, onNull } = declaration;
  return present({
    context,
    slot,
    mode,
    key: key ?? undefined,
    at,
    value,
    params: bindingsEntry(params),
    onNull,
  });
}

function affectEntry({ context, params, viewers }: AffectPlan): Record<string, unknown> {
  return present({
    context,
    params: bindingsEntry(params),
    viewers: viewers === "self" ? viewers : undefined,
  });
}

const bindingsEntry = (params: Bindings): Record<string, unknown> | undefined =>
  params.size === 0 ? undefined : Object.fromEntries(params);
