import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { didYouMean, suggest } from "../../diagnostics/suggest.js";
import type { Drift } from "../../drift/explain-drift.js";
import { explainResult } from "../explain-result.js";
import { describeDrift } from "../describe-drift.js";
import { describeWritten, diffOf } from "../describe-result.js";
import type { ExitCode } from "../exit-code.js";
import type { GenerateFlags } from "../flags.js";
import { withoutPlanFindings } from "../plan-findings.js";
import { driftFindings } from "../report-results.js";
import { look, runProject, write, type ProjectResult } from "../run-project.js";
import {
  conclude,
  maxWarningsOf,
  openProjects,
  readStandardInput,
  trustOf,
  type Session,
} from "../session.js";
import { UsageError } from "../usage-error.js";

/** `generate`, and with other appliers `check` and a dry run. */
export async function runGenerate(
  session: Session,
  input: string | undefined,
  flags: GenerateFlags,
  commands: readonly string[] = [],
): Promise<ExitCode> {
  refuseMisspeltCommand(session, input, commands);
  if (flags.watch) {
    const { runWatch } = await import("./watch.js");
    return runWatch(session, input, flags);
  }
  const check = flags.check ?? false;
  if (check && flags.dryRun)
    throw new UsageError("E050", "--check and --dry-run exclude each other");
  const { projects } = await openProjects(session, input, flags);
  const stdin = await readStandardInput(projects, flags);
  const results: ProjectResult[] = [];
  for (const project of projects) {
    results.push(
      await runProject(project, {
        cwd: session.cwd,
        stdin,
        force: flags.force ?? false,
        apply: check || flags.dryRun ? look : write,
        trustManifest: check ? "never" : trustOf(session, flags),
      }),
    );
  }
  const shown = check ? results.map(withoutPlanFindings) : results;
  const drifts = check ? await Promise.all(results.map(explainResult)) : [];
  const annotated = session.format !== "text" || session.environment["GITHUB_ACTIONS"] === "true";
  return conclude(session, {
    findings: shown.map((result, index) => ({
      ...result,
      diagnostics:
        check && annotated && session.format !== "json"
          ? [...result.diagnostics, ...driftFindings(result, drifts[index] ?? null)]
          : result.diagnostics,
    })),
    results: shown,
    text: shown.map((result, index) => describe(result, flags, drifts[index])).join(""),
    drift: drifts.some((drift) => drift !== null),
    drifts,
    maxWarnings: maxWarningsOf(flags),
  });
}

/** `mizan-gen chekc` would otherwise be told that there is no document of that name. */
function refuseMisspeltCommand(
  session: Session,
  input: string | undefined,
  commands: readonly string[],
): void {
  if (input === undefined || !/^[a-z]+$/i.test(input)) return;
  const near = suggest(input, commands);
  if (near === undefined || existsSync(resolve(session.cwd, input))) return;
  throw new UsageError("E050", `unknown command ${JSON.stringify(input)}${didYouMean(near)}`);
}

function describe(result: ProjectResult, flags: GenerateFlags, drift: Drift | null = null): string {
  const prefix = result.name === undefined ? "" : `${result.name}: `;
  const timings = flags.verbose ? `  ${result.timings.toString()}\n` : "";
  if (result.status === "failed") {
    return flags.check ? timings : `${prefix}nothing was written\n${timings}`;
  }
  if (flags.check) return prefix + describeDrift(result, drift, flags.diff ?? false) + timings;
  const dryRun = flags.dryRun ?? false;
  const names = dryRun || flags.verbose ? listChanges(result) : "";
  const diff = flags.diff
    ? result.changes.map((change) => diffOfChange(change, result)).join("")
    : "";
  const earlier =
    result.status === "current" && result.earlierWarnings > 0
      ? `  ${result.earlierWarnings} warning${result.earlierWarnings === 1 ? "" : "s"} of the document: mizan-gen validate shows them\n`
      : "";
  return `${names}${diff}${prefix}${describeWritten(result, dryRun)}\n${earlier}${timings}`;
}

function diffOfChange(change: ProjectResult["changes"][number], result: ProjectResult): string {
  return change.kind === "unchanged" || change.kind === "abandoned"
    ? ""
    : diffOf(change, result.output);
}

function listChanges({ changes, output }: ProjectResult): string {
  const verbs = {
    create: "create",
    update: "update",
    delete: "delete",
    "hand-edited": "update",
    foreign: "update",
  } as const;
  return changes
    .map(({ kind, path }) =>
      kind === "unchanged" || kind === "abandoned" ? "" : `  ${verbs[kind]}  ${output}/${path}\n`,
    )
    .join("");
}
