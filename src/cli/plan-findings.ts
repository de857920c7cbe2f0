import type { ProjectResult } from "./run-project.js";

const codes: readonly string[] = ["W050", "W052", "E056"];

/** The result of a check: what it finds out about files is its result, not a warning of what would be lost. */
export function withoutPlanFindings(result: ProjectResult): ProjectResult {
  const diagnostics = result.diagnostics.filter(({ code }) => !codes.includes(code));
  const failed =
    result.prepared === null || diagnostics.some(({ severity }) => severity === "error");
  return { ...result, diagnostics, status: failed ? "failed" : "done" };
}
