import type { JsonDiagnostic } from "../../diagnostics/render-json.js";
import type { ChangeClass, ContractChange } from "../contract-change.js";
import { countClasses, type DiffReport, type ReportedDocument } from "./diff-report.js";

export interface JsonDocument {
  /** As it was named: `HEAD:schema.json`. */
  readonly source: string;
  readonly title: string;
  readonly version: string;
  readonly fingerprint: string | null;
}

/** What `mizan-gen diff --format json` prints (docs/diff.md). Members are only ever added while `version` stays. */
export interface JsonDiff {
  readonly version: 1;
  /** Null when one of the two documents could not be read: `diagnostics` says why. */
  readonly before: JsonDocument | null;
  readonly after: JsonDocument | null;
  readonly summary: Readonly<Record<ChangeClass, number>>;
  readonly changes: readonly ContractChange[];
  /** Errors of the documents; which of the two stands in `document`. */
  readonly diagnostics: readonly (JsonDiagnostic & {
    readonly document: "before" | "after" | null;
  })[];
}

export function jsonDiff(
  report: DiffReport | null,
  diagnostics: JsonDiff["diagnostics"],
): JsonDiff {
  const changes = report?.changes ?? [];
  return {
    version: 1,
    before: report === null ? null : described(report.before),
    after: report === null ? null : described(report.after),
    summary: countClasses(changes),
    changes,
    diagnostics,
  };
}

function described({ source, title, version, fingerprint }: ReportedDocument): JsonDocument {
  return { source, title, version, fingerprint };
}
