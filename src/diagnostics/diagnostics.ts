import { severityOf, type DiagnosticCode } from "./catalogue.js";
import type { Diagnostic, Pointer, Related } from "./diagnostic.js";

export interface ReportOptions {
  readonly part?: "key" | "value" | undefined;
  readonly help?: string | undefined;
  readonly related?: readonly Related[] | undefined;
}

/** Collects what the stages find, so that all of it is shown at once. */
export class Diagnostics {
  readonly #list: Diagnostic[] = [];
  readonly #once = new Set<string>();

  /** Adds a finding about the value at `pointer`; the catalogue knows whether the code is an error or a warning. */
  report(
    code: DiagnosticCode,
    pointer: Pointer | undefined,
    message: string,
    options: ReportOptions = {},
  ): void {
    this.add({ code, severity: severityOf(code), message, pointer, ...options });
  }

  /** As `report`, but what is found again in the same words at the same place is added once. */
  reportOnce(
    code: DiagnosticCode,
    pointer: Pointer,
    message: string,
    options: ReportOptions = {},
  ): void {
    this.addOnce({ code, severity: severityOf(code), message, pointer, ...options });
  }

  add(diagnostic: Diagnostic): void {
    this.#list.push(diagnostic);
  }

  addOnce(diagnostic: Diagnostic): void {
    const key = `${diagnostic.code} ${diagnostic.pointer ?? ""} ${diagnostic.message}`;
    if (this.#once.has(key)) return;
    this.#once.add(key);
    this.add(diagnostic);
  }

  get all(): readonly Diagnostic[] {
    return this.#list;
  }

  get hasErrors(): boolean {
    return this.#list.some((diagnostic) => diagnostic.severity === "error");
  }
}
