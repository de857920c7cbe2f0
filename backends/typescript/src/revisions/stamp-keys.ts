import { canonicalQuery, type Encoding } from "../canonical/canonical-query.js";
import type { ContextPlan } from "../registry/contract.js";
import type { JsonObject } from "../json/json-value.js";

/** Stamp of everything, read by every entry. */
const everything = "s:*";

/** The canonical query of a context's params. */
export function contextQuery(context: ContextPlan, params: JsonObject): string {
  return canonicalQuery(params, encodingsOf(context));
}

function encodingsOf({ params }: ContextPlan): Record<string, Encoding> {
  return Object.fromEntries([...params].map(([name, { encoding }]) => [name, encoding]));
}

/** The scopes whose stamps exist: the declared ones and the whole context. */
function scopesOf({ scopes }: ContextPlan): readonly (readonly string[])[] {
  return scopes.some((scope) => scope.length === 0) ? scopes : [[], ...scopes];
}

function pointKey(
  kind: "s" | "b",
  context: ContextPlan,
  scope: readonly string[],
  params: JsonObject,
): string {
  const own = Object.fromEntries(
    scope.flatMap((name) => (Object.hasOwn(params, name) ? [[name, params[name] ?? null]] : [])),
  );
  return `${kind}:${context.name}[${scope.join()}]?${contextQuery(context, own)}`;
}

const ofViewer = (key: string, viewer: string): string => `${key}@${viewer}`;

/** The stamps that an entry's revision is the highest of. */
export function entryKeys(context: ContextPlan, params: JsonObject, viewer: string): string[] {
  const keys = scopesOf(context).map((scope) => pointKey("s", context, scope, params));
  return [everything, ...keys].flatMap((key) => [key, ofViewer(key, viewer)]);
}

/** What one mutation reaches: a context, or `*`, narrowed by bound params. */
export interface StampTarget {
  readonly context: ContextPlan | "*";
  readonly params: JsonObject;
  /** Reaches the entries of this viewer only. */
  readonly viewer: string | null;
}

/** What a bump of the target sets: its own stamp, and the marks by which merges of other scopes see it. */
export function bumpKeys({ context, params, viewer }: StampTarget): string[] {
  const own = (key: string): string => (viewer === null ? key : ofViewer(key, viewer));
  if (context === "*") return [own(everything)];
  const scope = widest(context, params);
  const marks = scopesOf(context).flatMap((other) => {
    if (isSubset(scope, other)) return [];
    return isSubset(other, scope)
      ? [pointKey("b", context, other, params)]
      : [anyKey(context, other)];
  });
  return [own(pointKey("s", context, scope, params)), ...marks];
}

/** What must not have moved since a mutation began, for its merge to be sent: stamps as coarse or coarser, marks of finer bumps. */
export function checkKeys(context: ContextPlan, params: JsonObject, viewer: string): string[] {
  const scope = widest(context, params);
  const coarser = scopesOf(context).filter((other) => isSubset(other, scope));
  const stamps = coarser.map((other) => pointKey("s", context, other, params));
  return [
    ...[everything, ...stamps].flatMap((key) => [key, ofViewer(key, viewer)]),
    pointKey("b", context, scope, params),
    anyKey(context, scope),
  ];
}

/** Mark of a bump of a scope that is neither coarser nor finer: it may hold any value of the params. */
const anyKey = (context: ContextPlan, scope: readonly string[]): string =>
  `b:${context.name}[${scope.join()}]*`;

/** Entries depend on stamps of declared scopes only, so a target is widened to the finest of those that it binds in full. */
function widest(context: ContextPlan, params: JsonObject): readonly string[] {
  const bound = Object.keys(params).filter((name) => params[name] !== null);
  return scopesOf(context)
    .filter((scope) => isSubset(scope, bound))
    .reduce((best, scope) => (scope.length > best.length ? scope : best), []);
}

const isSubset = (part: readonly string[], whole: readonly string[]): boolean =>
  part.every((name) => whole.includes(name));
