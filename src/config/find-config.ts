import { dirname, join } from "node:path";
import { fileKind } from "./file-kind.js";
import { readManifest } from "./read-manifest.js";

/** In this order, in each directory. */
const names = [
  "mizan.config.ts",
  "mizan.config.mts",
  "mizan.config.js",
  "mizan.config.mjs",
  "mizan.config.json",
];

/** A config file, or a `package.json` with a key `mizan`. Absolute. */
export type ConfigPath = string;

/** Looks for a config in `cwd` and above it, as far as the root of the git repository. */
export function findConfig(cwd: string): ConfigPath | undefined {
  return findConfigs(cwd)[0];
}

/** All configs of the nearest directory that has one. Where there are two, somebody believes in the wrong one. */
export function findConfigs(cwd: string): ConfigPath[] {
  for (const directory of directoriesUpwards(cwd)) {
    const found = names
      .map((name) => join(directory, name))
      .filter((file) => fileKind(file) === "file");
    const manifest = join(directory, "package.json");
    if (hasMizanKey(manifest)) found.push(manifest);
    if (found.length > 0 || isGitRoot(directory)) return found;
  }
  return [];
}

/** The directory itself and those above it, the root last. */
export function directoriesUpwards(directory: string): string[] {
  const above = dirname(directory);
  return above === directory ? [directory] : [directory, ...directoriesUpwards(above)];
}

/** `.git` is a file in a worktree and in a submodule. */
export function isGitRoot(directory: string): boolean {
  return fileKind(join(directory, ".git")) !== "missing";
}

/** One that does not parse is not our business. */
function hasMizanKey(file: string): boolean {
  const manifest = readManifest(file);
  return manifest !== null && Object.hasOwn(manifest, "mizan");
}
