import type { ContextPlan, Contract, MutationPlan, ViewPlan } from "../registry/contract.js";

export type Route =
  | { readonly kind: "context"; readonly context: ContextPlan }
  | { readonly kind: "call"; readonly plan: MutationPlan }
  | { readonly kind: "view"; readonly plan: ViewPlan; readonly texts: ReadonlyMap<string, string> }
  | { readonly kind: "session" }
  | { readonly kind: "unknown_context" | "unknown_function" }
  | { readonly kind: "none" };

/** Finds what stands at a path. Addresses of contexts and the session are taken with and without their last slash. */
export function createRouter(contract: Contract): (method: string, path: string) => Route {
  const { base, contexts, functions, session } = contract;
  const views = [...functions.values()]
    .filter((plan) => plan.kind === "view")
    .map((plan) => ({ plan, pattern: patternOf(plan.path) }));
  const [contextBase, callBase] = [`${base}ctx/`, `${base}call/`];
  return (method, path) => {
    const slashed = path.endsWith("/") ? path : `${path}/`;
    if (session !== null && slashed === withSlash(session.path)) return { kind: "session" };
    const matches = views.flatMap(({ plan, pattern }) => {
      const groups = pattern.exec(path)?.slice(1);
      return groups === undefined ? [] : [{ plan, groups }];
    });
    const match = matches.find(({ plan }) => plan.method === method) ?? matches[0];
    if (match !== undefined) {
      const texts = match.plan.path.match(/\{[^}]*\}/g) ?? [];
      const names = texts.map((text) => text.slice(1, -1));
      const values = names.map((name, index): [string, string] => [
        name,
        match.groups[index] ?? "",
      ]);
      return { kind: "view", plan: match.plan, texts: new Map(values) };
    }
    if (slashed.startsWith(contextBase)) {
      const context = contexts.get(slashed.slice(contextBase.length, -1));
      return context === undefined ? { kind: "unknown_context" } : { kind: "context", context };
    }
    if (path.startsWith(callBase)) {
      const plan = functions.get(path.slice(callBase.length).replace(/\/$/, ""));
      return plan?.kind === "mutation" ? { kind: "call", plan } : { kind: "unknown_function" };
    }
    return { kind: "none" };
  };
}

const withSlash = (path: string): string => (path.endsWith("/") ? path : `${path}/`);

function patternOf(path: string): RegExp {
  const parts = path.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("([^/]+)")}$`);
}
