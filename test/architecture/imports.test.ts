import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, it } from "vitest";

/** Who may import whom (docs/architecture.md): a stage reaches only what stands to its left. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  kernel: [],
  document: ["diagnostics"],
  ir: ["diagnostics", "document"],
  diff: ["diagnostics", "document", "ir"],
  emit: ["diagnostics", "ir"],
  output: ["diagnostics", "emit"],
  config: ["diagnostics", "document", "ir", "emit"],
  drift: ["diagnostics", "output"],
  init: ["diagnostics", "document", "emit", "output", "config"],
  conformance: ["diagnostics", "document", "ir", "kernel"],
  // Built on what any other bundler's plugin could use.
  vite: ["api.js", "watch.js"],
};

const src = resolve(import.meta.dirname, "../../src");

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(src, file).split(sep).includes("test"));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const statements = /(?:^(?:import|export)\b[^"';=]*\bfrom |^import |\bimport\()"([^"]+)"/gm;
  return [...text.matchAll(statements)].map((match) => match[1] ?? "");
}

describe("architecture", () => {
  for (const [folder, allowed] of Object.entries(mayImport)) {
    it(`src/${folder} imports only ${[folder, ...allowed].join(", ")}`, () => {
      const files = sourceFiles(join(src, folder));
      expect(files.length).toBeGreaterThan(0);
      const breaches = files.flatMap((file) =>
        importsOf(file)
          .filter((specifier) => specifier.startsWith("."))
          .map((specifier) => relative(src, resolve(dirname(file), specifier)).split(sep)[0] ?? "")
          .filter((target) => target !== folder && !allowed.includes(target))
          .map((target) => `${relative(src, file)} -> ${target}`),
      );
      expect(breaches).toEqual([]);
    });
  }

  it("the kernel imports no package and no Node module", () => {
    const packages = sourceFiles(join(src, "kernel")).flatMap((file) =>
      importsOf(file).filter((specifier) => !specifier.startsWith("./")),
    );
    expect(packages).toEqual([]);
  });

  it("no file is a drawer for everything", () => {
    const drawers = sourceFiles(src)
      .map((file) => relative(src, file))
      .filter((file) =>
        /(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file.split(sep).join("/")),
      );
    expect(drawers).toEqual([]);
  });
});
