import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitClient } from "../../src/emit/emit-client.js";
import { targets } from "../../src/emit/stage2/target.js";
import type { EmitOptions } from "../../src/emit/options.js";
import { emitAdapters } from "../../src/emit/stage2/emit-adapters.js";
import { bookshop } from "../../src/emit/test/bookshop.js";
import type { Api } from "../../src/ir/api.js";
import { generate, listFixtures, snapshotOptions } from "../snapshots/fixtures.js";
import { awkward, viewsOnly } from "./awkward.js";
import { compile, compilers, modes, type Mode } from "./compilers.js";
import { findAny } from "./find-any.js";
import { writeWorkspace, type Tree } from "./workspace.js";

const written: Readonly<Record<string, Api>> = { bookshop, awkward, "views-only": viewsOnly };
const spellings: readonly Partial<EmitOptions>[] = [{}, { readonly: true, enums: "const" }];

/** Clients of Api values written by hand, in each way of spelling types. */
async function writtenTrees(mode: Mode): Promise<Tree[]> {
  const trees: Tree[] = [];
  for (const [name, api] of Object.entries(written)) {
    for (const [index, spelling] of spellings.entries()) {
      const options = { ...snapshotOptions, ...spelling, importExtension: mode, targets };
      const files = [...emitClient(api, options), ...(await emitAdapters(api, options))];
      trees.push({ name: `written/${name}-${index}`, files, expectations: null });
    }
  }
  return trees;
}

async function fixtureTrees(mode: Mode): Promise<Tree[]> {
  const trees: Tree[] = [];
  for (const fixture of listFixtures()) {
    // Adapters depend on names and kinds only: those of the protocol's documents and the awkward ones have them all.
    const adapters = fixture.name.startsWith("protocol/") ? targets : [];
    const files = await generate(fixture, { importExtension: mode, targets: adapters });
    trees.push({ name: fixture.name, files, expectations: fixture.expectations });
  }
  return trees;
}

describe("generated clients under the strictest flags", () => {
  const folders = new Map<Mode, string>();

  beforeAll(async () => {
    for (const mode of ["js", "none"] as const) {
      const trees = [...(await writtenTrees(mode)), ...(await fixtureTrees(mode))];
      folders.set(mode, writeWorkspace(mode, trees));
    }
    folders.set("ts", writeWorkspace("ts", await writtenTrees("ts")));
  });

  for (const compiler of compilers) {
    for (const mode of Object.keys(modes) as Mode[]) {
      it(`compile with ${compiler}, imports spelled "${mode}", and types are as expected`, async () => {
        expect(await compile(compiler, folders.get(mode) ?? "")).toEqual([]);
      });
    }
  }

  it("hold no any, by the type checker", () => {
    const tsconfig = join(folders.get("js") ?? "", "tsconfig.json");
    expect(findAny(tsconfig, (file) => !/(^|\/)expect\.ts$/.test(file))).toEqual([]);
  });
});

describe("the check itself", () => {
  const cache = resolve(import.meta.dirname, "../../.cache/compile");
  const folders = [join(cache, "control"), join(cache, "control-declarations")] as const;
  /** Each file breaks one rule; the code is what a compiler must say of it. */
  const breaches: Readonly<Record<string, readonly [code: string, text: string]>> = {
    "any.ts": ["TS7006", "export function f(a): void { void a; }"],
    "unused.ts": ["TS6133", 'import { f } from "./any.js";\nexport {};'],
    "unused-parameter.ts": ["TS6133", "export function f(a: string): void {}"],
    "enum.ts": ["TS1294", "export enum E { A }"],
    "type-import.ts": ["TS1484", 'import { T } from "./type.js";\nexport type U = T;'],
    "type.ts": ["TS2375", "export type T = { a?: string };\nexport const t: T = { a: undefined };"],
    "index.ts": ["TS2322", "export const a: string = ([] as string[])[0];"],
    "extension.ts": ["TS2835", 'export * from "./type";'],
    "node.ts": ["TS2591", "export const p: unknown = process;"],
    "circular.ts": ["TS2456", 'export type A = Partial<Record<"a", A>>;'],
    "expectation.ts": [
      "TS2344",
      'import type { Equal, Expect } from "./expect.js";\nexport type A = Expect<Equal<string, unknown>>;',
    ],
  };

  function writeControl(folder: string, files: Readonly<Record<string, string>>): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const tsconfig = { compilerOptions: modes.js, include: ["."] };
    const whole = {
      ...files,
      "package.json": JSON.stringify({ type: "module" }),
      "tsconfig.json": JSON.stringify(tsconfig),
    };
    for (const [name, text] of Object.entries(whole)) writeFileSync(join(folder, name), text);
  }

  beforeAll(() => {
    const texts = Object.entries(breaches).map(([name, [, text]]) => [name, text] as const);
    const tools = readFileSync(
      resolve(import.meta.dirname, "../../fixtures/types/expect.ts"),
      "utf8",
    );
    writeControl(folders[0], { ...Object.fromEntries(texts), "expect.ts": tools });
    // Compilers come to declarations only where nothing else is wrong.
    writeControl(folders[1], {
      "declaration.ts": "export const a = Math.max(1);",
      "parsed.ts": 'export const b: { c: unknown } = { c: JSON.parse("") };',
      "tamed.ts": 'export const d: unknown = JSON.parse(JSON.parse("") as string) as unknown;',
    });
  });
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  for (const compiler of compilers) {
    it(`${compiler} reports every breach`, async () => {
      const lines = await compile(compiler, folders[0]);
      for (const [name, [code]] of Object.entries(breaches)) {
        const found = lines.some((line) => line.startsWith(`${name}(`) && line.includes(code));
        expect(found, `${name} ${lines.join("\n")}`).toBe(true);
      }
      const [line] = await compile(compiler, folders[1]);
      expect(line).toMatch(/^declaration\.ts\(1,14\): error TS9010/);
    });
  }

  it("finds an any that nobody wrote", () => {
    expect(findAny(join(folders[1], "tsconfig.json"), () => true)).toEqual([
      'parsed.ts:1 c: JSON.parse("")',
      "parsed.ts:1 c",
      'parsed.ts:1 JSON.parse("")',
      // Only what is made `unknown` at once is tamed.
      'tamed.ts:1 JSON.parse("")',
    ]);
  });
});
