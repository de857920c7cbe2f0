import type { ApiResult } from "../api.js";
import { check, generate } from "../api.js";
import { commandOf } from "./command-of.js";
import type { PluginSettings } from "./read-options.js";

/** The server that gives the document does not answer. */
const unreachable = "E012";

export interface BuildOutcome {
  /** Fails the build. */
  readonly error?: string;
  readonly warning?: string;
}

/** What `vite build` does before it reads any module: compares, or generates, as the options say. */
export async function runBuildStep({ build, generator }: PluginSettings): Promise<BuildOutcome> {
  if (build === "off") return {};
  if (build === "generate") {
    const { ok, text } = await generate(generator);
    return ok ? {} : { error: `the client could not be generated\n\n${text}` };
  }
  const result = await check(generator);
  if (result.ok) return {};
  if (isOutage(result)) {
    return {
      warning: `the generated files were not compared, as the server of the document does not answer; they are built as they are\n\n${result.text}`,
    };
  }
  const hasErrors = result.findings.some(({ severity }) => severity === "error");
  const wayOut = hasErrors
    ? 'with build: "off" the plugin builds the generated files as they are'
    : `renew them: ${commandOf(generator)}\nor let the build do it: build: "generate" in the options of the plugin`;
  const what = hasErrors
    ? "the generated files could not be compared with the document"
    : "the generated files are not what the document gives";
  return { error: `${what}\n\n${result.text}\n${wayOut}` };
}

function isOutage({ findings, projects }: ApiResult): boolean {
  const errors = findings.filter(({ severity }) => severity === "error");
  const drifted = projects.some(({ changes }) => changes.length > 0);
  return !drifted && errors.length > 0 && errors.every(({ code }) => code === unreachable);
}
