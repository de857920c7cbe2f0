import { existsSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The config could not be loaded; the message holds the error as it came. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Loads the value of a config: the default export, the JSON, or the key `mizan` of a `package.json`. TypeScript is imported natively
 * where Node strips types, else by jiti, which is loaded only then.
 *
 * @param file absolute
 * @param fresh the config changed since it was last imported (watch): caches are passed by
 * @throws ConfigError
 */
export async function loadConfig(file: string, fresh = false): Promise<unknown> {
  if (!existsSync(file)) throw new ConfigError("the file does not exist");
  try {
    if (extname(file) === ".json") return readJson(file);
    return defaultExportOf(await importModule(file, fresh));
  } catch (error) {
    throw new ConfigError(reasonOf(error));
  }
}

function readJson(file: string): unknown {
  const value: unknown = JSON.parse(readFileSync(file, "utf8").replace(/^\ufeff/, ""));
  if (basename(file) !== "package.json") return value;
  return typeof value === "object" && value !== null && "mizan" in value ? value.mizan : undefined;
}

async function importModule(file: string, fresh: boolean): Promise<unknown> {
  const typescript = /\.[mc]?ts$/.test(file);
  if (!typescript || stripsTypes()) {
    try {
      const url = pathToFileURL(file);
      if (fresh) url.searchParams.set("changed", String(performance.now()));
      return (await import(url.href)) as unknown;
    } catch (error) {
      if (!isWorthAnotherTry(error)) throw error;
    }
  }
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, {
    // `import { defineConfig } from "mizan-gen"` works without the package being installed (npx).
    alias: { "mizan-gen": ownEntry() },
    moduleCache: !fresh,
    fsCache: false,
    interopDefault: true,
  });
  return await jiti.import(file);
}

/** Syntax that type stripping cannot do (enums), a package that is not installed, an extensionless import: jiti knows these. */
function isWorthAnotherTry(error: unknown): boolean {
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

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.name === "Error" ? "" : `${error.name}: `}${error.message}`;
}
