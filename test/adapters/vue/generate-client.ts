import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Core from "@client";
import type * as Composables from "@client/vue";
import type { EmitOptions } from "../../../src/emit/options.js";
import { generate } from "../../snapshots/fixtures.js";

const root = resolve(import.meta.dirname, "../../..");

/** The bookshop's client with its composables, as modules. Their types are those of the snapshots, which hold the same text. */
export interface Client {
  readonly core: typeof Core;
  readonly vue: typeof Composables;
}

/** The document of the protocol's examples, unless another one is given. */
const bookshop = "fixtures/protocol/bookshop.json";

/** Writes the bookshop's client with its composables into a folder of `.cache`, its own for each test file: they run side by side. */
export async function writeClient(
  folder: string,
  options: Partial<EmitOptions> = {},
  document = bookshop,
): Promise<string> {
  const fixture = { name: document, file: join(root, document), expectations: null };
  const target = join(root, ".cache/adapters/vue", folder);
  rmSync(target, { recursive: true, force: true });
  for (const { path, text } of await generate(fixture, { ...options, targets: ["vue"] })) {
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
