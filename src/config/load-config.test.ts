import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findConfig } from "./find-config.js";
import { loadConfig } from "./load-config.js";
import { validateConfig } from "./validate-config.js";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-config-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe("finding a config", () => {
  it("looks upwards as far as the git root", () => {
    const file = write("mizan.config.json", "{}");
    mkdirSync(join(folder, "repo/.git"), { recursive: true });
    mkdirSync(join(folder, "other/deep"), { recursive: true });
    expect(findConfig(join(folder, "other/deep"))).toBe(file);
    expect(findConfig(join(folder, "repo"))).toBeUndefined();
  });

  it("takes the key mizan of a package.json, not its name or a dependency", () => {
    write("a/package.json", '{"name": "mizan", "dependencies": {"mizan": "1"}}');
    const file = write("package.json", '{"mizan": {"input": "x.json"}}');
    expect(findConfig(join(folder, "a"))).toBe(file);
  });

  it("prefers a config file to the package.json beside it", () => {
    write("package.json", '{"mizan": {}}');
    const file = write("mizan.config.mjs", "export default {}");
    expect(findConfig(folder)).toBe(file);
  });
});

describe("loading a config", () => {
  it.each([
    ["mizan.config.json", '{"input": "a.json"}'],
    ["package.json", '{"mizan": {"input": "a.json"}}'],
    ["mizan.config.mjs", 'export default { input: "a.json" };'],
    ["mizan.config.js", 'module.exports = { input: "a.json" };'],
    ["mizan.config.ts", 'const input: string = "a.json"; export default { input };'],
    [
      "mizan.config.mts",
      'import { defineConfig } from "mizan-gen"; export default defineConfig({ input: "a.json" });',
    ],
    [
      "mizan.config.ts",
      'import { name } from "./name"; enum E { A } export default { input: `${name}${E.A ? 1 : ".json"}` };',
    ],
  ])("reads %s: %s", async (name, text) => {
    write("name.ts", 'export const name: string = "a";');
    expect(await loadConfig(write(name, text))).toEqual({ input: "a.json" });
  });

  it("reads a config anew when it changed", async () => {
    for (const name of ["mizan.config.mjs", "mizan.config.ts"]) {
      const file = write(name, "export default { input: 'a.json' };");
      expect(await loadConfig(file)).toEqual({ input: "a.json" });
      write(name, "export default { input: 'b.json' };");
      expect(await loadConfig(file, true)).toEqual({ input: "b.json" });
    }
  });

  it.each([
    ["mizan.config.json", "{", /JSON/],
    ["mizan.config.mjs", "throw new Error('on purpose')", /on purpose/],
    ["mizan.config.ts", "export default {", /./],
  ])("says what is wrong with %s", async (name, text, message) => {
    await expect(loadConfig(write(name, text))).rejects.toThrow(message);
  });

  it("says that a file does not exist", async () => {
    await expect(loadConfig(join(folder, "no.json"))).rejects.toThrow("the file does not exist");
    await expect(loadConfig(join(folder, "no.ts"))).rejects.toThrow("the file does not exist");
  });
});

describe("validating a config", () => {
  const problems = (value: unknown): readonly string[] => {
    const validation = validateConfig(value);
    return validation.ok ? [] : validation.problems;
  };

  it("accepts every option", () => {
    const config = {
      name: "shop",
      input: "a.json",
      output: "src/mizan",
      headers: { a: "b" },
      allowRefs: "all",
      importExtension: "none",
      readonly: true,
      enums: "const",
      int64: "brand",
      outputDefaults: "optional",
      banner: "",
      include: ["a*"],
      exclude: [],
      basePath: "/api/",
    };
    expect(validateConfig(config)).toEqual({ ok: true, projects: [config] });
    expect(problems([config, { name: "other" }])).toEqual([]);
    expect(problems({ input: undefined })).toEqual([]);
  });

  it.each([
    [{ ouput: "x" }, ['unknown option "ouput" (did you mean "output"?)']],
    [{ constructor: "x" }, ['unknown option "constructor"']],
    [{ enums: "list" }, ['option "enums" must be one of "union", "const", not "list"']],
    [{ include: "a" }, ['option "include" must be a list of strings, not "a"']],
    [{ readonly: 1 }, ['option "readonly" must be true or false, not 1']],
    [{ input: "" }, ['option "input" must be a string that is not empty, not ""']],
    [{ headers: { a: 1 } }, ['option "headers" must be an object of strings, not an object']],
    [
      { targets: ["angular"] },
      ['option "targets" must be a list of "react", "vue", "svelte", not a list'],
    ],
    [
      { targets: "react" },
      ['option "targets" must be a list of "react", "vue", "svelte", not "react"'],
    ],
    [{ templates: 1 }, [/option "templates" must be a string/]],
    [undefined, [/not nothing/]],
    [[], ["the list of projects is empty"]],
    [[{ name: "a" }, { name: "a" }], ['two projects are named "a"']],
    [[{ input: "a" }], ['project 1 of the list has no "name"']],
    [
      { a: 1, enums: 2 },
      ['unknown option "a"', 'option "enums" must be one of "union", "const", not 2'],
    ],
    [[{ name: "a" }, { name: "b", x: 1 }], ['unknown option "x" of project 2']],
  ])("refuses %j", (value, expected) => {
    expect(problems(value)).toEqual(
      expected.map((entry) =>
        typeof entry === "string" ? entry : (expect.stringMatching(entry) as unknown),
      ),
    );
  });
});
