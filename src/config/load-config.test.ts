import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "./config-error.js";
import { findConfig, findConfigs } from "./find-config.js";
import { loadConfig } from "./load-config.js";
import { placeInJsonConfig } from "./read-json-config.js";
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

  it("tells of every config of the nearest folder, for two of them cannot both be meant", () => {
    const manifest = write("package.json", '{"mizan": {}}');
    const file = write("mizan.config.mjs", "export default {}");
    mkdirSync(join(folder, "deep"));
    expect(findConfigs(join(folder, "deep"))).toEqual([file, manifest]);
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
    ["mizan.config.json", "{", /ends inside the object/],
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
    return validation.ok ? [] : validation.problems.map(({ message }) => message);
  };

  it("accepts every option", () => {
    const config = {
      $schema: "./node_modules/mizan-gen/config.schema.json",
      name: "shop",
      input: "a.json",
      output: "src/mizan",
      targets: ["react", "vue"],
      templates: "templates",
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
    [{ headers: [] }, ['option "headers" must be an object of strings, not a list']],
    // Not the value: it may be a secret.
    [{ headers: { a: 12345 } }, ['option "headers.a" must be a string, not a number']],
    [
      { targets: ["vue", "angular"] },
      ['option "targets[1]" must be one of "react", "vue", "svelte", not "angular"'],
    ],
    [
      { targets: ["reakt"] },
      [
        'option "targets[0]" must be one of "react", "vue", "svelte", not "reakt" (did you mean "react"?)',
      ],
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
    [[{ name: "a" }, { name: "b", x: 1 }], ['unknown option "x" of project "b"']],
    [[{ name: "a" }, 3], [/not 3 \(of project 2\)$/]],
    [{ naming: {} }, ['unknown option "naming"']],
    [{ $schema: 1 }, ['"$schema" must be a string, not 1']],
  ])("refuses %j", (value, expected) => {
    expect(problems(value)).toEqual(
      expected.map((entry) =>
        typeof entry === "string" ? entry : (expect.stringMatching(entry) as unknown),
      ),
    );
  });

  it("says for each problem what it is about, and a way out", () => {
    const validation = validateConfig([
      { name: "a", inptu: "x", targets: ["vue", "x"] },
      { name: "a", naming: {}, include: "a" },
      { shape: 1 },
    ]);
    expect(validation.ok ? [] : validation.problems).toMatchObject([
      { path: [1, "name"], part: "value", help: expect.stringContaining("rename one") as unknown },
      { path: [2], part: "value", help: 'give it one: "name": "shop"' },
      { path: [0, "inptu"], part: "key", help: "rename it to input" },
      { path: [0, "targets", 1], part: "value" },
      { path: [1, "naming"], part: "key", help: expect.stringContaining("follow") as unknown },
      { path: [1, "include"], part: "value", help: 'write ["a"]' },
      {
        path: [2, "shape"],
        part: "key",
        help: expect.stringMatching(/^options are: name,/) as unknown,
      },
    ]);
  });
});

describe("the place of what is wrong", () => {
  const placeOf = async (name: string, text: string): Promise<string | undefined> => {
    const file = write(name, text);
    const error = await loadConfig(file).catch((reason: unknown) => reason);
    if (!(error instanceof ConfigError)) throw new Error("it was loaded");
    expect(error.message).not.toContain(folder);
    const { start } = error.place?.range ?? {};
    return start && `${start.line}:${start.column}`;
  };

  it.each([
    ["mizan.config.json", '{\n  "input": "a", // a comment\n}', "2:17"],
    ["mizan.config.json", '{\r\n  "input": "a",\r\n  "input": "b"\r\n}', "3:3"],
    ["package.json", '{\n  "mizan": {,}\n}', "2:13"],
    ["mizan.config.ts", 'export default {\n  input: "a",,\n};\n', "2:14"],
    ["mizan.config.mjs", 'export default {\n  input: "a",,\n};\n', "2:14"],
    ["mizan.config.ts", "const a: number = 1;\n  throw new Error(`${a}`);\n", "2:3"],
    ["mizan.config.mjs", "const a = 1;\n  throw new Error(`${a}`);\n", "2:3"],
    ["mizan.config.ts", "const key: string = 'x';\nexport default [1][1].x + key;\n", "2:1"],
  ])("is known of %s: %j", async (name, text, expected) => {
    expect(await placeOf(name, text)).toBe(expected);
  });

  it("of a value is looked up in the text of a config in JSON", () => {
    const text =
      '{\r\n  "name": "x",\r\n  "mizan": { "input": "a", "targets": ["vue", "x"] }\r\n}\r\n';
    const file = write("package.json", text);
    const at = (path: readonly (string | number)[], part: "key" | "value"): unknown =>
      placeInJsonConfig(file, path, part)?.range.start;
    expect(at(["input"], "key")).toEqual({ line: 3, column: 14 });
    expect(at(["targets", 1], "value")).toEqual({ line: 3, column: 47 });
    expect(at([], "value")).toEqual({ line: 3, column: 12 });
    expect(at(["none"], "key")).toBeUndefined();
  });
});

describe("the transformer of TypeScript", () => {
  it("keeps what it made in node_modules/.cache, and nothing where there is no such folder", async () => {
    const text = 'enum E { A = "a.json" }\nexport default { input: E.A };\n';
    const loose = write("loose/mizan.config.ts", text);
    mkdirSync(join(folder, "loose/.git"));
    expect(await loadConfig(loose)).toEqual({ input: "a.json" });
    expect(readdirSync(join(folder, "loose")).sort()).toEqual([".git", "mizan.config.ts"]);
    const owned = write("owned/mizan.config.ts", text);
    mkdirSync(join(folder, "owned/node_modules"));
    expect(await loadConfig(owned)).toEqual({ input: "a.json" });
    expect(readdirSync(join(folder, "owned/node_modules/.cache/mizan-gen"))).toHaveLength(1);
    expect(await loadConfig(owned)).toEqual({ input: "a.json" });
    write("owned/mizan.config.ts", text.replace("a.json", "b.json"));
    expect(await loadConfig(owned, true)).toEqual({ input: "b.json" });
  });
});
