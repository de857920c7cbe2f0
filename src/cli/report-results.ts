import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Drift } from "../drift/explain-drift.js";
import { jsonReport } from "../diagnostics/render-json.js";
import { renderSarif } from "../diagnostics/render-sarif.js";
import { describeDetails } from "./describe-drift.js";
import { driftName } from "./describe-result.js";
import type { Findings } from "./report-diagnostics.js";
import type { ProjectResult } from "./run-project.js";
import { generatorVersion } from "./version.js";

interface JsonDetails {
  /** Of each result of `check`, why it is not in step. */
  readonly drifts?: readonly (Drift | null)[] | undefined;
  /** Further members of the report. */
  readonly more?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The whole run as one JSON value (`--format json`): the diagnostics of all projects, and of each project what was done or found out.
 * Members are only ever added while `version` stays.
 */
export function printJsonReport(
  findings: readonly Findings[],
  results: readonly ProjectResult[],
  { drifts = [], more = {} }: JsonDetails = {},
): string {
  const reports = findings.map(({ diagnostics, document }) =>
    jsonReport(diagnostics, { document }),
  );
  const sum = (pick: (summary: { errors: number; warnings: number }) => number): number =>
    reports.reduce((total, report) => total + pick(report.summary), 0);
  return `${JSON.stringify(
    {
      version: 1,
      diagnostics: reports.flatMap((report) => report.diagnostics),
      summary: { errors: sum(({ errors }) => errors), warnings: sum(({ warnings }) => warnings) },
      projects: results.map(({ name, source, output, status, changes, total }, index) => ({
        name: name ?? null,
        source,
        output,
        status,
        files: total,
        changes: changes
          .filter((change) => change.kind !== "unchanged")
          .map(({ path, kind }) => {
            const details = drifts[index]?.details.get(path);
            return { path, kind, ...(details === undefined ? {} : { details }) };
          }),
        ...printDrift(drifts[index]),
      })),
      ...more,
    },
    null,
    2,
  )}\n`;
}

function printDrift(drift: Drift | null | undefined): object {
  return drift ? { drift: { causes: drift.causes, contract: drift.contract } } : {};
}

/** One SARIF log with a run for each project. */
export function printSarifReport(findings: readonly Findings[]): string {
  const logs = (findings.length === 0 ? [{ diagnostics: [], document: null }] : findings).map(
    ({ diagnostics, document }) =>
      JSON.parse(renderSarif(diagnostics, { document, version: generatorVersion })) as {
        readonly runs: readonly unknown[];
      },
  );
  return `${JSON.stringify({ ...logs[0], runs: logs.flatMap((log) => log.runs) }, null, 2)}\n`;
}

/** Drift as findings, so that `check` annotates a pull request and shows in a code scanner. */
export function driftFindings(result: ProjectResult, drift: Drift | null): Diagnostic[] {
  return result.changes
    .filter((change) => change.kind !== "unchanged")
    .map(({ kind, path }) => ({
      code: "E060",
      severity: "error",
      message: `${result.output}/${path} is ${driftName(kind)}${describeDetails(drift, path)}`,
      file: `${result.output}/${path}`,
      help: "run mizan-gen and commit what it writes",
    }));
}
