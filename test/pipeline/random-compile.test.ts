import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { GeneratedFile } from "../../src/emit/generated-file.js";
import { compile, modes } from "../compile/compilers.js";
import { kernelOf, shareKernel } from "../snapshots/tree.js";
import { wound, wounded } from "./mutate.js";
import { runText } from "./run-pipeline.js";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, ".cache/compile/random");
/** A fixed seed: each run compiles the same clients. MIZAN_FUZZ_SEED tries others. */
const seed = Number(process.env["MIZAN_FUZZ_SEED"] ?? 1);
const clients = Number(process.env["MIZAN_FUZZ_CLIENTS"] ?? 60);

it("what random mutations of documents still become is a client that compiles", async () => {
  rmSync(folder, { recursive: true, force: true });
  const write = ({ path, text }: GeneratedFile): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write({ path: "package.json", text: JSON.stringify({ type: "module" }) });
  write({
    path: "tsconfig.json",
    text: JSON.stringify({ compilerOptions: modes.js, include: ["."] }),
  });

  let written = 0;
  for (const name of [
    "protocol/bookshop.json",
    "producers/fastapi/openapi.json",
    "producers/zod/openapi.json",
  ]) {
    const document = JSON.parse(readFileSync(join(root, "fixtures", name), "utf8")) as Parameters<
      typeof wounded
    >[0];
    const wounds = fc.sample(fc.array(wound, { minLength: 1, maxLength: 4 }), {
      seed,
      numRuns: clients,
    });
    for (const [index, some] of wounds.entries()) {
      const text = wounded(document, some);
      const { files } = await runText(text);
      if (files === null) continue;
      if (written === 0) kernelOf(files).forEach(write);
      const tree = `${name.split("/")[1]?.replace(/\W/g, "-") ?? ""}/${index}`;
      for (const { path, text: source } of shareKernel(files, tree, ".js"))
        write({ path: `${tree}/${path}`, text: source });
      writeFileSync(join(folder, tree, "openapi.json"), text);
      written++;
    }
  }
  expect(written).toBeGreaterThan(clients / 2);
  expect(await compile("typescript-7", folder)).toEqual([]);
});
