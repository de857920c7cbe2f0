import type { Pointer } from "../diagnostics/diagnostic.js";
import type { Direction, TypeNode } from "../ir/type-node.js";
import type { Root } from "./attribute-changes.js";
import type { ChangeKind, ChangeSubject, ContractChange } from "./contract-change.js";
import type { TypeComparison } from "./type-comparison.js";
import type { Verdict } from "./verdict.js";

/** What a change is about, and whom it reaches. */
export interface Topic {
  readonly subject: ChangeSubject;
  readonly functions: readonly string[];
  readonly before: Pointer | null;
  readonly after: Pointer | null;
}

export interface Said {
  readonly path?: string | undefined;
  readonly summary: string;
  readonly before?: string | null | undefined;
  readonly after?: string | null | undefined;
}

/** The changes found so far, and the places whose types are being compared. */
export class ChangeLog {
  readonly changes: ContractChange[] = [];
  readonly roots: Root[] = [];
  readonly comparison: TypeComparison;

  constructor(comparison: TypeComparison) {
    this.comparison = comparison;
  }

  report(topic: Topic, kind: ChangeKind, said: Said, verdict: Verdict): void {
    const { path = "", summary, before = null, after = null } = said;
    this.changes.push({
      kind,
      ...verdict,
      subject: topic.subject,
      path,
      direction: null,
      summary,
      before,
      after,
      functions: topic.functions.map((name) => ({ name, path })),
      pointers: { before: topic.before, after: topic.after },
    });
  }

  /** Types at one place of a function or context; what differs in them is told of the place, or of the named types below it. */
  compareTypes(
    topic: Topic,
    path: string,
    direction: Direction,
    before: TypeNode,
    after: TypeNode,
  ): void {
    this.roots.push({
      holder: this.comparison.compare(before, after, direction),
      topic,
      path,
    });
  }
}
