import { mkdirSync, symlinkSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

const options = '{ input: "schema.json", output: "out" }';

describe.concurrent("a config", () => {
  it.each([
    [
      "mizan.config.ts",
      `import { defineConfig } from "mizan-gen";\nexport default defineConfig(${options});`,
    ],
    ["mizan.config.mts", `const config: object = ${options};\nexport default config;`],
    ["mizan.config.js", `module.exports = ${options};`],
    [
      "mizan.config.mjs",
      `import { defineConfig } from "mizan-gen";\nexport default defineConfig(${options});`,
    ],
    ["mizan.config.json", '{ "input": "schema.json", "output": "out" }'],
    ["package.json", '{ "name": "x", "mizan": { "input": "schema.json", "output": "out" } }'],
  ])("may be a %s, which needs no installed package", async (name, text) => {
    const project = cli.project({ "schema.json": shop(), [name]: text, "deep/er/.keep": "" });
    const result = await project.run([], { cwd: project.path("deep/er") });
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.tree("out")).toHaveProperty(["index.ts"]);
  });

  it("is refused beside another one, unless --config names it", async () => {
    const project = cli.project({
      "schema.json": shop(),
      "mizan.config.mjs": `export default ${options}`,
      "mizan.config.json": '{ "input": "schema.json", "output": "other" }',
    });
    const refused = await project.run([]);
    expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
    expect(refused.stderr).toContain("two configs: mizan.config.mjs and mizan.config.json");
    expect(project.tree("out")).toEqual({});
    expect((await project.run(["--config", "mizan.config.json"])).exitCode).toBe(0);
    expect(project.tree("other")).toHaveProperty(["index.ts"]);
  });

  it.each(["mizan.config.js", "mizan.config.ts"])(
    "in a package without a type is loaded without a word of Node's about it: %s",
    async (name) => {
      const project = cli.project({
        "package.json": { name: "x" },
        "schema.json": shop(),
        [name]: `import { defineConfig } from "mizan-gen";\nexport default defineConfig(${options});`,
      });
      mkdirSync(project.path("node_modules"));
      symlinkSync(cli.root, project.path("node_modules/mizan-gen"));
      expect(await project.run([])).toMatchObject({ exitCode: 0, stderr: "" });
      project.write(
        name,
        `process.emitWarning("of the config's own");\nexport default ${options};`,
      );
      expect((await project.run([])).stderr).toContain("Warning: of the config's own");
    },
  );

  it("uses the installed package where there is one", async () => {
    const project = cli.project({
      "package.json": { type: "module" },
      "schema.json": shop(),
      "mizan.config.js": `import { defineConfig } from "mizan-gen";\nexport default defineConfig(${options});`,
    });
    mkdirSync(project.path("node_modules"));
    symlinkSync(cli.root, project.path("node_modules/mizan-gen"));
    expect(await project.run([])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("loses to flags and wins over defaults", async () => {
    const project = cli.project({
      "schema.json": shop({ members: { kind: { $ref: "#/components/schemas/Kind" } } }),
      "mizan.config.json": { input: "schema.json", output: "out", importExtension: "none" },
    });
    const document = JSON.parse(project.read("schema.json")) as {
      components: { schemas: Record<string, object> };
    };
    document.components.schemas["Kind"] = { type: "string", enum: ["a", "b"] };
    project.write("schema.json", document);
    await project.run([]);
    expect(project.read("out/index.ts")).toContain('from "./client"');
    await project.run(["--import-extension", "ts", "-o", "flags"]);
    expect(project.read("flags/index.ts")).toContain('from "./client.ts"');
    const before = project.read("out/types.ts");
    await project.run(["--enums", "const"]);
    expect(project.read("out/types.ts")).not.toBe(before);
  });

  it("may list projects, all of which run, or the one that is named", async () => {
    const project = cli.project({
      "a.json": shop(),
      "b.json": shop({ resources: 2 }),
      "broken.json": "{",
      "mizan.config.json": [
        { name: "a", input: "a.json", output: "gen/a" },
        { name: "bad", input: "broken.json", output: "gen/bad" },
        { name: "b", input: "b.json", output: "gen/b" },
      ],
    });
    const all = await project.run([]);
    expect(all.exitCode).toBe(2);
    expect(all.stdout).toMatch(/^a: wrote/m);
    expect(all.stdout).toMatch(/^b: wrote/m);
    expect(all.stderr).toContain("broken.json:1:2");
    const one = await project.run(["check", "-p", "b"]);
    expect(one).toMatchObject({ exitCode: 0, stderr: "" });
    expect((await project.run(["check", "-p", "c"])).stderr).toContain('has no project "c"');
    expect((await project.run(["a.json"])).stderr).toContain("fits one project");
    expect(JSON.parse((await project.run(["--format", "json"])).stdout)).toMatchObject({
      projects: [{ name: "a" }, { name: "bad", status: "failed" }, { name: "b" }],
    });
  });

  it("with mistakes is refused with every one of them and the nearest name", async () => {
    const project = cli.project({
      "schema.json": shop(),
      "mizan.config.json": { inptu: "schema.json", enums: "list", targets: ["reakt"] },
    });
    const result = await project.run([]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('unknown option "inptu" (did you mean "input"?)');
    expect(result.stderr).toContain('option "enums" must be one of "union", "const", not "list"');
    expect(result.stderr).toContain('option "targets[0]" must be one of "react", "vue", "svelte"');
    expect(result.stderr).toContain("mizan.config.json:2:3");
    expect(result.stderr).toContain('   2 |   "inptu": "schema.json",');
    expect(result.stderr).toContain("3 errors");
  });

  it("that throws or does not parse is one clear error", async () => {
    for (const [name, text, place] of [
      ["mizan.config.mjs", 'throw new Error("on purpose");', "1:1"],
      ["mizan.config.ts", "export default {", "1:17"],
      ["mizan.config.json", "{", "1:2"],
    ] as const) {
      const project = cli.project({ "schema.json": shop(), [name]: text });
      const result = await project.run([]);
      expect(result.exitCode).toBe(2);
      expect(result.stderr).toMatch(/^error E052 {2}the config could not be loaded: /);
      expect(result.stderr).toContain(`\n  ${name}:${place}\n`);
      expect(result.stderr).not.toContain("    at ");
    }
  });
});
