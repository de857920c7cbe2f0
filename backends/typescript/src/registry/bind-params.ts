import type { JsonSchema } from "../schema/json-schema.js";
import { resolve, schemaAt, withoutNull, type Components } from "../schema/json-schema.js";
import type { ParamPlan } from "../schema/param-plan.js";
import { sameSchema } from "../schema/same-schema.js";
import type { Bindings } from "./contract.js";
import type { ScopeDeclaration } from "./declaration.js";
import type { Findings } from "./findings.js";
import { genericNames } from "./generic-names.js";
import { nearest } from "./nearest.js";
import type { Source } from "./sources.js";

export interface BindingSite {
  readonly at: string;
  readonly context: string;
  readonly params: ReadonlyMap<string, ParamPlan>;
  /** Members of the call's arguments. */
  readonly inputMembers: Readonly<Record<string, JsonSchema>>;
  readonly output: JsonSchema | null;
  readonly components: Components;
}

/** Binds the params of a target: as declared, else those of the same name and type (protocol 2.4). Reports E211 and W310. */
export function bindParams(
  site: BindingSite,
  declared: ScopeDeclaration | undefined,
  findings: Findings,
): Bindings {
  return declared === undefined
    ? bindByName(site, findings)
    : bindDeclared(site, declared, findings);
}

function bindByName(site: BindingSite, findings: Findings): Bindings {
  const bindings = new Map<string, Source>();
  for (const [name, param] of site.params) {
    const member = Object.hasOwn(site.inputMembers, name) ? site.inputMembers[name] : undefined;
    if (member === undefined || !sameSchema(param.schema, member, site.components)) continue;
    if (!genericNames.has(name)) {
      bindings.set(name, { from: "input", path: [name] });
      continue;
    }
    findings.report(
      "W310",
      site.at,
      `the param "${name}" of the context "${site.context}" is not bound to the input's "${name}": the name is generic`,
      `bind it when it is the same thing: params: { ${name}: input("${name}") }, else params: {}`,
    );
  }
  return bindings;
}

function bindDeclared(site: BindingSite, declared: ScopeDeclaration, findings: Findings): Bindings {
  const { params, at, context } = site;
  for (const name of Object.keys(declared)) {
    if (params.has(name)) continue;
    findings.report(
      "E211",
      at,
      `the context "${context}" has no param "${name}"${nearest(name, params.keys())}`,
      params.size === 0 ? "it has no params" : `its params: ${[...params.keys()].join(", ")}`,
    );
  }
  const bindings = new Map<string, Source>();
  for (const [name, param] of params) {
    const source = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (source === undefined) continue;
    bindings.set(name, source);
    if ("const" in source || source.from === "server") continue;
    const path = source.path.join(".");
    const found = sourceSchema(site, source);
    if (found === null) {
      const help = "give the path of a declared member";
      findings.report("E211", at, `the ${source.from} has nothing at "${path}"`, help);
    } else if (!fits(found, param.schema, site.components)) {
      const message = `the ${source.from}'s "${path}" has another type than the param "${name}"`;
      findings.report("E211", at, message, "bind a value of the param's type");
    }
  }
  return bindings;
}

function sourceSchema(
  { inputMembers, output, components }: BindingSite,
  source: Extract<Source, { path: unknown }>,
): JsonSchema | null {
  if (source.from === "result") {
    return output === null ? null : schemaAt(output, source.path, components);
  }
  return schemaAt({ type: "object", properties: inputMembers }, source.path, components);
}

/** By type: bounds do not count, an integer is a number, a listed string is a string, null binds nothing (decision 004). */
function fits(source: JsonSchema, target: JsonSchema, components: Components): boolean {
  if (sameSchema(source, target, components)) return true;
  const core = (schema: JsonSchema): JsonSchema =>
    resolve(withoutNull(resolve(schema, components)).schema, components);
  const [from, to] = [core(source), core(target)];
  if (from["type"] === "integer" && to["type"] === "number") return true;
  if (from["type"] !== to["type"] || typeof from["type"] !== "string") return false;
  return ["integer", "number", "boolean"].includes(from["type"])
    ? true
    : from["type"] === "string" && (from["format"] ?? null) === (to["format"] ?? null);
}
