import { join } from "node:path";
import { fileKind } from "../config/file-kind.js";
import { directoriesUpwards, isGitRoot } from "../config/find-config.js";
import { nearestPackage } from "../config/nearest-package.js";

export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn" | "bun";
  /** How an installed command is run: before its name. */
  readonly exec: string;
  /** How a development dependency is added: before its name. */
  readonly add: string;
}

const managers: Readonly<Record<PackageManager["name"], PackageManager>> = {
  npm: { name: "npm", exec: "npx", add: "npm install --save-dev" },
  pnpm: { name: "pnpm", exec: "pnpm exec", add: "pnpm add --save-dev" },
  yarn: { name: "yarn", exec: "yarn", add: "yarn add --dev" },
  bun: { name: "bun", exec: "bunx", add: "bun add --dev" },
};

const lockfiles: readonly (readonly [string, PackageManager["name"]])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["pnpm-workspace.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
];

/** Who installs the packages of a directory: by the field `packageManager`, else by the lockfile, of it or above it; else npm. */
export function detectPackageManager(directory: string): PackageManager {
  for (const folder of directoriesUpwards(directory)) {
    const field = fileKind(join(folder, "package.json")) === "file" && nearestPackage(folder);
    const named = field ? /^(npm|pnpm|yarn|bun)@/.exec(String(field["packageManager"])) : null;
    if (named !== null) return managers[named[1] as PackageManager["name"]];
    const lockfile = lockfiles.find(([name]) => fileKind(join(folder, name)) === "file");
    if (lockfile !== undefined) return managers[lockfile[1]];
    if (isGitRoot(folder)) break;
  }
  return managers.npm;
}
