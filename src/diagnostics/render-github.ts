import { catalogue } from "./catalogue.js";
import type { Diagnostic, Severity } from "./diagnostic.js";
import { fileInRepository } from "./file-in-repository.js";
import { markdownText } from "./markdown-text.js";
import { escapeData, escapeProperty } from "./workflow-command.js";
import { foldEqual, locateDiagnostics, type Fold } from "./locate-diagnostics.js";
import { printable } from "./quote.js";
import { summarize } from "./render-text.js";
import type { RenderOptions } from "./source-view.js";

export interface GithubOptions extends RenderOptions {
  /** Path of the current directory from the root of the repository (`web`), as annotations count from there. */
  readonly directory?: string | undefined;
}

export interface GithubReport {
  /** Workflow commands for standard output, one a line. */
  readonly annotations: string;
  /** Markdown for the file that GITHUB_STEP_SUMMARY names; empty when the annotations say it all. */
  readonly summary: string;
}

/** GitHub shows this many of each severity for one step and drops the rest. */
const mostShown = 10;
/** A step summary may have a mebibyte. */
const mostListed = 500;

/**
 * Annotations for GitHub Actions (workflow commands, escaped as `@actions/core` does), and a step summary that lists everything
 * when there is more than GitHub shows.
 */
export function renderGithub(
  diagnostics: readonly Diagnostic[],
  options: GithubOptions = {},
): GithubReport {
  const folds = foldEqual(locateDiagnostics(diagnostics, options.document));
  const shown = [...ofSeverity(folds, "error"), ...ofSeverity(folds, "warning")];
  const annotations = shown.map((fold) => `${annotation(fold, options.directory)}\n`).join("");
  const complete = folds.length === shown.length;
  return { annotations, summary: complete ? "" : summaryOf(folds, diagnostics) };
}

function ofSeverity(folds: readonly Fold[], severity: Severity): readonly Fold[] {
  return folds.filter((fold) => fold.first.diagnostic.severity === severity).slice(0, mostShown);
}

function annotation(fold: Fold, directory: string | undefined): string {
  const { diagnostic, file, range } = fold.first;
  const properties: [name: string, value: string | number | undefined][] = [
    ["file", fileInRepository(file, directory)],
    ["line", range?.start.line],
    ["endLine", range?.end.line],
    // Columns are only shown, and only accepted, when the lines are the same.
    ["col", range?.start.line === range?.end.line ? range?.start.column : undefined],
    ["endColumn", range?.start.line === range?.end.line ? range?.end.column : undefined],
    ["title", `${diagnostic.code} ${catalogue[diagnostic.code].title}`],
  ];
  const list = properties
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${diagnostic.severity} ${list.join(",")}::${escapeData(textOf(fold))}`;
}

function textOf({ first, more }: Fold): string {
  const { message, pointer, help } = first.diagnostic;
  const lines = [printable(message)];
  if (pointer !== undefined) lines.push(printable(pointer));
  if (more.length > 0) lines.push(`and ${String(more.length)} more like this`);
  if (help !== undefined) lines.push(`help: ${printable(help)}`);
  return lines.join("\n");
}

function summaryOf(folds: readonly Fold[], diagnostics: readonly Diagnostic[]): string {
  const items = folds.slice(0, mostListed).map(({ first, more }) => {
    const { code, severity, message } = first.diagnostic;
    const place = first.range
      ? `:${String(first.range.start.line)}:${String(first.range.start.column)}`
      : "";
    const where = first.file === undefined ? "" : ` ${markdownText(first.file + place)}`;
    const count = more.length === 0 ? "" : ` (and ${String(more.length)} more like this)`;
    return `- ${severity} **${code}**${where}: ${markdownText(message)}${count}`;
  });
  const rest = folds.length - items.length;
  if (rest > 0) items.push(`- and ${String(rest)} more`);
  return `### mizan-gen: ${summarize(diagnostics)}\n\n${items.join("\n")}\n`;
}
