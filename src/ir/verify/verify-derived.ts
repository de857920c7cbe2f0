import { quote } from "../../diagnostics/quote.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type {
  ContextEntry,
  MutationEntry,
  ParamEntry,
  ViewEntry,
} from "../normalise/normal-form.js";
import type { ResolvedTargets } from "./resolve-targets.js";
import { differenceOf } from "./verify-params.js";
import type { Verification } from "./verification.js";
import { listNames } from "./list-names.js";

const fix = "export the document again in one piece; the functions' entries are the truth";

/** E120: what `x-mizan.contexts` says of functions, params and scopes is what follows from the functions. */
export function verifyDerived(
  verification: Verification,
  targets: ReadonlyMap<MutationEntry | ViewEntry, ResolvedTargets>,
): void {
  const { meta } = verification.normal;
  for (const [name, declared] of meta.contexts) {
    const group = verification.contexts.get(name);
    verification.steps.run("declared checks", name, [declared, group], () => {
      verifyFunctions(verification, declared, group);
      if (group !== undefined) verifyParams(verification, declared, group);
    });
  }
  if (meta.strict && meta.contexts.size > 0) {
    for (const { name, declared } of verification.contexts.values()) {
      if (declared !== undefined) continue;
      verification.report(
        "E120",
        name,
        `x-mizan.contexts has no context ${quote(name.value)}${verification.nearest(name.value, meta.contexts.keys())}`,
        { help: fix },
      );
    }
  }
  verifyScopes(verification, targets);
}

function verifyFunctions(
  verification: Verification,
  declared: ContextEntry,
  group: ContextGroup | undefined,
): void {
  if (declared.functions === undefined) return;
  const names = new Set(group?.queries.map(({ name }) => name.value));
  const listed = new Set<string>();
  const context = quote(declared.name.value);
  for (const item of declared.functions.value) {
    const isTwice = listed.has(item.value);
    listed.add(item.value);
    if (isTwice) {
      const message = `the functions of the context ${context} list ${quote(item.value)} twice`;
      verification.report("E120", item, message, { help: fix });
      continue;
    }
    if (names.has(item.value)) continue;
    verification.report(
      "E120",
      item,
      `${quote(item.value)} is no function of the context ${context}${verification.nearest(item.value, names)}`,
      { help: fix },
    );
  }
  for (const query of group?.queries ?? []) {
    if (listed.has(query.name.value)) continue;
    verification.report(
      "E120",
      declared.functions,
      `the functions of the context ${context} lack ${quote(query.name.value)}`,
      { help: fix, related: [{ pointer: query.context.pointer, message: "names the context" }] },
    );
  }
}

function verifyParams(
  verification: Verification,
  declared: ContextEntry,
  group: ContextGroup,
): void {
  if (declared.params === undefined) return;
  const context = quote(declared.name.value);
  const listed = new Set<string>();
  for (const param of declared.params.value) {
    const name = param.name.value;
    listed.add(name);
    const derived = group.params.get(name);
    if (derived === undefined) {
      verification.report(
        "E120",
        param.name,
        `no function of the context ${context} has the param ${quote(name)}${verification.nearest(name, group.params.keys())}`,
        { help: fix },
      );
      continue;
    }
    verifyParam(verification, param, derived.param, derived.required, context);
  }
  for (const [name, { param }] of group.params) {
    if (listed.has(name)) continue;
    verification.report(
      "E120",
      declared.params,
      `the params of the context ${context} lack ${quote(name)}`,
      { help: fix, related: [{ pointer: param.pointer, message: "has the param" }] },
    );
  }
}

function verifyParam(
  verification: Verification,
  declared: ParamEntry,
  derived: ParamEntry,
  required: boolean,
  context: string,
): void {
  const name = quote(declared.name.value);
  const related = [{ pointer: derived.pointer, message: "the function's param" }];
  const difference = differenceOf(verification.document, derived, declared);
  if (difference !== null) {
    verification.report(
      "E120",
      difference.place,
      `the param ${name} of the context ${context} has another ${difference.what} than in its functions`,
      { help: fix, related },
    );
  }
  if (declared.required === required) return;
  verification.report(
    "E120",
    declared,
    `the param ${name} of the context ${context} is ${required ? "required" : "optional"} in its functions`,
    { help: fix, related },
  );
}

/** Each set of params that a mutation invalidates by is a declared scope: else no entry depends on its stamp. */
function verifyScopes(
  verification: Verification,
  targets: ReadonlyMap<MutationEntry | ViewEntry, ResolvedTargets>,
): void {
  const scopes = new Map<string, Set<string>>();
  for (const { name, declared, params } of verification.contexts.values()) {
    if (declared?.scopes === undefined) continue;
    scopes.set(
      name.value,
      new Set(
        declared.scopes.value.map(({ value }) => scopeKey(value.map((param) => param.value))),
      ),
    );
    for (const param of declared.scopes.value.flatMap(({ value }) => value)) {
      if (params.has(param.value)) continue;
      verification.report(
        "E120",
        param,
        `the context ${quote(name.value)} has no param ${quote(param.value)}${verification.nearest(param.value, params.keys())}`,
        { help: fix },
      );
    }
  }
  if (scopes.size === 0) return;
  for (const { merges, affects } of targets.values()) {
    for (const { entry, target } of [
      ...merges.map(({ entry, merge }) => ({ entry, target: merge })),
      ...affects.map(({ entry, affect }) => ({ entry, target: affect })),
    ]) {
      const names = target.params.map(({ param }) => param);
      const declared = verification.contexts.get(target.context)?.declared;
      if (names.length === 0 || declared?.scopes === undefined) continue;
      if (scopes.get(target.context)?.has(scopeKey(names)) !== false) continue;
      verification.report(
        "E120",
        declared.scopes,
        `the scopes of the context ${quote(target.context)} lack [${listNames(names)}]`,
        { help: fix, related: [{ pointer: entry.pointer, message: "changes the context by it" }] },
      );
    }
  }
}

function scopeKey(names: readonly string[]): string {
  return JSON.stringify([...names].sort());
}
