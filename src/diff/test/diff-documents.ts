import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { JsonValue } from "../../document/document.js";
import type { Api } from "../../ir/api.js";
import { buildApi } from "../../ir/build-api.js";
import { defaultApiOptions } from "../../ir/options.js";
import { openDocument } from "../../ir/test/open-document.js";
import type { ContractChange } from "../contract-change.js";
import { diffApis } from "../diff-apis.js";

/** The model of a document that has to be right. */
export async function apiOf(document: JsonValue): Promise<Api> {
  const diagnostics = new Diagnostics();
  const api = buildApi(await openDocument(document), defaultApiOptions, diagnostics);
  if (api === null) throw new Error(diagnostics.all.map(({ message }) => message).join("\n"));
  return api;
}

export async function diffDocuments(
  before: JsonValue,
  after: JsonValue,
): Promise<readonly ContractChange[]> {
  return diffApis(await apiOf(before), await apiOf(after));
}
