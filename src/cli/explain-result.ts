import type { Drift } from "../drift/explain-drift.js";
import type { ProjectResult } from "./run-project.js";

/** Why a project is not in step; null when it is, and nothing need be loaded to say so. */
export async function explainResult({
  changes,
  before,
  prepared,
}: ProjectResult): Promise<Drift | null> {
  if (prepared?.status !== "ready" || changes.every(({ kind }) => kind === "unchanged"))
    return null;
  const { explainDrift } = await import("../drift/explain-drift.js");
  return explainDrift(changes, before, prepared.request.manifest);
}
