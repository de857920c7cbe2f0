import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isUrl } from "../../diagnostics/is-url.js";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import { inputFromArgument } from "../../document/document-input.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";
import type { ConformanceReport } from "../../conformance/report.js";
import { exitCodes, type ExitCode } from "../exit-code.js";
import type { CommonFlags } from "../flags.js";
import { stages } from "../stages.js";
import { conclude, type Session } from "../session.js";
import { UsageError } from "../usage-error.js";

export interface ConformanceFlags extends CommonFlags {
  readonly schema?: string | undefined;
  readonly header?: Readonly<Record<string, string>> | undefined;
  readonly signIn?: string | undefined;
  readonly values?: string | undefined;
  readonly only?: readonly string[] | undefined;
}

/** Asks a running server whether it keeps to the protocol, by its document alone. */
export async function runConformanceCommand(
  session: Session,
  address: string,
  flags: ConformanceFlags,
): Promise<ExitCode> {
  if (session.format === "sarif") {
    throw new UsageError(
      "E050",
      "conformance prints text, json or github: SARIF is about places in files",
    );
  }
  const url = serverUrl(address);
  const signIn = signInOf(flags.signIn);
  const given = flags.values === undefined ? {} : readJsonFile(session.cwd, flags.values);
  const { cases } = await import("../../conformance/cases.js");
  const { chooseCases } = await import("../../conformance/choose-cases.js");
  const chosen = chooseCases(cases, flags.only ?? []);
  if (chosen.problems.length > 0) throw new UsageError("E050", chosen.problems);

  const headers = flags.header ?? {};
  const diagnostics = new Diagnostics();
  const schema = flags.schema ?? new URL("openapi.json", url).href;
  const input = inputFromArgument(schema);
  if (input === "stdin") throw new UsageError("E050", "--schema takes a file or a URL");
  const own = input.kind === "url" && new URL(input.url).origin === url.origin;
  const source = await stages.readSource(
    own ? { ...input, headers } : input,
    { cwd: session.cwd },
    diagnostics,
  );
  const document =
    source.status === "read"
      ? await stages.parseDocument(
          source.source,
          { cwd: session.cwd },
          diagnostics,
          own ? headers : {},
        )
      : null;
  const { readContract } = await import("../../conformance/contract/read-contract.js");
  const contract = document && readContract(document, diagnostics);
  if (contract === null) {
    if (flags.schema === undefined && document === null) {
      const reason = diagnostics.all[0]?.message ?? "it cannot be read";
      throw new UsageError("E050", `the document of the server: ${reason}`, {
        help: "name the document of the server: --schema openapi.json, a file or a URL",
      });
    }
    return conclude(session, { findings: [{ diagnostics: diagnostics.all, document }], text: "" });
  }

  const { readSuppliedValues, ValuesError } =
    await import("../../conformance/values/supplied-values.js");
  const { runConformance, ConformanceError } = await import("../../conformance/run-conformance.js");
  try {
    const supplied = readSuppliedValues(given, contract);
    const report = await runConformance({
      contract,
      url,
      headers,
      signIn,
      supplied,
      cases: chosen.cases,
    });
    return await print(session, report);
  } catch (error) {
    if (error instanceof ConformanceError) throw new UsageError("E050", error.message);
    if (error instanceof ValuesError)
      throw new UsageError(
        "E050",
        error.messages.map((text) => `--values: ${text}`),
      );
    throw error;
  }
}

async function print(session: Session, report: ConformanceReport): Promise<ExitCode> {
  const { format, terminal, environment } = session;
  const { color, verbose, quiet } = session.report;
  if (format === "json") {
    const { renderJson } = await import("../../conformance/report/render-json.js");
    terminal.out(renderJson(report));
  } else {
    if (format === "github" || environment["GITHUB_ACTIONS"] === "true") {
      const { renderGithub } = await import("../../conformance/report/render-github.js");
      terminal.out(renderGithub(report));
    }
    const { renderText } = await import("../../conformance/report/render-text.js");
    if (format === "text") terminal.out(renderText(report, { color, verbose, quiet }));
  }
  return report.cases.some(({ status }) => status === "failed") ? exitCodes.drift : exitCodes.ok;
}

function serverUrl(address: string): URL {
  if (!isUrl(address) || !URL.canParse(address)) {
    throw new UsageError("E050", `${JSON.stringify(address)} is no address of a server`, {
      help: "name it with its scheme: http://127.0.0.1:8000/",
    });
  }
  const url = new URL(address);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/** `login={"email": "a@b.example", "password": "..."}` */
function signInOf(text: string | undefined): { name: string; input: JsonObject } | undefined {
  if (text === undefined) return undefined;
  const [, name = "", json = ""] = /^([^={]+)=(.+)$/s.exec(text) ?? [];
  const input = name === "" ? null : parsed(json, "--sign-in");
  if (!isObject(input)) {
    throw new UsageError(
      "E050",
      "--sign-in is written `function={...}`, with the input as a JSON object",
    );
  }
  return { name: name.trim(), input };
}

function readJsonFile(cwd: string, name: string): JsonValue {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, name), "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UsageError(
      "E050",
      `--values ${name}: ${code === "ENOENT" ? "there is no such file" : "the file cannot be read"}`,
    );
  }
  return parsed(text, `--values ${name}`);
}

function parsed(text: string, what: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new UsageError(
      "E050",
      `${what}: it is no JSON: ${error instanceof Error ? error.message : ""}`,
    );
  }
}
