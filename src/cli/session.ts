import { resolve } from "node:path";
import { fileKind } from "../config/file-kind.js";
import { severityOf } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Drift } from "../drift/explain-drift.js";
import { exitCodeOf, type ExitCode } from "./exit-code.js";
import type { CommonFlags, Format, ProjectFlags } from "./flags.js";
import { internalFault } from "./internal-fault.js";
import { loadProjects, type LoadedProjects } from "./load-projects.js";
import { reportDiagnostics, type Findings, type ReportOptions } from "./report-diagnostics.js";
import { printJsonReport, printSarifReport } from "./report-results.js";
import type { ProjectResult, RunOptions } from "./run-project.js";
import { processTerminal, type Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** What a command needs to know of its surroundings. */
export interface Session {
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly format: Format;
  readonly report: ReportOptions;
}

export function openSession(flags: Partial<CommonFlags>, terminal?: Terminal): Session {
  const environment = process.env;
  const shown = terminal ?? processTerminal(environment);
  const cwd = resolve(flags.cwd ?? ".");
  const format = flags.format ?? "text";
  return {
    terminal: shown,
    environment,
    cwd,
    format,
    report: {
      cwd,
      format,
      color: shown.color && flags.color !== false,
      quiet: flags.quiet ?? false,
      verbose: flags.verbose ?? false,
      debug: flags.debug ?? false,
      environment,
    },
  };
}

/** The projects of a command, with `--cwd` checked. @throws UsageError */
export async function openProjects(
  session: Session,
  input: string | undefined,
  flags: ProjectFlags,
): Promise<LoadedProjects> {
  checkDirectory(session, flags);
  return loadProjects({ cwd: session.cwd, input, flags });
}

/** @throws UsageError when `--cwd` leads nowhere */
export function checkDirectory({ cwd }: Session, flags: ProjectFlags): void {
  if (fileKind(cwd) === "directory") return;
  throw new UsageError("E050", `--cwd ${flags.cwd}: there is no such directory`);
}

/** `-1` for any number of warnings. */
export function maxWarningsOf(flags: ProjectFlags): number | undefined {
  return flags.strict === true ? 0 : flags.maxWarnings;
}

/** Warnings that were given before must be found again where somebody counts or annotates them. */
export function trustOf(session: Session, flags: ProjectFlags): RunOptions["trustManifest"] {
  const counts = maxWarningsOf(flags) !== undefined || session.format !== "text";
  return counts || session.environment["GITHUB_ACTIONS"] === "true" ? "without-warnings" : "always";
}

/** Reads standard input where a project asks for it. */
export async function readStandardInput(
  projects: readonly { readonly input: string }[],
  flags: ProjectFlags,
): Promise<RunOptions["stdin"]> {
  return projects.some((project) => project.input === "-") ? readInput(flags) : undefined;
}

/** All of standard input. */
export async function readInput(flags: ProjectFlags): Promise<NonNullable<RunOptions["stdin"]>> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return { content: Buffer.concat(chunks), path: flags.stdinFilepath };
}

export interface Outcome {
  readonly findings: readonly Findings[];
  readonly results?: readonly ProjectResult[] | undefined;
  /** Further members of the JSON report. */
  readonly more?: Readonly<Record<string, unknown>> | undefined;
  /** For people, on standard output. */
  readonly text: string;
  readonly drift?: boolean | undefined;
  /** Of each result of `check`, why it is not in step; null where it is. */
  readonly drifts?: readonly (Drift | null)[] | undefined;
  readonly maxWarnings?: number | undefined;
}

/** Prints what came of a command, in the format that was asked for, and gives its exit code. */
export function conclude(session: Session, outcome: Outcome): ExitCode {
  const { terminal, format, report } = session;
  const { findings, results = [], text } = outcome;
  reportDiagnostics(findings, terminal, report);
  if (format === "json") terminal.out(printJsonReport(findings, results, outcome));
  else if (format === "sarif") terminal.out(printSarifReport(findings));
  else if (!report.quiet) terminal.out(text);
  return exitCodeOf(
    findings.flatMap(({ diagnostics }) => diagnostics.filter(({ code }) => code !== "E060")),
    { drift: outcome.drift ?? false, maxWarnings: outcome.maxWarnings },
  );
}

/** An error that stopped a command, as findings. Whatever nobody expected is a fault of ours. */
export function findingsOf(error: unknown): Findings {
  if (error instanceof UsageError) {
    const { code, details } = error;
    const severity = severityOf(code);
    const diagnostics = details.map((detail): Diagnostic => ({ code, severity, ...detail }));
    return { diagnostics, document: null };
  }
  const { diagnostic, stack } = internalFault(error);
  return { diagnostics: [diagnostic], document: null, stack };
}
