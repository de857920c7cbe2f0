import type { ContractSummary } from "../drift/summarize-contract.js";
import type { Drift } from "../drift/explain-drift.js";
import { countFiles, diffOf, driftName } from "./describe-result.js";
import type { ProjectResult } from "./run-project.js";
import { formatTime } from "./timings.js";

/** As many phrases about one file, and names in one list, as a reader takes in. */
const most = 5;

/** What `check` prints of a project. */
export function describeDrift(result: ProjectResult, drift: Drift | null, diff: boolean): string {
  const { changes, output, source, timings, total } = result;
  const drifted = changes.filter((change) => change.kind !== "unchanged");
  const time = formatTime(timings.total);
  if (drifted.length === 0) {
    return `${output} is in step with ${source}: ${countFiles(total)} (${time})\n`;
  }
  const width = Math.max(...drifted.map((change) => driftName(change.kind).length));
  const lines = drifted.map(({ kind, path }) => {
    const details = drift?.details.get(path) ?? [];
    const why = details.length === 0 ? "" : `: ${list(details)}`;
    return `  ${driftName(kind).padEnd(width)}  ${output}/${path}${why}\n`;
  });
  const verb = drifted.length === 1 ? "differs" : "differ";
  return [
    ...lines,
    ...(diff ? ["\n", ...drifted.map((change) => diffOf(change, output))] : []),
    ...(drift?.contract ? [`the contract: ${describeContract(drift.contract)}\n`] : []),
    `${countFiles(drifted.length)} of ${output} ${verb} from what ${source} gives${causeOf(drift)}: run mizan-gen (${time})\n`,
  ].join("");
}

/** What changed, for the annotation of one file. */
export function describeDetails(drift: Drift | null, path: string): string {
  const details = drift?.details.get(path) ?? [];
  return details.length === 0 ? "" : `: ${list(details)}`;
}

function causeOf(drift: Drift | null): string {
  if (drift === null) return "";
  return drift.causes.length === 0
    ? " (the document is the same; the files are not)"
    : ` (${drift.causes.join(", ")})`;
}

function describeContract({ added, removed, changed, types }: ContractSummary): string {
  const parts = [
    ["+", added],
    ["-", removed],
    ["~", changed],
    ["types", types],
  ] as const;
  return parts
    .filter(([, names]) => names.length > 0)
    .map(([sign, names]) => `${sign} ${list(names)}`)
    .join("; ");
}

function list(items: readonly string[]): string {
  const shown = items.length > most + 1 ? items.slice(0, most) : items;
  const more = items.length - shown.length;
  return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}
