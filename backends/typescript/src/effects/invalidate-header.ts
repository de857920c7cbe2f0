import { contextQuery } from "../revisions/stamp-keys.js";
import type { Target } from "./targets.js";

const mostBytes = 4096;

/**
 * The value of `X-Mizan-Invalidate`, a list of RFC 9651 (protocol 3.5). Values come in canonical queries, in which neither quotes nor line
 * breaks can occur. What is too long names whole contexts, and in the end everything.
 */
export function invalidateHeader(targets: readonly Target[], rev: number): string | null {
  if (targets.length === 0) return null;
  const revision = `;rev=${rev}`;
  const full = targets.map(({ context, params }) => {
    if (context === "*") return `*${revision}`;
    const query = contextQuery(context, params);
    return `${context.name}${query === "" ? "" : `;p="${query}"`}${revision}`;
  });
  const bare = targets.map(({ context }) => (context === "*" ? context : context.name) + revision);
  const texts = [full, bare].map((items) => [...new Set(items)].join(", "));
  return texts.find((text) => text.length <= mostBytes) ?? `*${revision}`;
}
