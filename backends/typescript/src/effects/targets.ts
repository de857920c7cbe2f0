import { isObject, type JsonObject, type JsonValue } from "../json/json-value.js";
import type {
  AffectPlan,
  Bindings,
  Contract,
  ContextPlan,
  MergePlan,
  MutationPlan,
  ViewPlan,
} from "../registry/contract.js";
import type { Source } from "../registry/sources.js";
import { wireValue } from "../schema/wire-value.js";

/** One thing that a call has changed: a context, as far as its params are bound, and a value to be spliced in if there is one. */
export interface Target {
  readonly context: ContextPlan | "*";
  readonly params: JsonObject;
  readonly viewers: "all" | "self";
  readonly merge: { readonly plan: MergePlan; readonly value: JsonValue } | null;
}

/** What bindings are taken from. */
export interface Bound {
  /** Wire values of the arguments, params of a view included. */
  readonly input: JsonObject;
  readonly result: JsonValue;
  /** What the handler said by `scope`, by context. */
  readonly scopes: ReadonlyMap<string, JsonObject>;
}

/** The targets of a call that succeeded: merges, then invalidations (protocol 3.4). */
export function targetsOf(
  contract: Contract,
  plan: MutationPlan | ViewPlan,
  bound: Bound,
): Target[] {
  const merges = plan.kind === "mutation" ? plan.merges : [];
  return [
    ...merges.flatMap((merge) => mergeTarget(contract, merge, bound)),
    ...plan.affects.flatMap((affect) => affectTarget(contract, affect, bound)),
  ];
}

function mergeTarget(contract: Contract, plan: MergePlan, bound: Bound): Target[] {
  const context = contract.contexts.get(plan.context);
  if (context === undefined) return [];
  const params = bind(contract, context, plan.params, bound);
  const value = valueAt(bound.result, plan.declaration.value ?? []) ?? null;
  const { onNull = "invalidate" } = plan.declaration;
  const target = { context, params, viewers: "all", merge: { plan, value } } as const;
  // A value whose place is not fully known would be written where it does not belong.
  const isComplete = [...plan.params.keys()].every((name) => Object.hasOwn(params, name));
  if (isComplete && value !== null) return [target];
  if (value === null && onNull === "ignore") return [];
  return isComplete && onNull === "null" ? [target] : [{ ...target, merge: null }];
}

function affectTarget(contract: Contract, plan: AffectPlan, bound: Bound): Target[] {
  const { viewers } = plan;
  if (plan.context === "*") return [{ context: "*", params: {}, viewers, merge: null }];
  const context = contract.contexts.get(plan.context);
  if (context === undefined) return [];
  return [{ context, params: bind(contract, context, plan.params, bound), viewers, merge: null }];
}

/** The bound params. A null binds nothing: the target is wider then. */
function bind(
  contract: Contract,
  context: ContextPlan,
  bindings: Bindings,
  bound: Bound,
): JsonObject {
  const values = [...bindings].map(([name, source]): [string, JsonValue | undefined] => [
    name,
    sourceValue(source, name, context.name, bound),
  ]);
  return knownParams(contract, context, Object.fromEntries(values));
}

/** The params of a context among values, in their one spelling; what is null or unknown is left out. */
export function knownParams(
  contract: Contract,
  context: ContextPlan,
  values: Readonly<Record<string, JsonValue | undefined>>,
): JsonObject {
  const known = [...context.params].flatMap(([name, param]): [string, JsonValue][] => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === null) return [];
    const wire = wireValue(value, param.schema, contract.components);
    return wire === undefined ? [] : [[name, wire]];
  });
  return Object.fromEntries(known);
}

function sourceValue(
  source: Source,
  name: string,
  context: string,
  { input, result, scopes }: Bound,
): JsonValue | undefined {
  if ("const" in source) return source.const;
  if (source.from === "server") return valueAt(scopes.get(context) ?? {}, [name]);
  return valueAt(source.from === "input" ? input : result, source.path);
}

/** What stands at a path: own members only. */
export function valueAt(
  value: JsonValue | undefined,
  path: readonly (string | number)[],
): JsonValue | undefined {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) current = (current as readonly JsonValue[])[Number(step)];
    else if (isObject(current) && Object.hasOwn(current, step)) {
      current = current[step];
    } else return undefined;
  }
  return current;
}
