import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isObject } from "../json/json-value.js";
import type { Registry } from "../registry/registry.js";
import { UsageError } from "./usage-error.js";

/**
 * The registry that a module exports. It may be of another copy of this package: what counts is that it can be sealed.
 *
 * @param address `./app.js` or `./app.js#name`
 * @throws UsageError
 */
export async function loadRegistry(address: string): Promise<Registry> {
  const [path = "", name] = address.split("#");
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(`there is no file ${path}`);
  let module: unknown;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (cause) {
    const isTypeScript = /\.[cm]?ts$/.test(path);
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (isTypeScript && code === "ERR_UNKNOWN_FILE_EXTENSION") {
      throw new UsageError(
        `this Node reads no TypeScript; build ${path} first, or use Node 22.18 or newer`,
      );
    }
    throw cause;
  }
  const exports = isObject(module) ? module : {};
  const names = name === undefined ? ["registry", "default"] : [name];
  const found = names.map((each) => exports[each]).find((value) => value !== undefined);
  if (isRegistry(found)) return found;
  throw new UsageError(
    found === undefined
      ? `${path} exports no ${names.map((each) => `"${each}"`).join(" and no ")}; it exports: ${Object.keys(exports).join(", ") || "nothing"}`
      : `what ${path} exports is no registry; make one by createRegistry({…})`,
  );
}

function isRegistry(value: unknown): value is Registry {
  return isObject(value) && typeof value["seal"] === "function";
}
