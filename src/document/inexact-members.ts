import type { ParsedText } from "./parsed-file.js";
import type { Container } from "./share-structure.js";

/** Of containers with numbers that JavaScript does not hold: which these are, and how they are written. */
export type InexactMembers = ReadonlyMap<Container, string>;

/** What the values of a text do not tell of its numbers. Looks at every container once, however many aliases there are of it. */
export function inexactMembers(parsed: ParsedText): InexactMembers {
  const found = new Map<Container, string>();
  const seen = new Set<Container>();
  const pending: { value: Container; steps: readonly string[] }[] = [];
  const visit = (value: unknown, steps: readonly string[]): void => {
    if (typeof value !== "object" || value === null || seen.has(value as Container)) return;
    seen.add(value as Container);
    pending.push({ value: value as Container, steps });
  };
  visit(parsed.root, []);
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const [key, member] of Object.entries(at.value)) {
      const steps = [...at.steps, key];
      visit(member, steps);
      const text = typeof member === "number" ? parsed.inexactNumberAt(steps) : undefined;
      if (text !== undefined) {
        found.set(at.value, `${found.get(at.value) ?? ""}${key}\n${text}\n`);
      }
    }
  }
  return found;
}
