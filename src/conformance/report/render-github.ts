import { printable } from "../../diagnostics/quote.js";
import { escapeData, escapeProperty } from "../../diagnostics/workflow-command.js";
import type { ConformanceReport } from "../report.js";
import { failureLines } from "./render-text.js";

/** GitHub shows this many errors for one step and drops the rest. */
const mostShown = 10;

/** Annotations for GitHub Actions: an error for each case that failed, and a notice of what was not run. */
export function renderGithub({ cases }: ConformanceReport): string {
  const errors = cases.filter(({ status }) => status === "failed").slice(0, mostShown);
  const open = cases.filter(({ status }) => status === "not-run");
  const lines = errors.map(({ id, title, mend, failures }) => {
    const text = [title, ...failures.slice(0, 3).flatMap(failureLines), `mend: ${mend}`]
      .map(printable)
      .join("\n");
    return `::error title=${escapeProperty(`conformance ${id}`)}::${escapeData(text)}\n`;
  });
  if (open.length > 0) {
    const text = open
      .map(({ id, gaps }) => `${id}: ${gaps.map(({ reason }) => reason).join("; ")}`)
      .join("\n");
    lines.push(`::notice title=${escapeProperty("conformance, not run")}::${escapeData(text)}\n`);
  }
  return lines.join("");
}
