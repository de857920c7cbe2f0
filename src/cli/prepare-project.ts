import { setImmediate as nextTurn } from "node:timers/promises";
import type { Project } from "../config/resolve-project.js";
import type { Diagnostics } from "../diagnostics/diagnostics.js";
import {
  inputFromArgument,
  type DocumentInput,
  type ReadOptions,
} from "../document/document-input.js";
import type { Document } from "../document/document.js";
import type { Source } from "../document/source.js";
import { filesAreAsWritten } from "../output/files-as-written.js";
import { hashFiles } from "../output/hashed-file.js";
import { hashText } from "../output/hash-text.js";
import type { Api } from "../ir/api.js";
import type { EmitOptions } from "../emit/options.js";
import type { Manifest } from "../output/manifest.js";
import { resolveOutputDirectory } from "../output/output-directory.js";
import { readOutputState, type OutputState } from "../output/output-state.js";
import type { OutputRequest } from "../output/write-output.js";
import { hashInput, referencesFrom } from "./hash-input.js";
import { provenTexts } from "./proven-texts.js";
import { stages as realStages, type Stages } from "./stages.js";
import type { Timings } from "./timings.js";
import { generatorVersion } from "./version.js";
import type { ProjectMemory } from "./watch/project-memory.js";

export interface PrepareOptions {
  readonly cwd: string;
  readonly diagnostics: Diagnostics;
  readonly timings: Timings;
  /** Take over files that no earlier run wrote, and do all the work again. */
  readonly force: boolean;
  /** Believe the manifest when it says that nothing changed. `check` does not: what it trusts it does not check. */
  readonly trustManifest: boolean;
  /** Content of standard input, for the input `-`. */
  readonly stdin?: { readonly content: Uint8Array; readonly path?: string | undefined } | undefined;
  /** The document, for a caller that has read it already. */
  readonly source?: Source | undefined;
  readonly stages?: Stages | undefined;
  /** What a watch keeps from run to run. */
  readonly memory?: ProjectMemory | undefined;
  /** Whether the input is no longer what this run has read: it stops at the next occasion, and writes nothing. */
  readonly isOvertaken?: (() => boolean) | undefined;
}

export type Prepared =
  /** Errors were reported. */
  | {
      readonly status: "failed";
      readonly document: Document | null;
      readonly source?: Source | undefined;
    }
  /** What is in the making is out of date already. */
  | { readonly status: "overtaken"; readonly source: Source }
  /** Input, options and files are those of the last run. */
  | { readonly status: "current"; readonly manifest: Manifest; readonly source: Source }
  | {
      readonly status: "ready";
      readonly document: Document;
      readonly api: Api;
      readonly request: OutputRequest;
      readonly source: Source;
    };

/** From the input to the text of every file, in memory: the part that `generate`, `check` and a dry run share. */
export async function prepareProject(project: Project, options: PrepareOptions): Promise<Prepared> {
  const { diagnostics, timings, stages = realStages, memory } = options;
  const emit = { ...project.emit, templates: await ownTemplates(project) };
  const directory = resolveOutputDirectory(project.output, [options.cwd, project.base]);
  if (project.refusesModules) {
    diagnostics.report(
      "E059",
      undefined,
      "the output is in a CommonJS package whose tsconfig.json has verbatimModuleSyntax: TypeScript refuses ES modules there",
    );
    return { status: "failed", document: null };
  }
  const input = documentInput(project, options.stdin);
  const reading: ReadOptions = { cwd: options.cwd, allowRefs: project.allowRefs };
  const read =
    options.source === undefined
      ? await timings.measure("read", () => stages.readSource(input, reading, diagnostics))
      : { status: "read" as const, source: options.source };
  if (read.status !== "read") return { status: "failed", document: null };
  const { source } = read;
  const path = source.origin.kind === "file" ? source.origin.path : undefined;

  const fixed = { generator: generatorVersion, options: hashOptions(project, emit) };
  const state = await timings.measure("compare", () =>
    readOutputState(directory, memory?.output.manifest),
  );
  if (options.trustManifest && !options.force) {
    const manifest = await timings.measure("compare", () =>
      currentManifest(directory, state, { ...fixed, source, path, memory }),
    );
    if (manifest !== null) return { status: "current", manifest, source };
  }

  const overtaken = { status: "overtaken", source } as const;
  const document = await timings.measure("parse", () =>
    stages.parseDocument(source, reading, diagnostics, project.headers, memory?.document),
  );
  if (document === null) return { status: "failed", document, source };
  if (await isOvertaken(options)) return overtaken;
  const api = await timings.measure("build", () =>
    stages.buildApi(document, project.api, diagnostics, memory?.steps),
  );
  if (api === null || diagnostics.hasErrors) return { status: "failed", document, source };
  if (await isOvertaken(options)) return overtaken;
  const files = await timings.measure("emit", async () =>
    hashFiles(await stages.emitClient(api, emit, memory?.client), memory?.hashed),
  );
  if (await isOvertaken(options)) return overtaken;
  // What an earlier run wrote was proven then, and what is the same in every client when the package was built.
  const proven = provenTexts();
  const unproven = files.filter(
    ({ path, hash }) => state.manifest?.files.get(path) !== hash && !proven.has(hash),
  );
  if (unproven.length > 0)
    await timings.measure("prove", () => stages.proveFiles(unproven, memory?.client.proven));

  const references = referencesFrom(path, document.files, options.cwd);
  const manifest = {
    ...fixed,
    input: hashInput(source, references, path) ?? document.hash,
    references,
    warnings: diagnostics.all.filter((finding) => finding.severity === "warning").length,
  };
  const request = {
    ...{ directory, files, manifest, force: options.force },
    ...{ memory: memory?.output, isOvertaken: options.isOvertaken },
  };
  return { status: "ready", document, api, request, source };
}

/** Lets events in first, as a signal may be one. */
async function isOvertaken(options: PrepareOptions): Promise<boolean> {
  if (options.isOvertaken === undefined) return false;
  await nextTurn();
  return options.isOvertaken();
}

/** What a project reads; the content of standard input comes from the caller. */
export function documentInput(
  { input, headers }: Project,
  stdin: PrepareOptions["stdin"],
): DocumentInput {
  const named = inputFromArgument(input, headers);
  return named === "stdin"
    ? { kind: "text", content: stdin?.content ?? "", name: stdin?.path }
    : named;
}

async function ownTemplates({ templates, emit }: Project): Promise<EmitOptions["templates"]> {
  if (templates === undefined || (emit.targets ?? []).length === 0) return undefined;
  const { readTemplates } = await import("./read-templates.js");
  return readTemplates(templates);
}

function hashOptions({ api, allowRefs }: Project, emit: EmitOptions): string {
  return hashText(JSON.stringify({ api, emit, allowRefs }));
}

/** The manifest, if it says that there is nothing to do and the files bear it out. */
function currentManifest(
  directory: string,
  { manifest, locked, debris }: OutputState,
  now: {
    readonly generator: string;
    readonly options: string;
    readonly source: Source;
    readonly path: string | undefined;
    readonly memory: ProjectMemory | undefined;
  },
): Manifest | null {
  if (manifest === null || locked || debris) return null;
  if (manifest.generator !== now.generator || manifest.options !== now.options) return null;
  if (manifest.input !== hashInput(now.source, manifest.references, now.path)) return null;
  return filesAreAsWritten(directory, manifest, now.memory?.output.onDisk) ? manifest : null;
}
