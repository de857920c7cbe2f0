import type { Severity } from "./diagnostic.js";

/** What `mizan-gen explain <code>` says of a code. Codes never change their meaning. */
export interface CatalogueEntry {
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
}

/**
 * Every code there is. E0xx reading and the command line, E1xx the contract, E2xx merges and references,
 * E3xx schemas, E9xx our own faults; W... warnings of the same families.
 */
export const catalogue = {
  E001: {
    title: "The input could not be read",
    cause: "The file does not exist, is a directory, or may not be read.",
    fix: "Check the path; it is relative to the current directory (or to the config file that names it).",
  },
} as const satisfies Record<string, CatalogueEntry>;

export type DiagnosticCode = `${"E" | "W"}${string}` & (keyof typeof catalogue | (string & {}));

export function severityOf(code: DiagnosticCode): Severity {
  return code.startsWith("W") ? "warning" : "error";
}
