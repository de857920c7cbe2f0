import {
  membersOf,
  requires,
  schemaAt,
  type Components,
  type JsonSchema,
} from "../schema/json-schema.js";
import { planParam, type ParamPlan } from "../schema/param-plan.js";
import { bindParams } from "./bind-params.js";
import { checkFunction } from "./check-function.js";
import type {
  AffectPlan,
  ContextPlan,
  ErrorPlan,
  FunctionPlan,
  MergePlan,
  MutationPlan,
  ViewPlan,
} from "./contract.js";
import type { AffectDeclaration, MergeDeclaration } from "./declaration.js";
import type { Draft } from "./draft-function.js";
import type { Findings } from "./findings.js";
import { nearest } from "./nearest.js";
import { resolveMerge } from "./resolve-merge.js";

interface Site {
  readonly components: Components;
  readonly findings: Findings;
  readonly settle: (schema: JsonSchema) => JsonSchema;
}

type Contexts = ReadonlyMap<string, ContextPlan>;

/** Gives every function its final schemas and params; targets are resolved once the contexts are known. */
export function settleFunctions(
  drafts: readonly Draft[],
  site: Site,
): {
  readonly functions: readonly FunctionPlan[];
  readonly resolveTargets: (plan: FunctionPlan, contexts: Contexts) => FunctionPlan;
} {
  return {
    functions: drafts.map((draft) => {
      const plan = settleFunction(draft, site);
      checkFunction(plan, site.components, site.findings);
      return plan;
    }),
    resolveTargets(plan, contexts) {
      if (plan.kind === "query") return plan;
      const affects = resolveAffects(plan, contexts, site);
      if (plan.kind === "view") return { ...plan, affects };
      return { ...plan, affects, merges: resolveMerges(plan, contexts, site) };
    },
  };
}

function settleFunction(draft: Draft, site: Site): FunctionPlan {
  const { declared, path } = draft;
  const { settle, components } = site;
  const { declaration, name, handler } = declared;
  const auth = declaration.auth ?? "required";
  const common = {
    name,
    handler,
    auth: typeof auth === "string" ? auth : auth.mode,
    permissions: typeof auth === "string" ? [] : (auth.permissions ?? []),
    errors: new Map(
      Object.entries(declaration.errors ?? {}).map(([code, each]): [string, ErrorPlan] => {
        const schema = draft.errors.get(code) ?? null;
        const plan = { status: each.status, schema: schema && settle(schema), declaration: each };
        return [code, plan];
      }),
    ),
  };
  const params = paramsOf(draft, site);
  const input = draft.input && settle(draft.input);
  const output = draft.output && settle(draft.output);
  switch (declared.kind) {
    case "query":
      return {
        ...common,
        kind: "query",
        declaration: declared.declaration,
        context: declared.declaration.context,
        slot: declared.declaration.slot ?? name,
        params,
        args: draft.params,
        output: output ?? { type: "null" },
      };
    case "mutation":
      return {
        ...common,
        kind: "mutation",
        declaration: declared.declaration,
        path,
        input,
        args: draft.inputArgs,
        output,
        outputValidator: declared.declaration.output ?? null,
        formSchema: formSchema(declared.declaration.form?.at ?? [], input, components),
        merges: [],
        affects: [],
      };
    case "view":
      return {
        ...common,
        kind: "view",
        declaration: declared.declaration,
        path,
        method: declared.declaration.method ?? "GET",
        params: params.map((param) => ({
          ...param,
          in: path.includes(`{${param.name}}`) ? ("path" as const) : ("query" as const),
        })),
        args: draft.params,
        input,
        inputArgs: draft.inputArgs,
        affects: [],
      };
  }
}

function paramsOf({ params }: Draft, { settle, components }: Site): ParamPlan[] {
  if (params === null) return [];
  const schema = settle(params.schema);
  return Object.entries(membersOf(schema, components)).map(([name, member]) =>
    planParam(name, member, requires(schema, name, components), components),
  );
}

function formSchema(
  at: readonly string[],
  input: JsonSchema | null,
  components: Components,
): JsonSchema | null {
  return input === null ? null : schemaAt(input, at, components);
}

function inputMembers(
  plan: MutationPlan | ViewPlan,
  { components }: Site,
): Readonly<Record<string, JsonSchema>> {
  const members = plan.input === null ? {} : membersOf(plan.input, components);
  if (plan.kind === "mutation") return members;
  return {
    ...members,
    ...Object.fromEntries(plan.params.map(({ name, schema }) => [name, schema])),
  };
}

function resolveMerges(plan: MutationPlan, contexts: Contexts, site: Site): MergePlan[] {
  return [plan.declaration.merge ?? []].flat().flatMap((merge, index) => {
    const at = `${plan.name}.merge[${index}]`;
    const declaration = typeof merge === "string" ? mergeOf(merge, contexts) : merge;
    const place = {
      at,
      output: plan.output,
      inputMembers: inputMembers(plan, site),
      contexts,
      components: site.components,
    };
    return resolveMerge(place, declaration, site.findings) ?? [];
  });
}

/** `"user.user_profile"`; a context's name may hold dots, so the whole is looked up first. */
function mergeOf(text: string, contexts: Contexts): MergeDeclaration {
  const dot = text.lastIndexOf(".");
  return contexts.has(text) || dot < 0
    ? { context: text }
    : { context: text.slice(0, dot), slot: text.slice(dot + 1) };
}

function resolveAffects(
  plan: MutationPlan | ViewPlan,
  contexts: Contexts,
  site: Site,
): AffectPlan[] {
  return [plan.declaration.affects ?? []].flat().flatMap((affect, index) => {
    const at = `${plan.name}.affects[${index}]`;
    const declaration: AffectDeclaration =
      typeof affect === "string" ? { context: affect } : affect;
    const { context: name, viewers = "all" } = declaration;
    if (name === "*") return { context: "*", params: new Map(), viewers };
    const context = contexts.get(name);
    if (context === undefined) {
      site.findings.report(
        "E220",
        at,
        `there is no context "${name}"${nearest(name, contexts.keys())}`,
        `contexts: ${[...contexts.keys()].join(", ")}; "*" means all`,
      );
      return [];
    }
    const place = {
      at,
      context: name,
      params: context.params,
      inputMembers: inputMembers(plan, site),
      output: plan.kind === "mutation" ? plan.output : null,
      components: site.components,
    };
    return { context: name, params: bindParams(place, declaration.params, site.findings), viewers };
  });
}
