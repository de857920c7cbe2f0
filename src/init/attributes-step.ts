import { dirname, join } from "node:path";
import { fileKind } from "../config/file-kind.js";
import { directoriesUpwards, isGitRoot } from "../config/find-config.js";
import { listStep } from "./list-step.js";
import { pathFrom } from "./path-from.js";
import type { Step } from "./step.js";

const attribute = "linguist-generated=true";

/**
 * Folds the generated files in a review. In the nearest `.gitattributes` at or above the package; null outside of a repository.
 */
export function attributesStep(directory: string, outputs: readonly string[]): Step | null {
  const above = directoriesUpwards(directory);
  const root = above.find(isGitRoot);
  if (root === undefined) return null;
  const inside = above.slice(0, above.indexOf(root) + 1);
  const folders = inside.filter((folder) => fileKind(join(folder, ".gitattributes")) === "file");
  const file = join(folders[0] ?? directory, ".gitattributes");
  const patterns = outputs.flatMap((output) => pathFrom(dirname(file), output) ?? []);
  if (patterns.length === 0) return null;
  const lines = patterns.map((path) => `${patternOf(`${path}/**`)} ${attribute}`);
  return listStep({ file, lines, same: (line) => line.replace(/=true$/, "").replace(/\s+/, " ") });
}

/** gitattributes(5): a pattern with a space stands in double quotes, and there a backslash escapes. */
function patternOf(path: string): string {
  const escaped = path.replace(/[[\]?\\]/g, "\\$&");
  return /[\s"]/.test(path) ? `"${escaped.replace(/[\\"]/g, "\\$&")}"` : escaped;
}
