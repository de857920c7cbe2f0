import { dirname, join } from "node:path";
import { fileKind } from "../config/file-kind.js";
import { nearestPackage } from "../config/nearest-package.js";
import { isRecord } from "../config/value-rule.js";
import { addToJson, parseLoosely } from "./json-edit.js";
import { pathFrom } from "./path-from.js";
import { readTextIfThere } from "./read-text.js";
import type { Step } from "./step.js";

/** Biome 2 has one list with `!` for what is left out, Biome 1 a list of what is ignored. */
export async function biomeStep(
  folders: readonly string[],
  outputs: readonly string[],
): Promise<Step | null> {
  const file = folders
    .flatMap((folder) => ["biome.json", "biome.jsonc"].map((name) => join(folder, name)))
    .find((path) => fileKind(path) === "file");
  if (file === undefined) return null;
  const paths = outputs.flatMap((output) => pathFrom(dirname(file), output) ?? []);
  const before = readTextIfThere(file);
  if (before === null || paths.length === 0) return null;
  const config = await parseLoosely(before);
  if (!isRecord(config)) {
    return {
      action: "keep",
      file,
      about: `it is not JSON: leave ${paths.join(", ")} out yourself`,
    };
  }
  const files = recordOf(config["files"]);
  const old = isOld(config, files, dirname(file));
  const list = old ? "ignore" : "includes";
  const known = Array.isArray(files[list]) ? (files[list] as readonly unknown[]) : undefined;
  const wanted = paths.map((path) => (old ? `${path}/**` : `!${path}/**`));
  const missing = wanted.filter((entry) => !(known ?? []).some((one) => isSame(one, entry)));
  const about = `${wanted.join(", ")} in files.${list}`;
  if (missing.length === 0) return { action: "keep", file, about };
  // A list of Biome 2 begins with what is wanted; without one that is everything.
  const added = known !== undefined || old ? missing : ["**", ...missing];
  const text = await addToJson(
    before,
    known === undefined
      ? [{ path: ["files", list], value: added }]
      : added.map((value, index) => ({ path: ["files", list, known.length + index], value })),
  );
  return { action: "edit", file, about, before, text };
}

function isOld(
  config: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, unknown>>,
  folder: string,
): boolean {
  if ("includes" in files) return false;
  if ("ignore" in files || "include" in files) return true;
  const schema = /\/schemas\/(\d+)\./.exec(String(config["$schema"]))?.[1];
  const dependency = recordOf(nearestPackage(folder)?.["devDependencies"])["@biomejs/biome"];
  const version = schema ?? /\d+/.exec(String(dependency))?.[0];
  return version === "1";
}

/** With or without the stars: both leave the folder out. */
function isSame(one: unknown, other: string): boolean {
  const bare = (entry: string): string => entry.replace(/^!+/, "!").replace(/\/(\*\*)?$/, "");
  return typeof one === "string" && bare(one) === bare(other);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
