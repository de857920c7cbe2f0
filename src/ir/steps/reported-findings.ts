import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Reported } from "./step-memory.js";

/** Findings of a build, of which each is told before it is added. */
export class ReportedFindings extends Diagnostics {
  readonly #to: Diagnostics;
  readonly #tell: (reported: Reported) => void;

  constructor(to: Diagnostics, tell: (reported: Reported) => void) {
    super();
    this.#to = to;
    this.#tell = tell;
  }

  override add(finding: Diagnostic): void {
    this.#tell({ finding, once: false });
    this.#to.add(finding);
  }

  override addOnce(finding: Diagnostic): void {
    this.#tell({ finding, once: true });
    this.#to.addOnce(finding);
  }

  /** Reports again what a step has reported that is left out. */
  repeat(reported: readonly Reported[]): void {
    for (const { finding, once } of reported) {
      if (once) this.addOnce(finding);
      else this.add(finding);
    }
  }

  override get all(): readonly Diagnostic[] {
    return this.#to.all;
  }

  override get hasErrors(): boolean {
    return this.#to.hasErrors;
  }
}
