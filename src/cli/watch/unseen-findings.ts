import type { Diagnostic } from "../../diagnostics/diagnostic.js";

/**
 * Keeps a watch from telling the same warnings after each save: of a run's findings, those that the run before of the same project has
 * not shown. Errors are shown each time, as they are why nothing was written.
 */
export class UnseenFindings {
  #shown = new Map<string, ReadonlySet<string>>();

  /** @param project what tells projects apart */
  of(project: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    const before = this.#shown.get(project);
    const warnings = diagnostics.filter(({ severity }) => severity === "warning");
    // A text that does not parse has no warnings to be found: they are not gone.
    if (warnings.length > 0 || diagnostics.length === 0) {
      this.#shown.set(project, new Set(warnings.map(keyOf)));
    }
    return diagnostics.filter(
      (finding) => finding.severity === "error" || before?.has(keyOf(finding)) !== true,
    );
  }
}

/** Places move with each edit above them; what is said of them does not. */
function keyOf({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}
