import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import { Diagnostics } from "../../src/diagnostics/diagnostics.js";
import type { Document } from "../../src/document/document.js";
import type { DocumentInput } from "../../src/document/document-input.js";
import { readDocument } from "../../src/document/read-document.js";
import { emitClient } from "../../src/emit/emit-client.js";
import type { GeneratedFile } from "../../src/emit/generated-file.js";
import type { EmitOptions } from "../../src/emit/options.js";
import type { Api } from "../../src/ir/api.js";
import { buildApi } from "../../src/ir/build-api.js";
import { defaultApiOptions } from "../../src/ir/options.js";

export const emitOptions: EmitOptions = {
  importExtension: "js",
  readonly: false,
  enums: "union",
  source: "schema.json",
};

export interface PipelineResult {
  readonly document: Document | null;
  readonly api: Api | null;
  readonly files: readonly GeneratedFile[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The stages one after another, in this process, as the command line runs them; nothing is written. */
export async function runPipeline(input: DocumentInput): Promise<PipelineResult> {
  const diagnostics = new Diagnostics();
  const document = await readDocument(input, {}, diagnostics);
  const api = document === null ? null : buildApi(document, defaultApiOptions, diagnostics);
  const files = api === null ? null : emitClient(api, emitOptions);
  return { document, api, files, diagnostics: diagnostics.all };
}

export function runText(text: string, name = "schema.json"): Promise<PipelineResult> {
  return runPipeline({ kind: "text", content: text, name });
}
