import type { DiagnosticCode } from "../diagnostics/catalogue.js";
import type { Diagnostics } from "../diagnostics/diagnostics.js";
import { severityOf } from "../diagnostics/catalogue.js";
import type { TextLines } from "./text-lines.js";

/** Something that a reader found wrong with a text, by offsets in UTF-16 units; `end` is exclusive. */
export interface Problem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly help?: string | undefined;
}

/** Turns problems of one text into diagnostics that can be shown without the text. */
export function reportProblems(
  problems: readonly Problem[],
  name: string,
  lines: TextLines,
  diagnostics: Diagnostics,
): void {
  for (const problem of problems) {
    const range = lines.rangeOf(problem.start, problem.end);
    diagnostics.add({
      code: problem.code,
      severity: severityOf(problem.code),
      message: problem.message,
      file: name,
      range,
      excerpt: lines.excerpt(range),
      help: problem.help,
    });
  }
}
