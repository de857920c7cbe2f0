import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import type { GeneratedFile } from "../../src/emit/generated-file.js";
import { proveFiles } from "../../src/emit/prove-files.js";
import { targets } from "../../src/emit/stage2/target.js";
import { generate, listFixtures } from "./fixtures.js";
import { kernelOf, shareKernel } from "./tree.js";

const root = resolve(import.meta.dirname, "../../snapshots");
/** Set by `npm run snapshots`. */
const renew = process.env["MIZAN_SNAPSHOTS"] === "renew";

/** Compares a folder with what it should hold, or makes it so. */
function matchFolder(folder: string, files: readonly GeneratedFile[]): void {
  if (renew) {
    rmSync(folder, { recursive: true, force: true });
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
  for (const { path, text } of files) {
    expect(readSnapshot(join(folder, path)), `${path} (npm run snapshots)`).toBe(text);
  }
  expect(filesBelow(folder)).toEqual(files.map((file) => file.path).sort());
}

function readSnapshot(file: string): string | null {
  try {
    return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return null;
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

const isOfAdapter = (path: string): boolean =>
  targets.some((target) => path.startsWith(`${target}/`));

const fixtures = listFixtures();

describe("snapshots", () => {
  it("there are fixtures, each with a name of its own", () => {
    expect(fixtures.length).toBeGreaterThan(20);
    expect(new Set(fixtures.map((fixture) => fixture.name)).size).toBe(fixtures.length);
  });

  for (const fixture of fixtures) {
    it(`${fixture.name} becomes what its snapshot shows, in prettier's form`, async () => {
      const files = await generate(fixture, { targets });
      await proveFiles(files);
      // Adapters are shown where a person reads them; that they compile is another test's business.
      const shown = fixture.name.startsWith("protocol/")
        ? files
        : files.filter(({ path }) => !isOfAdapter(path));
      matchFolder(join(root, fixture.name), shareKernel(shown, fixture.name, ".js"));
      for (const { path, text } of files) {
        if (path.startsWith("kernel/")) continue;
        expect(await format(text, { parser: "typescript", printWidth: 100 }), path).toBe(text);
      }
    });
  }

  it("no snapshot is left of a fixture that is gone", () => {
    const trees = filesBelow(root)
      .filter((file) => file.endsWith("/client.ts"))
      .map((file) => dirname(file))
      .sort();
    expect(trees).toEqual(fixtures.map((fixture) => fixture.name));
  });

  it("the vendored kernel is what its snapshot shows", async () => {
    const [first] = fixtures;
    if (first === undefined) return;
    const files = kernelOf(await generate(first));
    const below = files.map(({ path, text }) => ({ path: path.slice("kernel/".length), text }));
    matchFolder(join(root, "kernel"), below);
  });
});
