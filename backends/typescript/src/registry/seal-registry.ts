import { checkDistinct, checkName } from "./check-names.js";
import type { Contract, FunctionPlan } from "./contract.js";
import { Findings } from "./findings.js";
import { groupContexts } from "./group-contexts.js";
import type { Declared, RegistryOptions } from "./registry.js";
import { RegistryError } from "./registry-error.js";
import { draftFunction } from "./draft-function.js";
import { settleFunctions } from "./settle-functions.js";
import { SchemaBook } from "../schema/schema-book.js";
import { scopesOf } from "./scopes-of.js";
import { warnOfTargets } from "./warn-of-targets.js";

const defaultLimits = { urlBytes: 4096, bodyBytes: 1_048_576, invalidate: 64, merge: 64 };

/**
 * Makes the contract of what was declared. Every mistake is found before the first request, and all are said at once.
 *
 * @throws RegistryError
 */
export function sealRegistry<Context extends string, User, Tx>(
  options: RegistryOptions<Context, User, Tx>,
  declared: readonly Declared[],
): Contract {
  const findings = new Findings();
  const base = baseOf(options.base ?? "/", findings);
  for (const { name } of declared) checkName(name, "function", findings, name);
  checkDistinct(
    declared.map(({ name }) => name),
    "function",
    findings,
  );
  checkDistinct(Object.keys(options.contexts), "context", findings);
  stop(findings);

  const book = new SchemaBook(findings, options.converters ?? []);
  const drafts = declared.map((each) => draftFunction(each, book, base));
  const components = book.finish();
  stop(findings);

  const site = { components, findings, settle: book.settle.bind(book) };
  const { functions, resolveTargets } = settleFunctions(drafts, site);
  const grouped = groupContexts(functions, options.contexts, base, findings, components);
  stop(findings);

  const resolved = new Map<string, FunctionPlan>(
    functions.map((each) => [each.name, resolveTargets(each, grouped)]),
  );
  warnOfTargets(resolved, grouped, findings, components);
  stop(findings);

  const contexts = new Map(
    [...grouped].map(([name, context]) => [
      name,
      { ...context, scopes: scopesOf(name, resolved.values()) },
    ]),
  );
  const idempotent = [...resolved.values()].some(
    (each) => each.kind === "mutation" && each.declaration.idempotent === true,
  );
  return {
    info: options.info,
    base,
    session:
      options.session === null
        ? null
        : {
            path: options.session?.path ?? `${base}session/`,
            cookie: options.session?.cookie ?? "sessionid",
          },
    limits: { ...defaultLimits, ...options.limits },
    features: ["rev", "only", ...(idempotent ? ["idempotency"] : [])],
    contexts,
    functions: resolved,
    components,
    warnings: findings.warnings,
  };
}

function stop({ errors }: Findings): void {
  if (errors.length > 0) throw new RegistryError(errors);
}

function baseOf(base: string, findings: Findings): string {
  if (!/^\/(?!\/)[^?#\s\\]*$/.test(base)) {
    findings.report("E102", "base", `"${base}" is no path`, 'begin with one slash: "/api/"');
  }
  return base.endsWith("/") ? base : `${base}/`;
}
