import type { ProjectConfig } from "./config/config.js";
import type { ChangeClass, ContractChange } from "./diff/contract-change.js";
import type { FailMode } from "./diff/report/fail-mode.js";

/** What `generate` and `check` do, as options. Those of a project win over the config file. */
export interface ApiOptions extends Omit<ProjectConfig, "name"> {
  /** What relative paths are relative to; the process's own when absent. */
  readonly cwd?: string | undefined;
  /** The config file; absent for the nearest one, `false` for none. */
  readonly configFile?: string | false | undefined;
  /** Only this project of a config with several. */
  readonly project?: string | undefined;
  /** Take over files that mizan-gen did not write, and do all the work again. */
  readonly force?: boolean | undefined;
  /** Plan, write nothing. */
  readonly dryRun?: boolean | undefined;
}

/** One finding about a document, a config or the output. `mizan-gen explain <code>` says more. */
export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file: string | null;
  /** JSON Pointer into the document. */
  readonly pointer: string | null;
  /** Lines and columns from 1, columns in UTF-16 units, `end` exclusive. */
  readonly range: {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
  } | null;
  readonly help: string | null;
  /** The lines of the file at `range` with carets under the place, as the command line shows them, without colours. */
  readonly frame: string | null;
}

export interface FileChange {
  /** Relative to the output directory, with forward slashes. */
  readonly path: string;
  /**
   * `create`, `update`, `delete`: what had to be done. `hand-edited`: changed since it was written, and overwritten by `generate`.
   * `abandoned`: no longer generated, but edited, so it stays. `foreign`: not written by mizan-gen and in the way.
   */
  readonly kind: "create" | "update" | "delete" | "hand-edited" | "abandoned" | "foreign";
}

export interface ProjectReport {
  readonly name: string | null;
  /** The document as the banner names it. */
  readonly source: string;
  /** The output directory, relative to the cwd, with forward slashes. */
  readonly output: string;
  readonly failed: boolean;
  /** How many files the client has. */
  readonly files: number;
  /** What was changed, or for `check` what differs. Empty when all is in step. */
  readonly changes: readonly FileChange[];
}

export interface ApiResult {
  /** No errors; for `check` also no drift. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly projects: readonly ProjectReport[];
  /** What the command line would print of it, for people. Ends with a line end. */
  readonly text: string;
}

/**
 * Reads, verifies, and writes what changed. Problems are findings of the result: the promise rejects only for a fault of the caller
 * that no finding can name. Calls may run at the same time, for the same output as well.
 *
 * @example
 * const { ok, findings } = await generate({ input: "openapi.json", output: "src/mizan" });
 */
export async function generate(options: ApiOptions = {}): Promise<ApiResult> {
  const { runApi } = await import("./cli/run-api.js");
  return runApi(options, options.dryRun === true ? "plan" : "write");
}

/** Generates in memory and compares with what is on disk. Writes nothing. */
export async function check(options: ApiOptions = {}): Promise<ApiResult> {
  const { runApi } = await import("./cli/run-api.js");
  return runApi(options, "check");
}

/** A document that is in memory. */
export interface DocumentText {
  readonly content: string | Uint8Array;
  /** Where it is from, for messages; its extension says whether it is YAML. */
  readonly path?: string | undefined;
}

type ReadingOptions = Pick<
  ProjectConfig,
  "headers" | "allowRefs" | "include" | "exclude" | "basePath" | "int64" | "outputDefaults"
>;

/** What `diff` compares, and how the documents are read. Options win over the config file. */
export interface DiffOptions extends ReadingOptions {
  /** A file, an `http(s)` URL, a file of a Git revision (`HEAD:schema.json`), or a text. */
  readonly before: string | DocumentText;
  /** Likewise; absent for the document of the config. */
  readonly after?: string | DocumentText | undefined;
  /** Which changes make `ok` false: `breaking` when absent. */
  readonly failOn?: FailMode | undefined;
  /** What relative paths are relative to; the process's own when absent. */
  readonly cwd?: string | undefined;
  /** The config file; absent for the nearest one, `false` for none. */
  readonly configFile?: string | false | undefined;
  /** Only this project of a config with several. */
  readonly project?: string | undefined;
}

export interface DiffResult {
  /** Both documents were read, and nothing changed that `failOn` names. */
  readonly ok: boolean;
  /** How many changes of each class. */
  readonly summary: Readonly<Record<ChangeClass, number>>;
  /** Empty when one document could not be read: `findings` says why. */
  readonly changes: readonly ContractChange[];
  /** Errors of the documents, and which of the two they are about; null when about neither. */
  readonly findings: readonly (Finding & { readonly document: "before" | "after" | null })[];
}

/**
 * What changed in the contract between two documents, and whom it breaks. Writes nothing. Problems are findings of the result.
 *
 * @example
 * const { changes } = await diff({ before: "HEAD:openapi.json", after: "openapi.json" });
 */
export async function diff(options: DiffOptions): Promise<DiffResult> {
  const { runDiffApi } = await import("./cli/run-diff-api.js");
  return runDiffApi(options);
}
