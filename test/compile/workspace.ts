import { mkdirSync, rmSync, writeFileSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { GeneratedFile } from "../../src/emit/generated-file.js";
import { kernelOf, shareKernel } from "../snapshots/tree.js";
import { modes, type Mode } from "./compilers.js";

const root = resolve(import.meta.dirname, "../..");
const expectTools = join(root, "fixtures/types/expect.ts");

/** A client to be compiled, with what is expected of its types. */
export interface Tree {
  readonly name: string;
  readonly files: readonly GeneratedFile[];
  /** The text of an `expect.ts`. */
  readonly expectations: string | null;
}

/**
 * Writes trees into one folder under `.cache/compile`, with the kernel once and one `tsconfig.json` for all, so that a compiler starts
 * once. Returns the folder.
 */
export function writeWorkspace(mode: Mode, trees: readonly Tree[]): string {
  const extension = { js: ".js", none: "", ts: ".ts" }[mode];
  const folder = join(root, ".cache/compile", mode);
  rmSync(folder, { recursive: true, force: true });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("package.json", JSON.stringify({ type: "module" }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: modes[mode], include: ["."] }));
  write("expect.ts", readFileSync(expectTools, "utf8"));
  const [first] = trees;
  for (const { path, text } of first === undefined ? [] : kernelOf(first.files)) write(path, text);
  for (const { name, files, expectations } of trees) {
    for (const { path, text } of shareKernel(files, name, extension))
      write(`${name}/${path}`, text);
    if (expectations === null) continue;
    const up = "../".repeat(name.split("/").length);
    const text = expectations
      .replaceAll('"@client"', `"./index${extension}"`)
      .replaceAll('"@expect"', `"${up}expect${extension}"`);
    write(`${name}/expect.ts`, text);
  }
  return folder;
}
