import type { Project } from "../config/resolve-project.js";
import { severityOf } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import type { Document } from "../document/document.js";
import type { Manifest } from "../output/manifest.js";
import { OutputError } from "../output/output-error.js";
import type { Change } from "../output/plan-changes.js";
import {
  planOutput,
  writeOutput,
  type OutputPlan,
  type OutputRequest,
} from "../output/write-output.js";
import { TemplateFault } from "../emit/stage2/template-fault.js";
import { internalFault } from "./internal-fault.js";
import { nameFrom } from "../diagnostics/name-from.js";
import { prepareProject, type Prepared, type PrepareOptions } from "./prepare-project.js";
import { templateFinding } from "./template-finding.js";
import { Timings } from "./timings.js";

/** What came of one project. */
export interface ProjectResult {
  readonly name?: string | undefined;
  /** Document and output directory as messages call them. */
  readonly source: string;
  readonly output: string;
  /**
   * `current`: nothing had to be looked at; `done`: the plan was made, and applied if that was asked for; `failed`: errors; `overtaken`:
   * the input changed while a watch ran, and nothing was written.
   */
  readonly status: "failed" | "current" | "done" | "overtaken";
  /** One for each file, also those that are unchanged; empty unless `done`. */
  readonly changes: readonly Change[];
  /** What the last run noted; null when it is unknown. */
  readonly before: Manifest | null;
  /** Files that the client has. */
  readonly total: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Warnings of the run that wrote what is current, which were not found again. */
  readonly earlierWarnings: number;
  /** To show the lines that diagnostics are about. */
  readonly document: Document | null;
  readonly prepared: Prepared | null;
  readonly timings: Timings;
  /** Of a fault of ours, for `--debug`. */
  readonly stack?: string | undefined;
}

/** What happens with the plan: this alone tells `generate`, `check` and a dry run apart. */
export type Applier = (request: OutputRequest) => OutputPlan | Promise<OutputPlan>;

/** Writes what the plan says. */
export const write: Applier = writeOutput;
/** Only looks. */
export const look: Applier = planOutput;

export interface RunOptions extends Omit<
  PrepareOptions,
  "diagnostics" | "timings" | "trustManifest"
> {
  readonly apply: Applier;
  /** When to believe the manifest that nothing changed. */
  readonly trustManifest: "always" | "without-warnings" | "never";
}

/** Runs one project from its input to its files. Never throws: whatever happens is a diagnostic of the result. */
export async function runProject(project: Project, options: RunOptions): Promise<ProjectResult> {
  const diagnostics = new Diagnostics();
  const timings = new Timings();
  let prepared: Prepared | null = null;
  let plan: OutputPlan | null = null;
  let stack: string | undefined;
  try {
    const trust = options.trustManifest;
    const preparing = { ...options, diagnostics, timings, trustManifest: trust !== "never" };
    prepared = await prepareProject(project, preparing);
    if (
      prepared.status === "current" &&
      trust === "without-warnings" &&
      prepared.manifest.warnings > 0
    ) {
      prepared = await prepareProject(project, { ...preparing, trustManifest: false });
    }
    if (prepared.status === "ready") {
      const { request } = prepared;
      plan = await timings.measure("write", () => options.apply(request));
      for (const finding of plan.findings) diagnostics.add(inCwd(finding, request, options.cwd));
    }
  } catch (error) {
    if (error instanceof OutputError) {
      const { code, message, help } = error;
      diagnostics.add({ code, severity: severityOf(code), message, help });
    } else if (error instanceof TemplateFault) {
      diagnostics.add(templateFinding(error, project, options.cwd));
    } else {
      const fault = internalFault(error);
      diagnostics.add(fault.diagnostic);
      stack = fault.stack;
    }
  }
  return {
    name: project.name,
    source: project.document,
    output: nameFrom(options.cwd, project.output),
    status: plan?.isOvertaken === true ? "overtaken" : statusOf(prepared, diagnostics),
    changes: plan?.changes ?? [],
    before: plan?.state.manifest ?? null,
    total: plan?.hashes.size ?? manifestOf(prepared)?.files.size ?? 0,
    diagnostics: diagnostics.all,
    earlierWarnings: manifestOf(prepared)?.warnings ?? 0,
    document: prepared !== null && "document" in prepared ? prepared.document : null,
    prepared,
    timings,
    stack,
  };
}

function statusOf(prepared: Prepared | null, diagnostics: Diagnostics): ProjectResult["status"] {
  if (prepared === null || diagnostics.hasErrors) return "failed";
  return prepared.status === "ready" ? "done" : prepared.status;
}

function manifestOf(prepared: Prepared | null): Manifest | undefined {
  return prepared?.status === "current" ? prepared.manifest : undefined;
}

/** Findings about files of the output name them relative to the output; a reader and an editor need the way from the cwd. */
function inCwd(finding: Diagnostic, { directory }: OutputRequest, cwd: string): Diagnostic {
  if (finding.file === undefined) return finding;
  return { ...finding, file: nameFrom(cwd, `${directory}/${finding.file}`) };
}
