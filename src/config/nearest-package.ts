import { join } from "node:path";
import { directoriesUpwards } from "./find-config.js";
import { readManifest, type PackageManifest } from "./read-manifest.js";

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
    const manifest = readManifest(join(folder, "package.json"));
    if (manifest !== null) return manifest;
  }
  return null;
}
