import type { Diagnostics } from "../diagnostics/diagnostics.js";
import type { Document } from "../document/document.js";
import type { Api } from "./api.js";
import { groupContexts } from "./contexts/group-contexts.js";
import { Addresses } from "./functions/addresses.js";
import { ApiAssembly } from "./functions/api-assembly.js";
import { buildContexts } from "./functions/build-context.js";
import { buildMutations } from "./functions/build-mutation.js";
import { buildViews } from "./functions/build-view.js";
import { ClientNames } from "./functions/choose-names.js";
import { contractOf } from "./functions/contract.js";
import { mapFunctions } from "./functions/map-functions.js";
import { nameFilter } from "./functions/name-filter.js";
import { nameFunctions } from "./functions/name-functions.js";
import { TypeSource } from "./functions/type-source.js";
import { NameRegistry } from "./names/name-registry.js";
import { normaliseDocument } from "./normalise/normalise-document.js";
import { RememberingSteps } from "./steps/remembering-steps.js";
import type { StepMemory } from "./steps/step-memory.js";
import { EveryStep, type Steps } from "./steps/steps.js";
import type { ApiOptions } from "./options.js";
import { SchemaMapper } from "./schema/schema-mapper.js";
import { isObject, own } from "./shape/schema-at.js";
import { verifyContract } from "./verify/verify-contract.js";

/**
 * Builds the typed model of a document: normalises the extensions, verifies every promise in them, maps every schema that a function
 * reaches, chooses every name. Null if and only if there are errors; all findings are in `diagnostics`.
 *
 * @param memory what the last build has left, for a watch: what has not changed since is not done again, and is the same object
 */
export function buildApi(
  document: Document,
  options: ApiOptions,
  diagnostics: Diagnostics,
  memory?: StepMemory,
): Api | null {
  const steps =
    memory === undefined
      ? new EveryStep(document, diagnostics)
      : new RememberingSteps(document, diagnostics, memory);
  const api = build(steps, options);
  if (diagnostics.hasErrors) memory?.forget();
  memory?.end();
  return api;
}

function build(steps: Steps, options: ApiOptions): Api | null {
  const { document, diagnostics } = steps;
  steps.assume("options", JSON.stringify(options));
  steps.assume("version", document.openapi);
  const isIncluded = nameFilter(options.include, options.exclude);
  const normal = normaliseDocument(steps, isIncluded);
  if (normal === null) return null;
  if (
    normal.functions.length > 0 &&
    normal.functions.every(({ name }) => !isIncluded(name.value))
  ) {
    const message = `none of the ${String(normal.functions.length)} functions is included`;
    diagnostics.report("E100", normal.pointer, message, {
      help: 'check "include" and "exclude": they are matched against the names in the document',
    });
    return null;
  }

  const groups = groupContexts(steps, normal);
  const verified = verifyContract(steps, normal, groups);

  const registry = new NameRegistry();
  const mapper = new SchemaMapper(steps, options, registry);
  const source = new TypeSource(steps, mapper, verified.broken);
  const mapped = mapFunctions(normal, groups, source);
  const types = mapper.finish();
  if (diagnostics.hasErrors) return null;

  const given = {
    components: mapper.plainNames,
    types: new Set(types.types.map(({ name }) => name)),
    excluded: normal.excluded,
  };
  const clientNames = new ClientNames(steps, registry, given);
  const named = { names: clientNames, steps, basis: mapper.basis };
  const names = nameFunctions(normal, groups, mapped, types, named);
  const addresses = new Addresses(normal);
  steps.assume("base", addresses.base);
  const assembly = new ApiAssembly({
    ...{ steps, verified, mapped, types, names, addresses },
  });
  return {
    ...titleOf(document),
    contract: contractOf(normal, addresses, options),
    types: types.types,
    contexts: buildContexts(assembly),
    mutations: buildMutations(assembly),
    views: buildViews(assembly),
  };
}

function titleOf({ root }: Document): Pick<Api, "title" | "version"> {
  const info = own(root, "info");
  const title = isObject(info) ? own(info, "title") : undefined;
  const version = isObject(info) ? own(info, "version") : undefined;
  return {
    title: typeof title === "string" ? title : "",
    version: typeof version === "string" ? version : "",
  };
}
