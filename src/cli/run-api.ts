import { resolve } from "node:path";
import type { ApiOptions, ApiResult } from "../api.js";
import { jsonReport } from "../diagnostics/render-json.js";
import { loadProjects } from "./load-projects.js";
import { withoutPlanFindings } from "./plan-findings.js";
import type { Findings } from "./report-diagnostics.js";
import { look, runProject, write, type ProjectResult } from "./run-project.js";
import { findingsOf } from "./session.js";

/** The programmatic API over the pipeline of the command line. */
export async function runApi(
  options: ApiOptions,
  mode: "write" | "plan" | "check",
): Promise<ApiResult> {
  const {
    cwd: directory = ".",
    configFile,
    project,
    force = false,
    dryRun: _,
    ...config
  } = options;
  const cwd = resolve(directory);
  const { input, headers, ...flags } = config;
  const results: ProjectResult[] = [];
  let findings: Findings[];
  try {
    const loaded = await loadProjects({
      cwd,
      input,
      flags: { ...flags, header: headers, config: configFile, project },
    });
    for (const one of loaded.projects) {
      const result = await runProject(one, {
        cwd,
        force,
        apply: mode === "write" ? write : look,
        trustManifest: mode === "check" ? "never" : "without-warnings",
      });
      results.push(mode === "check" ? withoutPlanFindings(result) : result);
    }
    findings = results;
  } catch (error) {
    findings = [findingsOf(error)];
  }
  const reports = findings.flatMap(
    ({ diagnostics, document }) => jsonReport(diagnostics, { document }).diagnostics,
  );
  const projects = results.map(({ name, source, output, status, changes, total }) => ({
    name: name ?? null,
    source,
    output,
    failed: status === "failed",
    files: total,
    changes: changes.flatMap(({ path, kind }) => (kind === "unchanged" ? [] : [{ path, kind }])),
  }));
  const drift = mode === "check" && projects.some((one) => one.changes.length > 0);
  return {
    ok: !drift && !reports.some(({ severity }) => severity === "error"),
    findings: reports.map(({ code, severity, message, file, pointer, range, help }) => ({
      code,
      severity,
      message,
      file,
      pointer,
      range,
      help,
    })),
    projects,
  };
}
