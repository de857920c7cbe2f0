import type { ApiOptions, ApiResult } from "../api.js";
import { cwdOf, loadApiProjects } from "./api-projects.js";
import { findingsForApi, projectReport, textOfFindings } from "./api-report.js";
import { describeDrift } from "./describe-drift.js";
import { describeWritten } from "./describe-result.js";
import { explainResult } from "./explain-result.js";
import { withoutPlanFindings } from "./plan-findings.js";
import type { Findings } from "./report-diagnostics.js";
import { look, runProject, write, type ProjectResult } from "./run-project.js";
import { findingsOf } from "./session.js";

type Mode = "write" | "plan" | "check";

/** The programmatic API over the pipeline of the command line. */
export async function runApi(options: ApiOptions, mode: Mode): Promise<ApiResult> {
  const results: ProjectResult[] = [];
  let failure: Findings | undefined;
  try {
    const cwd = cwdOf(options);
    const { projects } = await loadApiProjects(options);
    for (const one of projects) {
      const result = await runProject(one, {
        cwd,
        force: options.force ?? false,
        apply: mode === "write" ? write : look,
        trustManifest: mode === "check" ? "never" : "without-warnings",
      });
      results.push(mode === "check" ? withoutPlanFindings(result) : result);
    }
  } catch (error) {
    failure = findingsOf(error);
  }
  const told = failure === undefined ? results : [failure];
  const findings = told.flatMap(findingsForApi);
  const projects = results.map(projectReport);
  const drift = mode === "check" && projects.some((one) => one.changes.length > 0);
  const described = failure === undefined ? results : [];
  const texts = await Promise.all(described.map((result) => describe(result, mode)));
  return {
    ok: !drift && !findings.some(({ severity }) => severity === "error"),
    findings,
    projects,
    text: [...told.map(textOfFindings), ...texts].join(""),
  };
}

async function describe(result: ProjectResult, mode: Mode): Promise<string> {
  const prefix = result.name === undefined ? "" : `${result.name}: `;
  if (result.status === "failed") return mode === "check" ? "" : `${prefix}nothing was written\n`;
  if (mode === "check") {
    return prefix + describeDrift(result, await explainResult(result), false);
  }
  return `${prefix}${describeWritten(result, mode === "plan")}\n`;
}
