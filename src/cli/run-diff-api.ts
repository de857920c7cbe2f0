import { resolve } from "node:path";
import type { DiffOptions, DiffResult, DocumentText } from "../api.js";
import { mustFail } from "../diff/report/fail-mode.js";
import { countClasses } from "../diff/report/diff-report.js";
import { findingsForApi } from "./api-report.js";
import { compareContracts, readContract, type ContractArgument } from "./read-contracts.js";
import type { Findings } from "./report-diagnostics.js";
import { findingsOf } from "./session.js";
import { Timings } from "./timings.js";

type Side = DiffResult["findings"][number]["document"];

/** The programmatic `diff` over the pipeline of the command line. */
export async function runDiffApi(options: DiffOptions): Promise<DiffResult> {
  const { before, after, failOn = "breaking", cwd: directory = ".", ...rest } = options;
  const { configFile, project, headers, ...reading } = rest;
  const cwd = resolve(directory);
  const flags = { ...reading, header: headers, config: configFile, project };
  const timings = new Timings();
  try {
    const old = await readContract(argumentOf(before), { cwd, flags, timings });
    const young = await readContract(argumentOf(after), { cwd, flags, timings });
    const report = await compareContracts(old, young);
    const changes = report?.changes ?? [];
    return {
      ok: report !== null && !mustFail(changes, failOn),
      summary: countClasses(changes),
      changes,
      findings: [...errorsOf(old, "before"), ...errorsOf(young, "after")],
    };
  } catch (error) {
    return {
      ok: false,
      summary: countClasses([]),
      changes: [],
      findings: errorsOf(findingsOf(error), null),
    };
  }
}

function argumentOf(document: string | DocumentText | undefined): ContractArgument {
  if (typeof document !== "object") return { input: document, stdin: undefined };
  const { content, path } = document;
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return { input: "-", stdin: { content: bytes, path }, name: path ?? "a text" };
}

function errorsOf({ diagnostics, document }: Findings, side: Side): DiffResult["findings"] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return findingsForApi({ diagnostics: errors, document }).map((finding) => ({
    ...finding,
    document: side,
  }));
}
