import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Core from "@client";
import type * as Hooks from "@client/react";
import type { GeneratedFile } from "../../../src/emit/generated-file.js";
import { generate } from "../../snapshots/fixtures.js";

const root = resolve(import.meta.dirname, "../../..");

/** The bookshop's client with its hooks, as modules. Their types are those of the snapshots, which hold the same text. */
export interface Client {
  readonly core: typeof Core;
  readonly react: typeof Hooks;
}

export const bookshop = {
  name: "protocol/bookshop",
  file: join(root, "fixtures/protocol/bookshop.json"),
  expectations: null,
};

/** The files of the bookshop's client. */
export const bookshopFiles = (): Promise<readonly GeneratedFile[]> =>
  generate(bookshop, { targets: ["react"] });

/**
 * Generates the bookshop's client and loads it.
 *
 * @param folder its own for each test file, for they run side by side
 * @param transform what stands between the generator and the run, such as the React Compiler
 */
export async function generateClient(
  folder: string,
  transform: (file: GeneratedFile) => Promise<string> = ({ text }) => Promise.resolve(text),
): Promise<Client> {
  const target = join(root, ".cache/adapters/react", folder);
  rmSync(target, { recursive: true, force: true });
  for (const file of await bookshopFiles()) {
    const path = join(target, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await transform(file));
  }
  const load = (path: string): Promise<unknown> => import(pathToFileURL(join(target, path)).href);
  return {
    core: (await load("index.ts")) as Client["core"],
    react: (await load("react/index.ts")) as Client["react"],
  };
}
