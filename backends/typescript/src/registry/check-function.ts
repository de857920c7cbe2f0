import { schemaAt, membersOf, resolve, type Components } from "../schema/json-schema.js";
import { checkName } from "./check-names.js";
import type { FunctionPlan, MutationPlan, QueryPlan, ViewPlan } from "./contract.js";
import type { Findings } from "./findings.js";

/** Checks that need one function only: names, pages, files, forms, addresses. */
export function checkFunction(
  plan: FunctionPlan,
  components: Components,
  findings: Findings,
): void {
  for (const [code, { status }] of plan.errors) {
    const at = `${plan.name}.errors.${code}`;
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(code)) {
      findings.report("E102", at, `"${code}" is no error code`, "lower case, digits, underscores");
    }
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      findings.report("E102", at, `${status} is no status of an error`, "400 to 599");
    }
  }
  switch (plan.kind) {
    case "query":
      checkQuery(plan, components, findings);
      break;
    case "mutation":
      checkMutation(plan, components, findings);
      break;
    case "view":
      checkView(plan, findings);
      break;
  }
}

function checkQuery(plan: QueryPlan, components: Components, findings: Findings): void {
  const { name, params, declaration } = plan;
  checkName(plan.slot, "slot", findings, `${name}.slot`);
  for (const param of params) checkName(param.name, "param", findings, `${name}.params`);
  const { pagination } = declaration;
  if (pagination === undefined) return;
  const at = `${name}.pagination`;
  for (const param of Object.values(pagination.params)) {
    if (params.some((each) => each.name === param)) continue;
    const help = `params: ${params.map((each) => each.name).join(", ")}`;
    findings.report("E140", at, `there is no param "${param}"`, help);
  }
  for (const part of ["items", "next", "prev", "total"] as const) {
    const path = pagination[part];
    if (path === undefined || schemaAt(plan.output, path, components) !== null) continue;
    const message = `the output has nothing at "${path.join(".")}"`;
    findings.report("E140", `${at}.${part}`, message, "give the path of a declared member");
  }
}

function checkMutation(plan: MutationPlan, components: Components, findings: Findings): void {
  const { name, declaration, input } = plan;
  for (const member of Object.keys(input === null ? {} : membersOf(input, components))) {
    checkName(member, "argument", findings, `${name}.input`);
  }
  for (const { path } of declaration.files ?? []) {
    if (input !== null && schemaAt(input, path, components) !== null) continue;
    const help = "give the path of a file in the input";
    findings.report("E230", `${name}.files`, `the input has nothing at "${path.join(".")}"`, help);
  }
  const { form } = declaration;
  if (form === undefined) return;
  if (plan.formSchema === null) {
    const message = `the input has nothing at "${(form.at ?? []).join(".")}"`;
    findings.report("E231", `${name}.form.at`, message, "give the path of the form in the input");
    return;
  }
  const members = membersOf(resolve(plan.formSchema, components), components);
  for (const field of Object.keys(form.fields ?? {})) {
    if (Object.hasOwn(members, field)) continue;
    const help = `members: ${Object.keys(members).join(", ")}`;
    findings.report("E231", `${name}.form.fields`, `the form has no member "${field}"`, help);
  }
}

function checkView({ name, path, params, declaration }: ViewPlan, findings: Findings): void {
  if (!/^\/(?!\/)[^?#\s\\]*$/.test(path)) {
    findings.report("E102", `${name}.path`, `"${path}" is no path`, "begin with one slash");
  }
  for (const [, template = ""] of path.matchAll(/\{([^}]*)\}/g)) {
    if (params.some((param) => param.name === template && param.scalar !== null)) continue;
    const message = `the path names "${template}", which is no param with a text of its own`;
    findings.report("E111", `${name}.path`, message, `declare it: params: { ${template}: … }`);
  }
  if (declaration.produces.length === 0) {
    findings.report("E102", `${name}.produces`, "no media type", 'e.g. ["text/csv"]');
  }
}
