import { existsSync, readFileSync, readdirSync } from "node:fs";
import type { GeneratedFile } from "./generated-file.js";

let cached: readonly GeneratedFile[] | undefined;

/**
 * The kernel as it is vendored: its sources, README and licence, by path below `kernel/`. They lie in the package, in `dist/kernel`
 * (copied by the build) or in `src/kernel`: never anywhere else, so the output depends on nothing but the version of the generator.
 */
export function kernelSources(): readonly GeneratedFile[] {
  cached ??= readSources();
  return cached;
}

function readSources(): readonly GeneratedFile[] {
  // Beside the bundle's entry, beside a folder of its chunks, or from `src/emit`.
  const folders = ["./kernel/", "../kernel/"].map((folder) => new URL(folder, import.meta.url));
  const folder = folders.find((candidate) => existsSync(new URL("index.ts", candidate)));
  if (folder === undefined) throw new Error("the package is not whole: its kernel is missing");
  const licence = ["./LICENSE", "../../LICENSE", "../../../LICENSE"]
    .map((path) => new URL(path, folder))
    .find((candidate) => existsSync(candidate));
  const names = readdirSync(folder)
    .filter(
      (name) => name === "README.md" || (name.endsWith(".ts") && !/\.(test|d)\.ts$/.test(name)),
    )
    .sort();
  const files = names.map((path) => ({ path, text: read(new URL(path, folder)) }));
  return licence === undefined ? files : [{ path: "LICENSE", text: read(licence) }, ...files];
}

const read = (url: URL): string => readFileSync(url, "utf8").replaceAll("\r\n", "\n");
