import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import type { EmitOptions } from "../../../src/emit/options.js";
import { generate } from "../../snapshots/fixtures.js";

const root = resolve(import.meta.dirname, "../../..");

export const bookshop = {
  name: "protocol/bookshop",
  file: join(root, "fixtures/protocol/bookshop.json"),
  expectations: null,
};

/** Generates the bookshop's client with its Svelte adapter. Returns the folder, below `.cache/adapters/svelte`. */
export async function generateClient(
  name: string,
  options: Partial<EmitOptions> = {},
): Promise<string> {
  const folder = join(root, ".cache/adapters/svelte", name);
  rmSync(folder, { recursive: true, force: true });
  for (const { path, text } of await generate(bookshop, { targets: ["svelte"], ...options })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Runs once before the tests of a project. */
export default async function setup({ name }: TestProject): Promise<void> {
  await generateClient(name);
}
