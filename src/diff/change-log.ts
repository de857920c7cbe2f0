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

export interface Swap {
  readonly was: string | null;
  readonly is: string | null;
  readonly how?: string | undefined;
  readonly path?: string | undefined;
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

  /** One value took the place of another: `is now 3, was 2`; with `how: "at "` it `is now at 3, was at 2`. */
  reportSwap(topic: Topic, kind: ChangeKind, swap: Swap, verdict: Verdict): void {
    const { was, is, how = "", path } = swap;
    const summary = `is now ${how}${is ?? "none"}, was ${how}${was ?? "none"}`;
    this.report(topic, kind, { path, summary, before: was, after: is }, verdict);
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
