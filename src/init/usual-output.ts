import { join } from "node:path";
import { fileKind } from "../config/file-kind.js";
import { dependsOn } from "../config/nearest-package.js";
import type { PackageManifest } from "../config/read-manifest.js";

/** Where a project of this layout keeps its modules: relative, with forward slashes. */
export function usualOutput(directory: string, manifest: PackageManifest | null): string {
  const has = (folder: string): boolean => fileKind(join(directory, folder)) === "directory";
  // `$lib` of SvelteKit, and the source directory of Nuxt 4.
  if (dependsOn(manifest, "@sveltejs/kit") && has("src/lib")) return "src/lib/mizan";
  if (dependsOn(manifest, "nuxt") && has("app")) return "app/mizan";
  return has("src") ? "src/mizan" : "mizan";
}
