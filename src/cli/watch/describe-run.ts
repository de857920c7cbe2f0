import { summarize } from "../../diagnostics/render-text.js";
import { describeChanges, describeWritten } from "../describe-result.js";
import { isUrl } from "../../diagnostics/is-url.js";
import { nameFrom } from "../../diagnostics/name-from.js";
import type { ContractChange } from "../../diff/contract-change.js";
import { describeChange } from "../../diff/describe-change.js";
import type { ProjectResult } from "../run-project.js";
import { formatTime } from "../timings.js";
import type { WatchEvent } from "./watch-projects.js";

/** A run of a watch in one line: `schema.json changed: 2 updated, 1 deleted, 998 unchanged (64 ms)`. */
export function describeRun(
  result: ProjectResult,
  changed: readonly string[],
  cwd: string,
): string {
  const cause = changed.map((file) => causeName(cwd, file)).join(", ");
  const project = result.name === undefined ? "" : `${result.name}: `;
  const warnings = describeWarnings(result);
  if (cause === "" && result.status !== "failed") {
    return `${project}${describeWritten(result, false)}${warnings}`;
  }
  const what =
    result.status === "failed"
      ? `${summarize(result.diagnostics)}; the last good output stays`
      : `${describeChanges(result)}${warnings} (${formatTime(result.timings.total)})`;
  return `${project}${cause === "" ? result.source : `${cause} changed`}: ${what}`;
}

/** `, 2 warnings`; those of the run that wrote what is current count as well. */
function describeWarnings({ status, diagnostics, earlierWarnings }: ProjectResult): string {
  if (status !== "current") return diagnostics.length === 0 ? "" : `, ${summarize(diagnostics)}`;
  const plural = earlierWarnings === 1 ? "" : "s";
  return earlierWarnings === 0 ? "" : `, ${earlierWarnings} warning${plural}`;
}

/** Lines of what is new in the contract: more than a screen holds nobody reads. */
const mostChanges = 10;

/** What is new in the contract, a line each: `~ rename_user: input.name is now optional`. */
export function describeContract(changes: readonly ContractChange[]): readonly string[] {
  const shown = changes.length > mostChanges + 1 ? changes.slice(0, mostChanges) : changes;
  const more = changes.length - shown.length;
  return [...shown.map(describeChange), ...(more > 0 ? [`and ${more} more`] : [])];
}

/** What happened, in a line: of a run {@link describeRun}. */
export function describeEvent(event: WatchEvent, cwd: string): string {
  switch (event.kind) {
    case "run":
      return describeRun(event.result, event.changed, cwd);
    case "waiting":
      return `waiting for ${event.project.document}`;
    case "watching":
      return `watching ${event.projects.map(({ document }) => document).join(", ")}`;
    case "config":
      return event.failed === undefined
        ? `${nameFrom(cwd, event.file)} changed`
        : "the config has errors; the one before stays in force";
  }
}

/** What has changed, as messages call it: a URL is not a path. */
export function causeName(cwd: string, changed: string): string {
  return isUrl(changed) ? changed : nameFrom(cwd, changed);
}
