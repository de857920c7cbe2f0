import { summarize } from "../../diagnostics/render-text.js";
import { describeChanges, describeWritten } from "../describe-result.js";
import { nameFrom } from "../load-projects.js";
import type { ProjectResult } from "../run-project.js";
import { formatTime } from "../timings.js";

/** A run of a watch in one line: `schema.json changed: 2 updated, 1 deleted, 998 unchanged (64 ms)`. */
export function describeRun(
  result: ProjectResult,
  changed: readonly string[],
  cwd: string,
): string {
  const cause = changed.map((file) => causeName(cwd, file)).join(", ");
  if (cause === "" && result.status !== "failed") return describeWritten(result, false);
  const what =
    result.status === "failed"
      ? `${summarize(result.diagnostics)}; the last good output stays`
      : `${describeChanges(result)} (${formatTime(result.timings.total)})`;
  return `${cause === "" ? result.source : `${cause} changed`}: ${what}`;
}

/** What has changed, as messages call it: a URL is not a path. */
export function causeName(cwd: string, changed: string): string {
  return /^https?:/i.test(changed) ? changed : nameFrom(cwd, changed);
}
