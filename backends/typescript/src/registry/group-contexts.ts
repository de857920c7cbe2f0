import { planParam, type ParamPlan } from "../schema/param-plan.js";
import type { Components } from "../schema/json-schema.js";
import { jsonText } from "../json/json-text.js";
import type { ContextPlan, FunctionPlan, QueryPlan } from "./contract.js";
import type { ContextDeclaration } from "./declaration.js";
import type { Findings } from "./findings.js";
import { nearest } from "./nearest.js";

/** Gathers the queries of each context, in order of first use, and joins their params (protocol 2.3). */
export function groupContexts(
  functions: readonly FunctionPlan[],
  declarations: Readonly<Record<string, ContextDeclaration>>,
  base: string,
  findings: Findings,
  components: Components,
): Map<string, ContextPlan> {
  const queries = new Map<string, QueryPlan[]>();
  for (const each of functions) {
    if (each.kind !== "query") continue;
    if (!Object.hasOwn(declarations, each.context)) {
      findings.report(
        "E200",
        `${each.name}.context`,
        `there is no context "${each.context}"${nearest(each.context, Object.keys(declarations))}`,
        `declare it with its cache: contexts: { ${each.context}: { cache: { scope: "private", ttl: 60 } } }`,
      );
    } else {
      queries.set(each.context, [...(queries.get(each.context) ?? []), each]);
    }
  }
  for (const name of Object.keys(declarations)) {
    checkContextName(name, findings);
    if (queries.has(name)) continue;
    const help = "leave it out, or give a query this context";
    findings.report("E120", `contexts.${name}`, "no query is a member of the context", help);
  }
  return new Map(
    [...queries].map(([name, members]): [string, ContextPlan] => {
      const declaration = { cache: { scope: "none" } as const, ...declarations[name] };
      checkSlots(name, members, findings);
      checkPublic(name, declaration, members, findings);
      const params = joinParams(name, members, findings, components);
      const path = `${base}ctx/${name}/`;
      return [name, { name, path, declaration, queries: members, params, scopes: [] }];
    }),
  );
}

function joinParams(
  context: string,
  queries: readonly QueryPlan[],
  findings: Findings,
  components: Components,
): Map<string, ParamPlan> {
  const joined = new Map<string, ParamPlan>();
  for (const query of queries) {
    for (const param of query.params) {
      const known = joined.get(param.name);
      if (known === undefined) {
        joined.set(param.name, param);
      } else if (jsonText(known.schema) !== jsonText(param.schema)) {
        findings.report(
          "E110",
          `${query.name}.params.${param.name}`,
          `another function of the context "${context}" has a param of this name with another schema`,
          "give both the same schema, or one of them another name or context",
        );
      } else if (param.required && !known.required) {
        joined.set(param.name, planParam(param.name, param.schema, true, components));
      }
    }
  }
  return joined;
}

function checkContextName(name: string, findings: Findings): void {
  if (/^[A-Za-z][A-Za-z0-9_.-]{0,127}$/.test(name) && !/^(constructor|prototype)$/.test(name))
    return;
  const help = "letters, digits, dots, dashes and underscores, beginning with a letter";
  findings.report("E102", `contexts.${name}`, `"${name}" is no name of a context`, help);
}

function checkSlots(context: string, queries: readonly QueryPlan[], findings: Findings): void {
  const seen = new Set<string>();
  for (const { slot, name } of queries) {
    if (seen.has(slot)) {
      const message = `the context "${context}" has two slots "${slot}"`;
      findings.report("E101", `${name}.slot`, message, "give one of them another slot");
    }
    seen.add(slot);
  }
}

/** E130: what is stored for everybody depends on nobody. */
function checkPublic(
  name: string,
  { cache }: ContextPlan["declaration"],
  queries: readonly QueryPlan[],
  findings: Findings,
): void {
  if (cache.scope !== "public") return;
  const asking = queries.filter(({ auth }) => auth !== "none").map((query) => `"${query.name}"`);
  if (asking.length === 0) return;
  findings.report(
    "E130",
    `contexts.${name}`,
    `the context is public, but ${asking.join(", ")} may depend on who is calling`,
    'declare auth: "none", or make the context private',
  );
}
