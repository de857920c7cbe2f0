import type { Failure, Gap } from "./trial.js";

/** What came of one case. */
export interface CaseReport {
  readonly id: string;
  readonly title: string;
  readonly mend: string;
  /** `not-run` when nothing could be asked: it counts neither way. */
  readonly status: "passed" | "failed" | "not-run";
  /** How many single things were checked. */
  readonly checks: number;
  readonly failures: readonly Failure[];
  /** What could not be asked, also of a case that passed for the rest. */
  readonly gaps: readonly Gap[];
}

export interface ConformanceReport {
  /** Title of the document. */
  readonly title: string;
  readonly url: string;
  readonly cases: readonly CaseReport[];
  /** How many requests were sent. */
  readonly requests: number;
}

export function countCases(report: ConformanceReport, status: CaseReport["status"]): number {
  return report.cases.filter((each) => each.status === status).length;
}
