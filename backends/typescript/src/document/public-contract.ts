import { isObject } from "../json/json-value.js";
import type { Contract } from "../registry/contract.js";

/** The contract without what is internal (protocol P7): those functions are served, and nobody outside is told of them. */
export function publicContract(contract: Contract): Contract {
  const functions = new Map(
    [...contract.functions].filter(([, { declaration }]) => declaration.stability !== "internal"),
  );
  if (functions.size === contract.functions.size) return contract;
  const contexts = [...contract.contexts].flatMap(([name, context]) => {
    const queries = context.queries.filter((query) => functions.has(query.name));
    if (queries.length === 0) return [];
    const used = new Set(queries.flatMap(({ params }) => params.map((param) => param.name)));
    const params = new Map([...context.params].filter(([param]) => used.has(param)));
    return [[name, { ...context, queries, params }] as const];
  });
  return { ...contract, functions, contexts: new Map(contexts) };
}

/** The components that a document reaches (protocol P1). */
export function reachedComponents(
  roots: readonly unknown[],
  components: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const reached: Record<string, unknown> = {};
  const reach = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(reach);
    if (!isObject(value)) return;
    const name = /^#\/components\/schemas\/(.+)$/.exec(String(value["$ref"]))?.[1];
    if (name !== undefined && Object.hasOwn(components, name) && !Object.hasOwn(reached, name)) {
      reached[name] = components[name];
      reach(reached[name]);
    }
    Object.values(value).forEach(reach);
  };
  roots.forEach(reach);
  return reached;
}
