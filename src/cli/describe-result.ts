import type { Change, ChangeKind } from "../output/plan-changes.js";
import { unifiedDiff } from "../output/unified-diff.js";
import { toLf } from "../output/hash-text.js";
import type { ProjectResult } from "./run-project.js";
import { formatTime } from "./timings.js";

/** `wrote 12 files (3 updated, 1 new, 997 unchanged) to src/mizan in 64 ms` */
export function describeWritten(result: ProjectResult, dryRun: boolean): string {
  const { changes, output, source, timings } = result;
  const time = formatTime(timings.total);
  const count = counter(changes);
  const written = count("create") + count("update") + count("hand-edited") + count("foreign");
  const removed = count("delete");
  if (result.status === "current" || written + removed === 0) {
    return `nothing to do: ${countFiles(result.total)} in ${output} ${result.total === 1 ? "is" : "are"} in step with ${source} (${time})`;
  }
  const parts = [
    part(count("create"), "new"),
    part(count("update") + count("hand-edited") + count("foreign"), "updated"),
    part(removed, "deleted"),
    part(count("unchanged"), "unchanged"),
  ].filter((text) => text !== "");
  const verb = dryRun ? "would write" : "wrote";
  return `${verb} ${countFiles(written)} (${parts.join(", ")}) to ${output} in ${time}`;
}

/** `2 updated, 1 deleted, 998 unchanged` */
export function describeChanges(result: ProjectResult): string {
  const count = counter(result.changes);
  const parts = [
    part(count("create"), "new"),
    part(count("update") + count("hand-edited") + count("foreign"), "updated"),
    part(count("delete"), "deleted"),
    part(result.status === "current" ? result.total : count("unchanged"), "unchanged"),
  ].filter((text) => text !== "");
  return parts.join(", ");
}

const driftNames: Readonly<Record<Exclude<ChangeKind, "unchanged">, string>> = {
  create: "missing",
  update: "outdated",
  delete: "left over",
  "hand-edited": "edited by hand",
  abandoned: "left over, edited by hand",
  foreign: "not written by mizan-gen",
};

/** Why a file is not as it should be. */
export function driftName(kind: ChangeKind): string {
  return kind === "unchanged" ? "in step" : driftNames[kind];
}

/** A change as a unified diff. */
export function diffOf({ kind, path, text, before }: Change, output: string): string {
  const removed = kind === "delete" || kind === "abandoned";
  return unifiedDiff(
    `${output}/${path}`,
    before === undefined ? null : toLf(before.toString("utf8")),
    removed ? null : (text ?? ""),
  );
}

function counter(changes: readonly Change[]): (kind: ChangeKind) => number {
  const counts = new Map<ChangeKind, number>();
  for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return (kind) => counts.get(kind) ?? 0;
}

function part(count: number, what: string): string {
  return count === 0 ? "" : `${count} ${what}`;
}

/** `1 file`, `12 files` */
export function countFiles(count: number): string {
  return `${count} file${count === 1 ? "" : "s"}`;
}
