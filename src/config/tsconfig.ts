import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileKind } from "./file-kind.js";
import { directoriesUpwards } from "./find-config.js";
import { parseJsonWithComments } from "./json-with-comments.js";

/** What of a `tsconfig.json` decides how files import each other. Names in lower case, as TypeScript ignores case. */
export interface ModuleSettings {
  readonly module?: string | undefined;
  readonly moduleResolution?: string | undefined;
  readonly allowImportingTsExtensions?: boolean | undefined;
  readonly rewriteRelativeImportExtensions?: boolean | undefined;
  readonly verbatimModuleSyntax?: boolean | undefined;
}

/** Longer chains of `extends` are circles. */
const longestChain = 32;

/** Settings of the nearest `tsconfig.json` at or above a directory (which need not exist), or null without one. */
export function nearestModuleSettings(directory: string): ModuleSettings | null {
  const file = directoriesUpwards(directory)
    .map((folder) => join(folder, "tsconfig.json"))
    .find(isFile);
  if (file === undefined) return null;
  const settings = readSettings(file, 0);
  if (settings.module !== undefined || settings.moduleResolution !== undefined) return settings;
  // A "solution" has no options of its own (Vite's templates): the first project that has speaks for it.
  for (const reference of referencesOf(file)) {
    const referred = readSettings(reference, 0);
    if (referred.module !== undefined || referred.moduleResolution !== undefined) return referred;
  }
  return settings;
}

function readSettings(file: string, depth: number): ModuleSettings {
  const config = readConfig(file);
  const bases = listOf(config["extends"]).filter((base) => typeof base === "string");
  const inherited =
    depth < longestChain
      ? bases.map((base) => resolveBase(base, file)).filter((base) => base !== undefined)
      : [];
  return Object.assign(
    {},
    ...inherited.map((base) => readSettings(base, depth + 1)),
    ownSettings(config["compilerOptions"]),
  ) as ModuleSettings;
}

function ownSettings(options: unknown): ModuleSettings {
  if (!isRecord(options)) return {};
  const settings: Record<string, string | boolean> = {};
  for (const name of ["module", "moduleResolution"] as const) {
    const value = options[name];
    if (typeof value === "string") settings[name] = value.toLowerCase();
  }
  for (const name of [
    "allowImportingTsExtensions",
    "rewriteRelativeImportExtensions",
    "verbatimModuleSyntax",
  ] as const) {
    const value = options[name];
    if (typeof value === "boolean") settings[name] = value;
  }
  return settings;
}

/** As TypeScript does: a path with or without `.json`, or a package (its `tsconfig.json` or a file in it). */
function resolveBase(base: string, from: string): string | undefined {
  if (base.startsWith(".") || isAbsolute(base)) {
    const path = resolve(dirname(from), base);
    return [path, `${path}.json`].find(isFile);
  }
  const require = createRequire(from);
  for (const request of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const path = require.resolve(request);
      if (path.endsWith(".json")) return path;
    } catch {
      // The next spelling.
    }
  }
  return undefined;
}

function referencesOf(file: string): string[] {
  return listOf(readConfig(file)["references"])
    .map((reference) => (isRecord(reference) ? reference["path"] : undefined))
    .filter((path) => typeof path === "string")
    .map((path) => resolve(dirname(file), path))
    .map((path) => (path.endsWith(".json") ? path : join(path, "tsconfig.json")))
    .filter(isFile);
}

/** A config that cannot be read says nothing: it is TypeScript's to complain. */
function readConfig(file: string): Readonly<Record<string, unknown>> {
  try {
    const value = parseJsonWithComments(readFileSync(file, "utf8"));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isFile(path: string): boolean {
  return fileKind(path) === "file";
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
