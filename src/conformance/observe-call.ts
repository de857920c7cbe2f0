import type { JsonObject, JsonValue } from "../document/document.js";
import type { Binding } from "../ir/api.js";
import { canonicalQuery } from "../kernel/canonical.js";
import { codecsOf } from "./contract/codecs.js";
import {
  type ContextContract,
  type MutationContract,
  type ViewContract,
} from "./contract/contract.js";
import { isRecord, memberOf, type Exchange } from "./http/exchange.js";
import type { Params, Visitor } from "./http/visitor.js";
import type { Laboratory } from "./laboratory.js";
import { valueAt } from "./values/file-values.js";

/** What an answer says of one target; members that are not there, or of another shape, are undefined. */
export interface Item {
  readonly raw: unknown;
  readonly context: string | undefined;
  readonly params: Params | undefined;
  readonly rev: number | undefined;
}

export interface MergeItem extends Item {
  readonly slot: string | undefined;
  readonly mode: string;
  readonly key: readonly string[];
  readonly value: unknown;
}

/** A bundle as it was before and after a call. */
export interface Target {
  readonly context: ContextContract;
  readonly params: Params;
  readonly before: Exchange | undefined;
  readonly after: Exchange;
}

/** A call that should succeed, with the bundles that it reaches. */
export interface CallObservation {
  readonly mutation: MutationContract;
  readonly visitor: Visitor;
  readonly input: JsonObject;
  readonly exchange: Exchange;
  readonly invalidate: readonly Item[];
  readonly merge: readonly MergeItem[];
  readonly targets: readonly Target[];
}

/** Reads the declared targets, calls, and reads at once what was declared or answered. */
export async function observeCall(
  lab: Laboratory,
  visitor: Visitor,
  mutation: MutationContract,
  input: JsonObject,
): Promise<CallObservation> {
  const declared = [...mutation.merges, ...mutation.affects];
  // A session that changes drops what is private on the client: there is nothing to be compared.
  const reads = mutation.session === "change" ? [] : declared;
  const before = new Map<string, Exchange>();
  for (const { context: name, params: bindings } of reads) {
    const place = placeOf(lab, name, boundParams(bindings, input));
    if (place === undefined || before.has(place.key)) continue;
    before.set(place.key, await visitor.readParams(place.context, place.params));
  }
  const exchange = await lab.call(visitor, mutation, input);
  const items = itemsOf(exchange);
  const targets = new Map<string, Target>();
  const result = memberOf(exchange, "result") as JsonValue | undefined;
  const places = [
    ...reads.map(({ context, params }) =>
      placeOf(lab, context, boundParams(params, input, result)),
    ),
    ...(mutation.session === "change" ? [] : [...items.merge, ...items.invalidate]).map(
      ({ context, params }) => placeOf(lab, context, params ?? {}),
    ),
  ];
  for (const place of places) {
    if (place === undefined || targets.has(place.key)) continue;
    const after = await visitor.readParams(place.context, place.params);
    targets.set(place.key, { ...place, before: before.get(place.key), after });
  }
  return { mutation, visitor, input, exchange, ...items, targets: [...targets.values()] };
}

export function itemsOf(exchange: Exchange): {
  invalidate: readonly Item[];
  merge: readonly MergeItem[];
} {
  const list = (name: string): unknown[] => {
    const value = memberOf(exchange, name);
    return Array.isArray(value) ? (value as unknown[]) : [];
  };
  return { invalidate: list("invalidate").map(itemOf), merge: list("merge").map(mergeItemOf) };
}

function itemOf(raw: unknown): Item {
  const item = isRecord(raw) ? raw : {};
  const { context, params, rev } = item;
  return {
    raw,
    context: typeof context === "string" ? context : undefined,
    params: isRecord(params) ? params : undefined,
    rev: typeof rev === "number" ? rev : undefined,
  };
}

function mergeItemOf(raw: unknown): MergeItem {
  const item = isRecord(raw) ? raw : {};
  const { slot, mode, key, value } = item;
  return {
    ...itemOf(raw),
    slot: typeof slot === "string" ? slot : undefined,
    mode: typeof mode === "string" ? mode : "replace",
    key: Array.isArray(key) ? key.filter((name) => typeof name === "string") : [],
    value,
  };
}

/** The target's params that a declaration binds and that are known; null binds nothing. */
export function boundParams(
  bindings: readonly Binding[],
  input: JsonObject,
  result?: JsonValue,
): Params {
  const bound: [string, unknown][] = bindings.flatMap(({ param, source }): [string, unknown][] => {
    if (source.from === "server") return [];
    const value =
      source.from === "const"
        ? source.value
        : valueAt(source.from === "input" ? input : result, source.path);
    return value === undefined || value === null ? [] : [[param, value]];
  });
  return Object.fromEntries(bound);
}

/** A bundle that a target reaches, its other params as the values have them. Undefined when some required one is unknown. */
export function placeOf(
  lab: Laboratory,
  name: string | undefined,
  params: Params,
): { context: ContextContract; params: Params; key: string } | undefined {
  const context = lab.contract.contexts.find((each) => each.name === name);
  if (context === undefined) return undefined;
  const { values, derived } = lab.values.paramsOf(context);
  const own = Object.fromEntries(
    Object.entries(params).filter(([param]) => context.params.some((each) => each.name === param)),
  );
  const whole: Params = derived ? own : { ...values[0], ...own };
  if (context.params.some((param) => param.required && !Object.hasOwn(whole, param.name)))
    return undefined;
  const key = `${context.name}?${canonicalQuery(whole, codecsOf(context.params))}`;
  return { context, params: whole, key };
}

/** Path and query of a view. */
export function viewTarget(view: ViewContract, visitor: Visitor, params: Params): string {
  const path = view.path.replace(/\{([^}]*)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const query = view.params.filter(
    (param) => param.in === "query" && Object.hasOwn(params, param.name),
  );
  const given = Object.fromEntries(query.map(({ name }) => [name, params[name]]));
  const text = canonicalQuery(given, codecsOf(query));
  return visitor.target(text === "" ? path : `${path}?${text}`);
}
