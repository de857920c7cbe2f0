import type { FunctionPlan } from "./contract.js";

/**
 * The sets of params that some function invalidates a context by, the smallest first; `[[]]` where there is none. They are the stamps that
 * an entry's revision depends on (protocol 5.3).
 */
export function scopesOf(context: string, functions: Iterable<FunctionPlan>): string[][] {
  const scopes = new Map<string, string[]>();
  for (const plan of functions) {
    const merges = plan.kind === "mutation" ? plan.merges : [];
    const affects = plan.kind === "query" ? [] : plan.affects;
    for (const target of [...merges, ...affects]) {
      if (target.context !== context) continue;
      const names = [...target.params.keys()];
      scopes.set(names.join(), names);
    }
  }
  if (scopes.size === 0) return [[]];
  return [...scopes.values()].sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
}
