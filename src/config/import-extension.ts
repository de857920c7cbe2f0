import { dependsOn, nearestPackage } from "./nearest-package.js";
import type { PackageManifest } from "./read-manifest.js";
import { nearestModuleSettings, type ModuleSettings } from "./tsconfig.js";

/** The module system of the package and the TypeScript project that a directory belongs to. */
export interface ModuleStyle {
  /** The spelling of relative imports that works there. */
  readonly importExtension: "none" | "js" | "ts";
  /** TypeScript refuses every ES module in this package (TS1286, TS1287; diagnostic E059). */
  readonly refusesModules: boolean;
}

/** Asks the nearest `tsconfig.json` and `package.json` at or above an output directory, which need not exist yet. */
export function detectModuleStyle(directory: string): ModuleStyle {
  const settings = nearestModuleSettings(directory);
  const manifest = nearestPackage(directory);
  return {
    importExtension: spellingFor(settings, manifest),
    refusesModules:
      settings !== null &&
      isNodeStyle(settings) &&
      settings.verbatimModuleSyntax === true &&
      manifest !== null &&
      manifest["type"] !== "module",
  };
}

function spellingFor(
  settings: ModuleSettings | null,
  manifest: PackageManifest | null,
): "none" | "js" | "ts" {
  if (settings?.allowImportingTsExtensions || settings?.rewriteRelativeImportExtensions)
    return "ts";
  if (settings !== null) return isNodeStyle(settings) ? "js" : "none";
  // Without a tsconfig.json: Next's bundler cannot resolve `./x.js` to `x.ts`, all others can, and Node's own resolution needs it.
  return dependsOn(manifest, "next") ? "none" : "js";
}

/** `moduleResolution` follows `module` where it is not given. */
function isNodeStyle({ module, moduleResolution }: ModuleSettings): boolean {
  return (
    /^node(?:next|\d\d)$/.test(moduleResolution ?? module ?? "") && moduleResolution !== "node10"
  );
}
