import { dirname, join } from "node:path";
import { detectTargets } from "../config/detect-targets.js";
import { fileKind } from "../config/file-kind.js";
import { directoriesUpwards, isGitRoot } from "../config/find-config.js";
import { dependsOn, nearestPackage } from "../config/nearest-package.js";
import type { Target } from "../emit/stage2/target.js";
import { findDocuments, type FoundDocument } from "./find-documents.js";
import { detectPackageManager, type PackageManager } from "./package-manager.js";
import { usualOutput } from "./usual-output.js";

/** What can be seen of a project. Paths are absolute. */
export interface Surroundings {
  /** Where the config goes: beside the `package.json`, or where the command was started when there is none. */
  readonly directory: string;
  readonly packageFile: string | undefined;
  readonly manager: PackageManager;
  /** Is written in TypeScript: has a `tsconfig.json` or depends on it. */
  readonly typescript: boolean;
  readonly targets: readonly Target[];
  readonly documents: readonly FoundDocument[];
  readonly output: string;
  /** Has `mizan-gen` among its dependencies. */
  readonly installed: boolean;
}

/** Looks at the package that a directory belongs to. */
export function lookAround(start: string): Surroundings {
  const above = directoriesUpwards(start);
  const root = above.findIndex(isGitRoot);
  const inside = root === -1 ? above : above.slice(0, root + 1);
  const packageFile = inside
    .map((folder) => join(folder, "package.json"))
    .find((file) => fileKind(file) === "file");
  const directory = packageFile === undefined ? start : dirname(packageFile);
  const manifest = packageFile === undefined ? null : nearestPackage(directory);
  const repository = root === -1 ? undefined : above[root];
  const own = findDocuments(directory);
  const documents =
    own.length > 0 || repository === undefined || repository === directory
      ? own
      : findDocuments(repository);
  return {
    directory,
    packageFile,
    manager: detectPackageManager(directory),
    typescript:
      fileKind(join(directory, "tsconfig.json")) === "file" || dependsOn(manifest, "typescript"),
    targets: packageFile === undefined ? [] : detectTargets(directory),
    documents,
    output: join(directory, usualOutput(directory, manifest)),
    installed: dependsOn(manifest, "mizan-gen") || manifest?.["name"] === "mizan-gen",
  };
}
