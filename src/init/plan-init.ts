import { dirname, join } from "node:path";
import { isUrl } from "../diagnostics/is-url.js";
import { nameFrom } from "../diagnostics/name-from.js";
import { fileKind } from "../config/file-kind.js";
import type { Target } from "../emit/stage2/target.js";
import { attributesStep } from "./attributes-step.js";
import { configText } from "./config-text.js";
import { formatterSteps } from "./formatter-steps.js";
import { readTextIfThere } from "./read-text.js";
import { scriptsStep } from "./scripts-step.js";
import type { Step } from "./step.js";
import type { Surroundings } from "./surroundings.js";
import { styleOf } from "./text-style.js";

/** What the new config is to say. */
export interface NewConfig {
  readonly kind: "new";
  /** Absolute path of the config. */
  readonly file: string;
  /** An absolute path, or a URL. */
  readonly input: string;
  /** Absolute. */
  readonly output: string;
  readonly targets: readonly Target[];
}

/** The config that is there already, with the directories that it writes. */
export interface KnownConfig {
  readonly kind: "known";
  readonly file: string;
  readonly outputs: readonly string[];
}

/** Every file that a project needs to use the generator day by day, and what becomes of each. Changes nothing. */
export async function planInit(
  { directory, packageFile }: Surroundings,
  config: NewConfig | KnownConfig,
): Promise<readonly Step[]> {
  const outputs = config.kind === "new" ? [config.output] : config.outputs;
  const manifest = packageFile === undefined ? null : readTextIfThere(packageFile);
  const steps = [
    config.kind === "new" ? newConfigStep(config, manifest) : knownConfigStep(config),
    packageFile === undefined || manifest === null
      ? null
      : await scriptsStep(packageFile, manifest),
    attributesStep(directory, outputs),
    ...(await formatterSteps(directory, outputs)),
  ];
  return steps.filter((step) => step !== null);
}

/** `mizan.config.ts` where TypeScript is written, `.mjs` in any other package, JSON where there is no package. */
export function usualConfigFile({ directory, packageFile, typescript }: Surroundings): string {
  const extension = packageFile === undefined ? "json" : typescript ? "ts" : "mjs";
  return join(directory, `mizan.config.${extension}`);
}

function newConfigStep(config: NewConfig, manifest: string | null): Step {
  const { file, targets } = config;
  const folder = dirname(file);
  const input = isUrl(config.input) ? config.input : nameFrom(folder, config.input);
  const output = nameFrom(folder, config.output);
  const parts = [`input ${input}`, `output ${output}`];
  if (targets.length > 0) parts.push(`targets ${targets.join(", ")}`);
  const text = configText(file, { input, output, targets }, styleOf(manifest ?? ""));
  return { action: "create", file, about: parts.join(", "), text };
}

function knownConfigStep({ file }: KnownConfig): Step {
  return { action: "keep", file, about: "the config that is there" };
}

/** Whether a document that was named is there; a backend may write it later. */
export function isThere(input: string): boolean {
  return isUrl(input) || fileKind(input) === "file";
}
