import { detectModuleStyle } from "../config/import-extension.js";
import { isThere, type KnownConfig, type NewConfig } from "../init/plan-init.js";
import type { Step } from "../init/step.js";
import type { Surroundings } from "../init/surroundings.js";
import { nameFrom } from "../diagnostics/name-from.js";

/** What becomes of each file, and what is worth knowing before. */
export function describePlan(
  steps: readonly Step[],
  around: Surroundings,
  config: NewConfig | KnownConfig,
  cwd: string,
): string {
  const rows = steps.map((step) => ({ ...step, name: nameFrom(cwd, step.file) }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(
    ({ action, name, about }) => `  ${action.padEnd(6)}  ${name.padEnd(width)}  ${about}\n`,
  );
  const notes = notesOn(around, config, cwd).map((note) => `note: ${note}\n`);
  return ["\n", ...lines, "\n", ...notes].join("");
}

/** What was seen: `web: npm, TypeScript, react`. */
export function describeSurroundings(
  { directory, packageFile, manager, typescript, targets }: Surroundings,
  cwd: string,
): string {
  const where = nameFrom(cwd, directory);
  const parts =
    packageFile === undefined
      ? ["no package.json"]
      : [manager.name, typescript ? "TypeScript" : "JavaScript", ...targets];
  return `${where === "." ? "" : `${where}: `}${parts.join(", ")}\n`;
}

function notesOn(
  { documents }: Surroundings,
  config: NewConfig | KnownConfig,
  cwd: string,
): readonly string[] {
  if (config.kind === "known") return [];
  const notes: string[] = [];
  const { input, output } = config;
  const found = documents.find(({ path }) => path === input);
  if (!isThere(input))
    notes.push(`${nameFrom(cwd, input)} is not there yet: export it from the backend`);
  else if (found?.hasFunctions === false) {
    notes.push(
      `${nameFrom(cwd, input)} has no x-mizan-functions yet, so there is nothing to generate`,
    );
  }
  if (detectModuleStyle(output).refusesModules) {
    notes.push("TypeScript refuses ES modules in this package: mizan-gen explain E059");
  }
  return notes;
}

/** What is left to the reader. */
export function nextSteps(
  { directory, packageFile, manager, installed }: Surroundings,
  cwd: string,
): string {
  const folder = nameFrom(cwd, directory);
  const commands = [
    ...(folder === "." ? [] : [`cd ${/[^\w./-]/.test(folder) ? JSON.stringify(folder) : folder}`]),
    ...(packageFile === undefined || installed ? [] : [`${manager.add} mizan-gen`]),
    packageFile === undefined ? "npx mizan-gen" : `${manager.exec} mizan-gen`,
  ];
  return `\nnext:\n${commands.map((command) => `  ${command}\n`).join("")}`;
}
