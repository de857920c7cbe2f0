import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { detectModuleStyle } from "./import-extension.js";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-style-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Record<string, string | object>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
}

const spelling = (): string => detectModuleStyle(join(folder, "src/mizan")).importExtension;

describe("the spelling of relative imports", () => {
  it.each([
    [{ module: "NodeNext" }, "js"],
    [{ module: "node16" }, "js"],
    [{ module: "node20" }, "js"],
    [{ module: "esnext", moduleResolution: "bundler" }, "none"],
    [{ module: "preserve" }, "none"],
    [{ module: "commonjs", moduleResolution: "node10" }, "none"],
    [{ module: "commonjs" }, "none"],
    [{}, "none"],
    [{ moduleResolution: "bundler", allowImportingTsExtensions: true }, "ts"],
    [{ module: "nodenext", rewriteRelativeImportExtensions: true }, "ts"],
  ])("follows the nearest tsconfig.json: %j gives %s", (compilerOptions, expected) => {
    write({ "tsconfig.json": { compilerOptions } });
    expect(spelling()).toBe(expected);
  });

  it("is .js without a tsconfig.json, which works nearly everywhere, and none for Next", () => {
    write({ "package.json": {} });
    expect(spelling()).toBe("js");
    write({ "package.json": { dependencies: { next: "16.0.0" } } });
    expect(spelling()).toBe("none");
  });

  it("reads comments and trailing commas, and no comment inside a string", () => {
    write({
      "tsconfig.json": `\ufeff{
        // "module": "esnext",
        "compilerOptions": { /* , } */
          "paths": { "@/*": ["./src/*"], "x//y": ["\\"//"] },
          "module": "nodenext", // the end,
        },
      }`,
    });
    expect(spelling()).toBe("js");
  });

  it("follows extends: files, packages, lists, the last wins, circles end", () => {
    write({
      "tsconfig.json": {
        extends: ["./base", "@tsconfig/node22"],
        compilerOptions: { strict: true },
      },
      "base.json": { extends: "./tsconfig.json", compilerOptions: { module: "esnext" } },
      "node_modules/@tsconfig/node22/package.json": { name: "@tsconfig/node22" },
      "node_modules/@tsconfig/node22/tsconfig.json": { compilerOptions: { module: "nodenext" } },
    });
    expect(spelling()).toBe("js");
  });

  it("asks the projects of a solution that has no options of its own", () => {
    write({
      "tsconfig.json": {
        files: [],
        references: [{ path: "./tsconfig.app.json" }, { path: "./x" }],
      },
      "tsconfig.app.json": { compilerOptions: { moduleResolution: "bundler" } },
    });
    expect(spelling()).toBe("none");
  });

  it("survives a tsconfig.json that is none", () => {
    for (const text of ["", "[]", "{", "null", '{"extends": 5, "compilerOptions": []}']) {
      write({ "tsconfig.json": text });
      expect(spelling()).toBe("none");
    }
  });
});

describe("a package that cannot hold ES modules", () => {
  const compilerOptions = { module: "nodenext", verbatimModuleSyntax: true };
  const refuses = (): boolean => detectModuleStyle(join(folder, "src/mizan")).refusesModules;

  it("is CommonJS under nodenext with verbatimModuleSyntax", () => {
    write({ "package.json": {}, "tsconfig.json": { compilerOptions } });
    expect(refuses()).toBe(true);
  });

  it.each([
    ["type is module", { type: "module" }, compilerOptions],
    ["the syntax may be rewritten", {}, { module: "nodenext" }],
    ["a bundler resolves", {}, { moduleResolution: "bundler", verbatimModuleSyntax: true }],
  ])("is not one where %s", (_name, manifest, options) => {
    write({ "package.json": manifest, "tsconfig.json": { compilerOptions: options } });
    expect(refuses()).toBe(false);
  });

  it("asks the package.json nearest to the output", () => {
    write({
      "package.json": {},
      "src/package.json": { type: "module" },
      "tsconfig.json": { compilerOptions },
    });
    expect(refuses()).toBe(false);
  });
});
