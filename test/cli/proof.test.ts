import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashText } from "../../src/output/hash-text.js";
import { shop } from "./documents.js";
import { InstalledCli } from "./installed.js";

let cli: InstalledCli;
beforeEach(() => {
  cli = new InstalledCli();
});
afterEach(() => cli.remove());

const proven = (): string[] =>
  JSON.parse(readFileSync(join(cli.root, "dist/proven-texts.json"), "utf8")) as string[];

describe("what the build has proven", () => {
  it.each(["none", "js", "ts"])(
    "is the whole kernel, as it is vendored with import extension %s, and nothing of the document",
    async (extension) => {
      const project = cli.project({ "schema.json": shop() });
      await project.run(["schema.json", "-o", "out", "--import-extension", extension]);
      const hashes = new Set(proven());
      const files = Object.entries(project.tree("out")).filter(([path]) => path.endsWith(".ts"));
      const known = files.filter(([, text]) => hashes.has(hashText(text))).map(([path]) => path);
      expect(known.length).toBeGreaterThan(20);
      expect(known).toEqual(files.map(([path]) => path).filter((path) => /^kernel\//.test(path)));
    },
  );

  it("does not cover a kernel that was changed since: one that does not parse is not written", async () => {
    appendFileSync(join(cli.root, "dist/kernel/index.ts"), "\nexport const broken = {;\n");
    const project = cli.project({ "schema.json": shop() });
    const result = await project.run(["schema.json", "-o", "out"]);
    expect(result.stderr).toMatch(/E900.*kernel\/index\.ts:\d+:\d+ does not parse/);
    expect(result.exitCode).toBe(2);
    expect(project.tree("out")).toEqual({});
  });

  it("is not needed: without the list, or with a damaged one, every file is proven by the run", async () => {
    const list = join(cli.root, "dist/proven-texts.json");
    for (const damage of [() => rmSync(list), () => writeFileSync(list, '["')]) {
      damage();
      const project = cli.project({ "schema.json": shop() });
      const result = await project.run(["schema.json", "-o", "out"]);
      expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    }
  });
});
