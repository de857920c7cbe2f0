import type { Project } from "../config/resolve-project.js";
import { Diagnostics } from "../diagnostics/diagnostics.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Document } from "../document/document.js";
import type { Api } from "../ir/api.js";
import { internalFault } from "./internal-fault.js";
import { documentInput, type PrepareOptions } from "./prepare-project.js";
import { stages as realStages } from "./stages.js";

export interface ReadApi {
  readonly api: Api | null;
  readonly document: Document | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly stack?: string | undefined;
}

export interface ReadApiOptions extends Pick<
  PrepareOptions,
  "cwd" | "stdin" | "source" | "stages" | "timings"
> {
  /** Ask the validator of the OpenAPI specification as well (W010). */
  readonly lint: boolean;
}

/** From the input to the IR, for commands that write nothing and need no output directory. Never throws. */
export async function readApi(project: Project, options: ReadApiOptions): Promise<ReadApi> {
  const { stages = realStages, timings } = options;
  const diagnostics = new Diagnostics();
  let document: Document | null = null;
  try {
    const reading = { cwd: options.cwd, allowRefs: project.allowRefs };
    const input = documentInput(project, options.stdin);
    const { source } = options;
    const read =
      source === undefined
        ? await timings.measure("read", () => stages.readSource(input, reading, diagnostics))
        : { status: "read" as const, source };
    if (read.status !== "read") return { api: null, document, diagnostics: diagnostics.all };
    document = await timings.measure("parse", () =>
      stages.parseDocument(read.source, reading, diagnostics, project.headers),
    );
    const found = document;
    if (found === null) return { api: null, document, diagnostics: diagnostics.all };
    const api = await timings.measure("build", () =>
      stages.buildApi(found, project.api, diagnostics),
    );
    if (options.lint) await timings.measure("lint", () => stages.lintDocument(found, diagnostics));
    return { api, document, diagnostics: diagnostics.all };
  } catch (error) {
    const { diagnostic, stack } = internalFault(error);
    return { api: null, document, diagnostics: [...diagnostics.all, diagnostic], stack };
  }
}
