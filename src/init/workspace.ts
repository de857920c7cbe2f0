import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { detectTargets } from "../config/detect-targets.js";
import { fileKind } from "../config/file-kind.js";
import { nearestPackage } from "../config/nearest-package.js";
import { isRecord } from "../config/value-rule.js";

export interface WorkspacePackage {
  /** Absolute. */
  readonly directory: string;
  /** Depends on a framework that there is an adapter for: most likely the one that is meant. */
  readonly hasFramework: boolean;
}

/** The packages of the workspace whose root a directory is; null when it is none. */
export async function readWorkspace(
  directory: string,
): Promise<readonly WorkspacePackage[] | null> {
  const globs = await workspaceGlobs(directory);
  if (globs === null) return null;
  const { globSync } = await import("tinyglobby");
  const manifests = globSync(
    globs.map((glob) => `${glob.replace(/\/$/, "")}/package.json`),
    { cwd: directory, absolute: true, ignore: ["**/node_modules/**"] },
  );
  return manifests
    .map((manifest) => dirname(manifest))
    .sort()
    .map((folder) => ({ directory: folder, hasFramework: detectTargets(folder).length > 0 }));
}

async function workspaceGlobs(directory: string): Promise<readonly string[] | null> {
  const pnpm = join(directory, "pnpm-workspace.yaml");
  if (fileKind(pnpm) === "file") {
    const { parse } = await import("yaml");
    // It is pnpm's to complain of a file that does not parse.
    try {
      const value: unknown = parse(readFileSync(pnpm, "utf8"));
      return isRecord(value) ? listOf(value["packages"]) : [];
    } catch {
      return [];
    }
  }
  if (fileKind(join(directory, "package.json")) !== "file") return null;
  const field = nearestPackage(directory)?.["workspaces"];
  if (field === undefined) return null;
  return listOf(isRecord(field) ? field["packages"] : field);
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
