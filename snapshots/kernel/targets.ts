// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import type { MutationDescriptor, Target } from "./descriptor.js";
import type { InvalidateItem } from "./effect.js";

/** What a call is declared to change: the entries that its input names, or all of a context where only the answer knows. */
export const declaredTargets = (
  { targets = [] }: MutationDescriptor,
  input: unknown,
): InvalidateItem[] =>
  targets.map(({ context, params }) => ({ context, params: targetParams(params, input) }));

/** The params that a target is bound to; undefined when not all of them are known before the answer. */
export function targetParams(bindings: Target["params"] = {}, input: unknown): object | undefined {
  const all = Object.entries(bindings).map(([name, source]): [string, unknown] => [
    name,
    source && ("const" in source ? source.const : valueAt(input, source)),
  ]);
  return all.some(([, value]) => value === undefined || value === null)
    ? undefined
    : Object.fromEntries(all);
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
