import type { Docs } from "../ir/docs.js";
import type { ChangeKind } from "./contract-change.js";
import { compatible, neutral, type Verdict } from "./verdict.js";

/** What was said of something, apart from what its type and its bounds say. */
export interface WordChange {
  readonly kind: Extract<ChangeKind, "documentation-changed" | "deprecated" | "undeprecated">;
  readonly summary: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly verdict: Verdict;
}

/** Deprecation, and whether the words differ. */
export function compareWords(before: Docs | undefined, after: Docs | undefined): WordChange[] {
  const changes: WordChange[] = [];
  const old = before?.deprecated;
  const young = after?.deprecated;
  if (old === undefined && young !== undefined) {
    changes.push({
      kind: "deprecated",
      summary: typeof young === "string" ? `is deprecated: ${young}` : "is deprecated",
      before: null,
      after: typeof young === "string" ? young : null,
      verdict: compatible("it works as before; editors strike it out"),
    });
  } else if (old !== undefined && young === undefined) {
    changes.push({
      kind: "undeprecated",
      summary: "is no longer deprecated",
      before: typeof old === "string" ? old : null,
      after: null,
      verdict: neutral("it works as before"),
    });
  }
  const isReworded = old !== undefined && young !== undefined && old !== young;
  if (isReworded || wordsOf(before) !== wordsOf(after)) {
    changes.push({
      kind: "documentation-changed",
      summary: "is described in other words",
      before: before?.description ?? before?.summary ?? null,
      after: after?.description ?? after?.summary ?? null,
      verdict: neutral("only comments of the generated code change"),
    });
  }
  return changes;
}

const words: ReadonlySet<string> = new Set(["example", "see"]);

function wordsOf(docs: Docs | undefined): string {
  const tags = docs?.tags?.filter(({ name }) => words.has(name)) ?? [];
  return JSON.stringify([
    docs?.summary,
    docs?.description,
    tags.map(({ name, text }) => [name, text]),
  ]);
}
