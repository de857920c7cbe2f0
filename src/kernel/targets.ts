import type { MutationDescriptor, Target } from "./descriptor.js";
import type { InvalidateItem } from "./invalidate-header.js";

/** What a call is declared to change, with the params that its input gives; those that only the answer knows are left out. */
export function declaredTargets(mutation: MutationDescriptor, input: unknown): InvalidateItem[] {
  return (mutation.targets ?? []).map(({ context, params }) => ({
    context,
    params: targetParams(params, input).params,
  }));
}

/** The params that a target is bound to, and whether all of them are known before the answer. */
export function targetParams(
  bindings: Target["params"] = {},
  input: unknown,
): { readonly params: object; readonly complete: boolean } {
  const all = Object.entries(bindings).map(([name, source]): [string, unknown] => [
    name,
    source && "const" in source ? source.const : source ? valueAt(input, source) : undefined,
  ]);
  const known = all.filter(([, value]) => value !== undefined);
  return { params: Object.fromEntries(known), complete: known.length === all.length };
}

/** The value at a path, undefined where there is none. */
export const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at && Object.hasOwn(at, key)
        ? at[key as keyof typeof at]
        : undefined,
    value,
  );
