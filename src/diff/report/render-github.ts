import { fileInRepository } from "../../diagnostics/file-in-repository.js";
import { placeOf } from "../../diagnostics/locate-diagnostics.js";
import { printable } from "../../diagnostics/quote.js";
import { escapeData, escapeProperty } from "../../diagnostics/workflow-command.js";
import type { ChangeClass, ContractChange } from "../contract-change.js";
import { describeChange } from "../describe-change.js";
import type { DiffReport } from "./diff-report.js";

const commands: Partial<Readonly<Record<ChangeClass, { name: string; title: string }>>> = {
  breaking: { name: "error", title: "Breaking change of the API contract" },
  review: { name: "warning", title: "Change of the API contract to review" },
};

/** GitHub shows this many of each for one step; the step summary has them all. */
const mostShown = 10;

/**
 * Annotations for GitHub Actions: breaking changes as errors, those to review as warnings, at the line of the new document; for what is
 * gone there is no such line.
 */
export function renderDiffGithub(report: DiffReport, directory?: string): string {
  const { changes } = report;
  return (["breaking", "review"] as const)
    .flatMap((found) => changes.filter((change) => change.class === found).slice(0, mostShown))
    .map((change) => `${annotation(change, report, directory)}\n`)
    .join("");
}

function annotation(
  change: ContractChange,
  { after }: DiffReport,
  directory: string | undefined,
): string {
  const { name = "notice", title = "" } = commands[change.class] ?? {};
  const pointer = change.pointers.after;
  const found = pointer === null ? null : placeOf(pointer, "key", after.view);
  // `HEAD:schema.json` is no file that is looked at.
  const isFile = found?.file !== undefined && !/^[^/]+:/.test(found.file);
  const file = isFile ? fileInRepository(found.file, directory) : undefined;
  const place =
    file === undefined || found?.range === undefined
      ? []
      : [`file=${escapeProperty(file)}`, `line=${String(found.range.start.line)}`];
  const properties = [...place, `title=${escapeProperty(title)}`].join(",");
  const text = `${describeChange(change)}\n${printable(change.reason)}`;
  return `::${name} ${properties}::${escapeData(text)}`;
}
