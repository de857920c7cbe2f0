import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { EmitOptions } from "../../../src/emit/options.js";
import { generate } from "../../snapshots/fixtures.js";

const root = resolve(import.meta.dirname, "../../..");

/** The bookshop's client with its composables, as modules. Their types are those of the snapshots, which hold the same text. */
export interface Client {
  readonly core: typeof import("@client");
  readonly vue: typeof import("@client/vue");
}

const bookshop = {
  name: "protocol/bookshop",
  file: join(root, "fixtures/protocol/bookshop.json"),
  expectations: null,
};

/** Writes the bookshop's client with its composables into a folder of `.cache`, its own for each test file: they run side by side. */
export async function writeClient(
  folder: string,
  options: Partial<EmitOptions> = {},
): Promise<string> {
  const target = join(root, ".cache/adapters/vue", folder);
  rmSync(target, { recursive: true, force: true });
  for (const { path, text } of await generate(bookshop, { ...options, targets: ["vue"] })) {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return target;
}

/** Generates the bookshop's client and loads it. */
export async function generateClient(folder: string): Promise<Client> {
  const target = await writeClient(folder);
  const load = (path: string): Promise<unknown> => import(pathToFileURL(join(target, path)).href);
  return {
    core: (await load("index.ts")) as Client["core"],
    vue: (await load("vue/index.ts")) as Client["vue"],
  };
}
