import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ConfigError } from "./config-error.js";
import { fileKind } from "./file-kind.js";
import { directoriesUpwards, isGitRoot } from "./find-config.js";
import { quote } from "../diagnostics/quote.js";
import { placeInModule } from "./place-in-module.js";
import { quietImport } from "./quiet-import.js";

/**
 * Loads the value of a config: the default export, the JSON, or the key `mizan` of a `package.json`. TypeScript is imported natively
 * where Node strips types, else by jiti, which is loaded only then.
 *
 * @param file absolute
 * @param fresh the config changed since it was last imported (watch): caches are passed by
 * @throws ConfigError
 */
export async function loadConfig(file: string, fresh = false): Promise<unknown> {
  const kind = fileKind(file);
  if (kind === "missing") throw new ConfigError("the file does not exist");
  if (kind === "directory") throw new ConfigError("it is a directory, not a file");
  try {
    if (file.endsWith(".json")) {
      const { readJsonConfig } = await import("./read-json-config.js");
      return readJsonConfig(file);
    }
    return defaultExportOf(await importModule(file, fresh));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(reasonOf(error, file), {
      place: error instanceof Error ? placeInModule(file, error) : undefined,
    });
  }
}

async function importModule(file: string, fresh: boolean): Promise<unknown> {
  const typescript = /\.[mc]?ts$/.test(file);
  if (!typescript || stripsTypes()) {
    try {
      const url = pathToFileURL(file);
      if (fresh) url.searchParams.set("changed", String(performance.now()));
      return await quietImport(url.href);
    } catch (error) {
      if (!isWorthAnotherTry(error)) throw error;
    }
  }
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, {
    // `import { defineConfig } from "mizan-gen"` works without the package being installed (npx).
    alias: { "mizan-gen": ownEntry() },
    moduleCache: !fresh,
    // The transformer alone costs a tenth of a second: what it made of a text is kept where packages keep such things, or nowhere.
    fsCache: cacheFolder(file) ?? false,
    interopDefault: true,
  });
  return await jiti.import(file);
}

/**
 * Syntax that type stripping cannot do (enums), a package that is not installed, an extensionless import: jiti knows these. Of a fault
 * in the syntax it knows the place.
 */
function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return (
    typeof code === "string" &&
    /^ERR_(?:MODULE_NOT_FOUND|UNSUPPORTED_TYPESCRIPT_SYNTAX|UNKNOWN_FILE_EXTENSION|UNSUPPORTED_DIR_IMPORT|REQUIRE_ESM)$/.test(
      code,
    )
  );
}

function stripsTypes(): boolean {
  return Boolean((process.features as { readonly typescript?: unknown }).typescript);
}

/** `node_modules/.cache` of the project, the folder that tools share for what can be made again. */
function cacheFolder(file: string): string | undefined {
  for (const folder of directoriesUpwards(dirname(file))) {
    const modules = join(folder, "node_modules");
    if (fileKind(modules) === "directory") return join(modules, ".cache/mizan-gen");
    if (isGitRoot(folder)) return undefined;
  }
  return undefined;
}

/** A module with `defineConfig`, beside this one or in the folder of the sources. */
function ownEntry(): string {
  const path = import.meta.url.endsWith(".ts") ? "./define-config.ts" : "./index.js";
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Babel, Node and jiti wrap the default export once or twice. */
function defaultExportOf(module: unknown): unknown {
  let value = module;
  for (let depth = 0; depth < 2; depth++) {
    if (typeof value !== "object" || value === null || !("default" in value)) break;
    value = value.default;
  }
  return value;
}

/** On one line, without the list of files that asked for a module; the place is shown by itself. */
function reasonOf(error: unknown, file: string): string {
  if (!(error instanceof Error)) return `it threw ${quote(String(error))}`;
  const message = error.message.replace(/\nRequire stack:[^]*$/, "").split(file)[0] ?? "";
  const line = message.trim().replace(/\s*\n\s*/g, " ");
  return `${error.name === "Error" ? "" : `${error.name}: `}${line}`;
}
