import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root, snippetsOf } from "./snippets.js";

let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "mizan-api-page-"));
  mkdirSync(join(project, "node_modules"));
  mkdirSync(join(project, "src"));
  symlinkSync(root, join(project, "node_modules/mizan-gen"), "dir");
  cpSync(join(root, "fixtures/protocol/bookshop.json"), join(project, "schema.json"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("A5: docs/api.md", () => {
  const snippets = snippetsOf("docs/api.md").filter(({ language }) => language === "ts");

  it("has snippets to run", () => {
    expect(snippets.length).toBeGreaterThan(2);
  });

  for (const { text, line } of snippets) {
    it(`line ${line} runs to its end`, async () => {
      const file = join(project, `snippet-${line}.mjs`);
      const { outputText } = ts.transpileModule(text, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      writeFileSync(file, outputText);
      const { exitCode, stderr } = await execa(process.execPath, [file], {
        cwd: project,
        timeout: 30_000,
      });
      expect(stderr).toBe("");
      expect(exitCode).toBe(0);
    });
  }
});
