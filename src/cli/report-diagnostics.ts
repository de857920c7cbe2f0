import { relative } from "node:path";
import { directoriesUpwards, isGitRoot } from "../config/find-config.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { renderGithub } from "../diagnostics/render-github.js";
import { renderText, summarize } from "../diagnostics/render-text.js";
import type { SourceView } from "../diagnostics/source-view.js";
import type { Format } from "./flags.js";
import { writeSummary } from "./step-summary.js";
import type { Terminal } from "./terminal.js";

/** Diagnostics about one document, or about none. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly document: SourceView | null;
  /** Of a fault of ours. */
  readonly stack?: string | undefined;
}

export interface ReportOptions {
  readonly cwd: string;
  readonly format: Format;
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly environment: NodeJS.ProcessEnv;
}

/** Shows diagnostics as text or as annotations of GitHub Actions; the other formats are one document for the whole run. */
export function reportDiagnostics(
  findings: readonly Findings[],
  terminal: Terminal,
  options: ReportOptions,
): void {
  const { cwd, format, environment } = options;
  const inActions = environment["GITHUB_ACTIONS"] === "true";
  for (const { diagnostics, document, stack } of findings) {
    const shown = options.quiet
      ? diagnostics.filter((finding) => finding.severity === "error")
      : diagnostics;
    if (shown.length === 0) continue;
    // Drift is in the text of `check` already; it is a finding for annotations only.
    const told = shown.filter((finding) => finding.code !== "E060");
    if (format === "text" && told.length > 0) {
      terminal.err(renderText(told, { document, color: options.color, each: options.verbose }));
      terminal.err(`\n${summarize(told)}\n`);
    }
    if (format === "github" || (format === "text" && inActions)) {
      const report = renderGithub(shown, { document, directory: directoryInRepository(cwd) });
      terminal.out(report.annotations);
      writeSummary(report.summary, environment["GITHUB_STEP_SUMMARY"]);
    }
    if (options.debug && stack !== undefined) terminal.err(`${stack}\n`);
  }
}

/** Where the current directory is below the root of the repository; empty for the root, and outside of one. */
export function directoryInRepository(cwd: string): string {
  const root = directoriesUpwards(cwd).find(isGitRoot);
  return root === undefined ? "" : relative(root, cwd).replaceAll("\\", "/");
}
