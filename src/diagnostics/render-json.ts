import { catalogue } from "./catalogue.js";
import type { Diagnostic, Range } from "./diagnostic.js";
import { countSeverities, locateDiagnostics, type Located } from "./locate-diagnostics.js";
import type { RenderOptions } from "./source-view.js";

/** What `--format json` prints (docs/diagnostics/README.md). Members are only ever added while `version` stays. */
export interface JsonReport {
  readonly version: 1;
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly summary: { readonly errors: number; readonly warnings: number };
}

export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file: string | null;
  readonly pointer: string | null;
  /** Lines and columns from 1, columns in UTF-16 units, `end` exclusive. */
  readonly range: Range | null;
  readonly related: readonly {
    readonly message: string;
    readonly file: string | null;
    readonly pointer: string;
    readonly range: Range | null;
  }[];
  readonly help: string | null;
  readonly cause: string;
}

/** All diagnostics, sorted by place, none folded. Ends with a line end. */
export function renderJson(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions = {},
): string {
  return `${JSON.stringify(jsonReport(diagnostics, options), null, 2)}\n`;
}

export function jsonReport(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions = {},
): JsonReport {
  return {
    version: 1,
    diagnostics: locateDiagnostics(diagnostics, options.document).map(jsonDiagnostic),
    summary: countSeverities(diagnostics),
  };
}

export function jsonDiagnostic({ diagnostic, file, range, related }: Located): JsonDiagnostic {
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    file: file ?? null,
    pointer: diagnostic.pointer ?? null,
    range: range ?? null,
    related: related.map((other) => ({
      message: other.message,
      file: other.file ?? null,
      pointer: other.pointer,
      range: other.range ?? null,
    })),
    help: diagnostic.help ?? null,
    cause: catalogue[diagnostic.code].cause,
  };
}
