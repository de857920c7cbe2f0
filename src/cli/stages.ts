import type { Diagnostics } from "../diagnostics/diagnostics.js";
import type { DocumentInput, ReadOptions } from "../document/document-input.js";
import type { Document } from "../document/document.js";
import type { DocumentMemory } from "../document/document-memory.js";
import type { SourceResult } from "../document/read-source.js";
import type { Source } from "../document/source.js";
import type { ClientMemory } from "../emit/client-memory.js";
import type { GeneratedFile } from "../emit/generated-file.js";
import type { EmitOptions } from "../emit/options.js";
import type { ProvenParts } from "../emit/proven-parts.js";
import type { Api } from "../ir/api.js";
import type { ApiOptions } from "../ir/options.js";
import type { StepMemory } from "../ir/steps/step-memory.js";

/** The stages left of the output, each loaded when it is first needed: a run that finds nothing to do needs the first one only. */
export interface Stages {
  readonly readSource: (
    input: DocumentInput,
    options: ReadOptions,
    diagnostics: Diagnostics,
  ) => Promise<SourceResult>;
  readonly parseDocument: (
    source: Source,
    options: ReadOptions,
    diagnostics: Diagnostics,
    headers: Readonly<Record<string, string>>,
    memory?: DocumentMemory,
  ) => Promise<Document | null>;
  readonly lintDocument: (document: Document, diagnostics: Diagnostics) => Promise<void>;
  readonly buildApi: (
    document: Document,
    options: ApiOptions,
    diagnostics: Diagnostics,
    memory?: StepMemory,
  ) => Promise<Api | null>;
  readonly emitClient: (
    api: Api,
    options: EmitOptions,
    memory?: ClientMemory,
  ) => Promise<readonly GeneratedFile[]>;
  readonly proveFiles: (files: readonly GeneratedFile[], proven?: ProvenParts) => Promise<void>;
}

export const stages: Stages = {
  async readSource(input, options, diagnostics) {
    const { readSource } = await import("../document/read-source.js");
    return readSource(input, options, diagnostics);
  },
  async parseDocument(source, options, diagnostics, headers, memory) {
    const { parseDocument } = await import("../document/read-document.js");
    return parseDocument(source, options, diagnostics, headers, memory);
  },
  async lintDocument(document, diagnostics) {
    const { lintDocument } = await import("../document/lint-document.js");
    await lintDocument(document, diagnostics);
  },
  async buildApi(document, options, diagnostics, memory) {
    const { buildApi } = await import("../ir/build-api.js");
    return buildApi(document, options, diagnostics, memory);
  },
  async emitClient(api, options, memory) {
    const { emitClient } = await import("../emit/emit-client.js");
    const files = emitClient(api, options, memory);
    if ((options.targets ?? []).length === 0) return files;
    const { emitAdapters } = await import("../emit/stage2/emit-adapters.js");
    return [...files, ...(await emitAdapters(api, options, memory?.adapters))];
  },
  async proveFiles(files, proven) {
    const { proveFiles } = await import("../emit/prove-files.js");
    await proveFiles(files, proven);
  },
};
