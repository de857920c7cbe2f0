import { didYouMean, suggest } from "../diagnostics/suggest.js";
import type { Case } from "./case.js";

/** The cases that `--only` names: by ID, by section (`3.3`, `3`), or with a star (`3.7-csrf-*`). A message for a name that fits none. */
export function chooseCases(
  cases: readonly Case[],
  wanted: readonly string[],
): { readonly cases: readonly Case[]; readonly problems: readonly string[] } {
  if (wanted.length === 0) return { cases, problems: [] };
  const ids = cases.map(({ id }) => id);
  const problems = wanted
    .filter((name) => !ids.some((id) => fits(id, name)))
    .map((name) => `--only ${name}: there is no such case${didYouMean(suggest(name, ids))}`);
  return { cases: cases.filter(({ id }) => wanted.some((name) => fits(id, name))), problems };
}

function fits(id: string, name: string): boolean {
  if (name.endsWith("*")) return id.startsWith(name.slice(0, -1));
  return (
    id === name || id.startsWith(`${name}-`) || (/^\d$/.test(name) && id.startsWith(`${name}.`))
  );
}
