import { readFileSync } from "node:fs";
import { join } from "node:path";
import { directoriesUpwards } from "./find-config.js";

export type PackageManifest = Readonly<Record<string, unknown>>;

/** Whether a package is among its dependencies of any kind. */
export function dependsOn(manifest: PackageManifest | null, name: string): boolean {
  return ["dependencies", "devDependencies", "peerDependencies"].some((kind) => {
    const list = manifest?.[kind];
    return typeof list === "object" && list !== null && Object.hasOwn(list, name);
  });
}

/** The `package.json` at or above a directory (which need not exist), or null without one. */
export function nearestPackage(directory: string): PackageManifest | null {
  for (const folder of directoriesUpwards(directory)) {
    try {
      const value: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
    } catch {
      // None here, or one that says nothing.
    }
  }
  return null;
}
