import type { Project } from "../config/resolve-project.js";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import type { DiffReport } from "../diff/report/diff-report.js";
import { loadProjects, type LoadOptions } from "./load-projects.js";
import { readApi, type ReadApi, type ReadApiOptions } from "./read-api.js";
import { readRevision, revisionOf } from "./revision.js";
import type { Timings } from "./timings.js";
import { UsageError } from "./usage-error.js";

/** One of two documents to compare. */
export interface ContractArgument {
  /** A file, a URL, `-`, or a file of a Git revision; undefined for the document of the config. */
  readonly input: string | undefined;
  readonly stdin: ReadApiOptions["stdin"];
  /** How people call it, where the argument does not say. */
  readonly name?: string | undefined;
}

export interface ReadContract extends ReadApi {
  /** As people call it: as it was given, or the file of the config from here. */
  readonly name: string;
  /** Of the config, where it has several. */
  readonly project: string | undefined;
}

export interface ReadContractsOptions {
  readonly cwd: string;
  readonly flags: LoadOptions["flags"];
  readonly timings: Timings;
}

/** Reads one document of a comparison. Its errors are in the result. @throws UsageError for what concerns no document */
export async function readContract(
  { input, stdin, name }: ContractArgument,
  { cwd, flags, timings }: ReadContractsOptions,
): Promise<ReadContract> {
  const { projects } = await loadProjects({ cwd, input, flags });
  const [project, ...others] = projects;
  if (project === undefined || others.length > 0) {
    throw new UsageError(
      "E050",
      `diff compares one project, and the config has ${String(projects.length)}`,
      { help: `choose one with --project: ${projects.map(({ name }) => name).join(", ")}` },
    );
  }
  const named = { name: name ?? nameOf(input, project), project: project.name };
  const options = { cwd, stdin, timings, lint: false };
  const revision = input === undefined ? null : revisionOf(input, cwd);
  if (revision === null) return { ...(await readApi(project, options)), ...named };
  const diagnostics = new Diagnostics();
  const source = await readRevision(revision, cwd, diagnostics);
  if (source === null) {
    return { api: null, document: null, diagnostics: diagnostics.all, ...named };
  }
  return { ...(await readApi(project, { ...options, source })), ...named };
}

function nameOf(input: string | undefined, project: Project): string {
  if (input !== undefined) return input === "-" ? "standard input" : input;
  return project.document;
}

/** What changed from one to the other; null when one of them could not be read. */
export async function compareContracts(
  before: ReadContract,
  after: ReadContract,
): Promise<DiffReport | null> {
  if (before.api === null || after.api === null) return null;
  const { reportDiff } = await import("../diff/report/diff-report.js");
  return reportDiff(
    { api: before.api, source: before.name, view: before.document },
    { api: after.api, source: after.name, view: after.document },
  );
}
