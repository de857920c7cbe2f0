import { printable } from "../diagnostics/quote.js";
import { toLf } from "../output/hash-text.js";
import type { Change } from "../output/plan-changes.js";
import { compareDeclarations } from "./compare-declarations.js";
import { readDeclarations } from "./read-declarations.js";

/**
 * What of a file is not as it should be, as phrases that say what a run of the generator would change in it. Empty where the kind of the
 * change says it all, as for a missing file.
 */
export async function explainChange({ path, text, before }: Change): Promise<readonly string[]> {
  if (text === undefined || before === undefined) return [];
  const old = toLf(before.toString("utf8"));
  if (/\.tsx?$/.test(path)) {
    const [a, b] = await Promise.all([readDeclarations(path, old), readDeclarations(path, text)]);
    if (a === null) return [hasConflict(old) ? "has conflict markers" : "does not parse"];
    const phrases = b === null ? [] : compareDeclarations(a, b);
    if (phrases.length > 0) return phrases.map(printable);
  }
  return [`first differs in line ${String(firstDifference(old, text))}`];
}

const hasConflict = (text: string): boolean => /^(<{7}|>{7}) /m.test(text);

/** Number of the first line that differs, from 1. */
function firstDifference(before: string, after: string): number {
  const old = before.split("\n");
  const young = after.split("\n");
  const index = young.findIndex((line, at) => line !== old[at]);
  return (index === -1 ? young.length : index) + 1;
}
