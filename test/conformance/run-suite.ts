import { cases } from "../../src/conformance/cases.js";
import { chooseCases } from "../../src/conformance/choose-cases.js";
import { readContract } from "../../src/conformance/contract/read-contract.js";
import type { ConformanceReport } from "../../src/conformance/report.js";
import { runConformance } from "../../src/conformance/run-conformance.js";
import { readSuppliedValues } from "../../src/conformance/values/supplied-values.js";
import { Diagnostics } from "../../src/diagnostics/diagnostics.js";
import type { JsonObject } from "../../src/document/document.js";
import { openDocument } from "../../src/ir/test/open-document.js";
import { shelfDocument, shelfSignIn, shelfValues } from "./shelf/document.js";

export interface SuiteOptions {
  readonly document?: JsonObject;
  readonly values?: JsonObject;
  readonly signIn?: { readonly name: string; readonly input: JsonObject } | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly only?: readonly string[];
}

/** Runs the suite in this process; against the shelves unless told otherwise. */
export async function runSuite(
  url: string,
  options: SuiteOptions = {},
): Promise<ConformanceReport> {
  const { document = shelfDocument, values = shelfValues, headers = {}, only = [] } = options;
  const diagnostics = new Diagnostics();
  const contract = readContract(await openDocument(document), diagnostics);
  if (contract === null) throw new Error(JSON.stringify(diagnostics.all));
  return runConformance({
    contract,
    url: new URL(url),
    headers,
    signIn: "signIn" in options ? options.signIn : shelfSignIn,
    supplied: readSuppliedValues(values, contract),
    cases: chooseCases(cases, only).cases,
  });
}
