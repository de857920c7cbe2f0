import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileKind } from "../config/file-kind.js";
import { directoriesUpwards, isGitRoot } from "../config/find-config.js";
import { dependsOn, nearestPackage } from "../config/nearest-package.js";
import { biomeStep } from "./biome-step.js";
import { listStep } from "./list-step.js";
import { pathFrom } from "./path-from.js";
import type { Step } from "./step.js";

/**
 * Formatters must leave the generated files alone, or `check` sees them edited. ESLint is told by a comment on top of each file; Prettier
 * and Biome, where a project has them, by their own lists.
 */
export async function formatterSteps(
  directory: string,
  outputs: readonly string[],
): Promise<readonly Step[]> {
  const above = directoriesUpwards(directory);
  const root = above.findIndex(isGitRoot);
  const inside = root === -1 ? [directory] : above.slice(0, root + 1);
  return [prettierStep(inside, outputs), await biomeStep(inside, outputs)].filter(
    (step) => step !== null,
  );
}

function prettierStep(folders: readonly string[], outputs: readonly string[]): Step | null {
  const folder =
    folders.find((one) => fileKind(join(one, ".prettierignore")) === "file") ??
    folders.find(usesPrettier);
  if (folder === undefined) return null;
  const file = join(folder, ".prettierignore");
  const lines = outputs.flatMap((output) => {
    const path = pathFrom(dirname(file), output);
    return path === undefined ? [] : [`${path.replace(/[[\]*?!#\\]/g, "\\$&")}/`];
  });
  return lines.length === 0 ? null : listStep({ file, lines, same: bareFolder });
}

/** `/src/mizan/**` ignores what `src/mizan/` does. */
function bareFolder(line: string): string {
  return line.replace(/^\.?\//, "").replace(/\/(\*{1,2})?$/, "");
}

function usesPrettier(folder: string): boolean {
  const named = readdirSync(folder).some((name) =>
    /^(\.prettierrc(\..+)?|prettier\.config\.\w+)$/.test(name),
  );
  if (named) return true;
  if (fileKind(join(folder, "package.json")) !== "file") return false;
  const manifest = nearestPackage(folder);
  return dependsOn(manifest, "prettier") || Object.hasOwn(manifest ?? {}, "prettier");
}
