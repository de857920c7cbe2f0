import { jsonReport } from "../../diagnostics/render-json.js";
import type { DiffReport } from "../../diff/report/diff-report.js";
import { mustFail, type FailMode } from "../../diff/report/fail-mode.js";
import type { JsonDiff } from "../../diff/report/render-json.js";
import { exitCodes, type ExitCode } from "../exit-code.js";
import type { ProjectFlags } from "../flags.js";
import { compareContracts, readContract, type ReadContract } from "../read-contracts.js";
import { directoryInRepository } from "../report-diagnostics.js";
import { checkDirectory, conclude, readInput, type Session } from "../session.js";
import { writeSummary } from "../step-summary.js";
import { Timings } from "../timings.js";
import { UsageError } from "../usage-error.js";

export interface DiffFlags extends ProjectFlags {
  readonly failOn: FailMode;
}

/** What changed between two documents, and whom it breaks (docs/diff.md). Writes nothing but a step summary in GitHub Actions. */
export async function runDiff(
  session: Session,
  old: string,
  young: string | undefined,
  flags: DiffFlags,
): Promise<ExitCode> {
  checkDirectory(session, flags);
  if (session.format === "sarif") {
    throw new UsageError("E050", "diff prints no SARIF: a change is a matter of two documents", {
      help: "use --format github for annotations, json for machines, markdown for a comment",
    });
  }
  if (old === "-" && young === "-") {
    throw new UsageError("E050", "standard input can be one of the two documents, not both");
  }
  const timings = new Timings();
  const read = async (input: string | undefined): Promise<ReadContract> =>
    readContract(
      { input, stdin: input === "-" ? await readInput(flags) : undefined },
      { cwd: session.cwd, flags, timings },
    );
  const before = await read(old);
  const after = await read(young);
  const report = await timings.measure("compare", () => compareContracts(before, after));
  const code = await print(session, before, after, report);
  if (session.report.verbose) session.terminal.err(`${timings.toString()}\n`);
  if (report === null || code !== exitCodes.ok) return exitCodes.failed;
  return mustFail(report.changes, flags.failOn) ? exitCodes.drift : exitCodes.ok;
}

/** Errors of the documents first, each with the name of its document; then the changes. */
async function print(
  session: Session,
  before: ReadContract,
  after: ReadContract,
  report: DiffReport | null,
): Promise<ExitCode> {
  const { terminal, format } = session;
  if (format === "json") {
    const { jsonDiff } = await import("../../diff/report/render-json.js");
    const diagnostics = [...errorsOf(before, "before"), ...errorsOf(after, "after")];
    terminal.out(`${JSON.stringify(jsonDiff(report, diagnostics), null, 2)}\n`);
    return report === null ? exitCodes.failed : exitCodes.ok;
  }
  const asText = format === "markdown" ? withFormat(session, "text") : session;
  let code: ExitCode = exitCodes.ok;
  for (const [which, contract] of [
    ["old", before],
    ["new", after],
  ] as const) {
    // Warnings are the business of `validate`: here they would be told of two documents, mostly twice.
    const diagnostics = contract.diagnostics.filter(({ severity }) => severity === "error");
    if (diagnostics.length === 0) continue;
    terminal.err(`The ${which} document, ${contract.name}, cannot be compared:\n\n`);
    code = conclude(asText, { findings: [{ ...contract, diagnostics }], text: "" });
  }
  if (report !== null) terminal.out(await render(session, report, after.project));
  return code;
}

async function render(
  session: Session,
  report: DiffReport,
  project: string | undefined,
): Promise<string> {
  const { format, environment } = session;
  const { color, verbose, quiet } = session.report;
  if (format === "markdown") {
    const { renderDiffMarkdown } = await import("../../diff/report/render-markdown.js");
    return renderDiffMarkdown(report, { project });
  }
  const { renderDiffText } = await import("../../diff/report/render-text.js");
  const text = quiet ? "" : renderDiffText(report, { color, verbose });
  const inActions = environment["GITHUB_ACTIONS"] === "true";
  if (format !== "github" && !inActions) return text;
  const { renderDiffGithub } = await import("../../diff/report/render-github.js");
  const { renderDiffMarkdown } = await import("../../diff/report/render-markdown.js");
  if (report.changes.length > 0) {
    writeSummary(renderDiffMarkdown(report, { project }), environment["GITHUB_STEP_SUMMARY"]);
  }
  return text + renderDiffGithub(report, directoryInRepository(session.cwd));
}

function errorsOf(
  { diagnostics, document }: ReadContract,
  which: "before" | "after",
): JsonDiff["diagnostics"] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return jsonReport(errors, { document }).diagnostics.map((found) => ({
    ...found,
    document: which,
  }));
}

function withFormat(session: Session, format: Session["format"]): Session {
  return { ...session, format, report: { ...session.report, format } };
}
