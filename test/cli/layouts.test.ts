import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { shop } from "./documents.js";
import { InstalledCli, type Project } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

const typescriptConfig = `import { defineConfig } from "mizan-gen";
export default defineConfig({ input: "openapi.json", output: "src/mizan" });
`;

/** Runs the command of a package in its folder, as its scripts do: found in `node_modules/.bin` there or above. */
async function runScript(folder: string, command: string, bins: readonly string[]) {
  const { exitCode, stdout, stderr } = await execa(command, {
    cwd: folder,
    shell: true,
    reject: false,
    env: { PATH: [...bins, process.env["PATH"]].join(":"), GITHUB_ACTIONS: undefined },
  });
  return { exitCode, stdout, stderr };
}

function link(project: Project, target: string, at: string): void {
  const path = project.path(at);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(relative(dirname(path), project.path(target)), path);
}

/** The layout of pnpm: real packages in a store, links to them for who depends on them, a shell script for each command. */
function pnpmLayout(project: Project, folder: string): void {
  const real = "node_modules/.pnpm/mizan-gen@0.1.0/node_modules/mizan-gen";
  for (const name of ["bin", "dist", "package.json"]) {
    cpSync(`${cli.root}/${name}`, project.path(real, name), { recursive: true });
  }
  project.write("node_modules/.pnpm/vue@3.5.0/node_modules/vue/package.json", { name: "vue" });
  project.write(
    "node_modules/.pnpm/@tsconfig+node20@20.1.0/node_modules/@tsconfig/node20/tsconfig.json",
    {
      compilerOptions: { module: "node16" },
    },
  );
  link(project, real, `${folder}/node_modules/mizan-gen`);
  link(project, "node_modules/.pnpm/vue@3.5.0/node_modules/vue", `${folder}/node_modules/vue`);
  link(
    project,
    "node_modules/.pnpm/@tsconfig+node20@20.1.0/node_modules/@tsconfig/node20",
    `${folder}/node_modules/@tsconfig/node20`,
  );
  project.write(
    `${folder}/node_modules/.bin/mizan-gen`,
    `#!/bin/sh\nexec "${process.execPath}" "$(dirname "$0")/../mizan-gen/bin/mizan-gen.js" "$@"\n`,
  );
  chmodSync(project.path(folder, "node_modules/.bin/mizan-gen"), 0o755);
}

describe.concurrent("packages as package managers lay them out", () => {
  it("npm: a link in node_modules/.bin to the file of the package", async () => {
    const project = cli.project({
      "package.json": { type: "module", dependencies: { react: "19" } },
      "openapi.json": shop(),
      "src/main.ts": "",
      "mizan.config.ts": typescriptConfig,
    });
    cpSync(cli.root, project.path("node_modules/mizan-gen"), { recursive: true });
    link(project, "node_modules/mizan-gen/bin/mizan-gen.js", "node_modules/.bin/mizan-gen");
    const bins = [project.path("node_modules/.bin")];
    expect(await runScript(project.folder, "mizan-gen", bins)).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    expect(project.tree("src/mizan")).toHaveProperty(["react/index.ts"]);
    expect(await runScript(project.path("src"), "mizan-gen check", bins)).toMatchObject({
      exitCode: 0,
    });
  });

  it("pnpm: a store with links, whose real paths are elsewhere", async () => {
    const project = cli.project({
      "package.json": { private: true },
      "pnpm-workspace.yaml": "packages: [apps/*]\n",
      "apps/web/package.json": {
        type: "module",
        dependencies: { vue: "3.5.0", "mizan-gen": "0.1.0" },
      },
      "apps/web/openapi.json": shop(),
      "apps/web/src/main.ts": "",
      "apps/web/mizan.config.ts": typescriptConfig,
      "apps/web/tsconfig.json": { extends: "@tsconfig/node20/tsconfig.json" },
    });
    pnpmLayout(project, "apps/web");
    const web = project.path("apps/web");
    const bins = [project.path("apps/web/node_modules/.bin")];
    expect(await runScript(web, "mizan-gen", bins)).toMatchObject({ exitCode: 0, stderr: "" });
    const tree = project.tree("apps/web/src/mizan");
    expect(tree).toHaveProperty(["vue/index.ts"]);
    // Says so because the tsconfig.json of the linked package does.
    expect(tree["index.ts"]).toContain('from "./client.js"');
    expect(await runScript(web, "mizan-gen check", bins)).toMatchObject({ exitCode: 0 });
    // What the transformer keeps goes to the package's own folder, not into the store.
    expect(Object.keys(project.tree("apps/web/node_modules/.cache"))).toHaveLength(1);
  });

  it("workspaces: one node_modules on top, a config in each package, or one for all", async () => {
    const project = cli.project({
      "package.json": { workspaces: ["apps/*"] },
      "tsconfig.base.json": { compilerOptions: { module: "nodenext" } },
      "apps/web/package.json": { type: "module", dependencies: { react: "19" } },
      "apps/web/tsconfig.json": { extends: "../../tsconfig.base.json" },
      "apps/web/mizan.config.ts": typescriptConfig.replace("openapi.json", "../../openapi.json"),
      "apps/shop/package.json": { type: "module", dependencies: { svelte: "5" } },
      "openapi.json": shop(),
      ".git/HEAD": "",
    });
    cpSync(cli.root, project.path("node_modules/mizan-gen"), { recursive: true });
    link(project, "node_modules/mizan-gen/bin/mizan-gen.js", "node_modules/.bin/mizan-gen");
    const bins = [project.path("node_modules/.bin")];
    const web = project.path("apps/web");
    expect(await runScript(web, "mizan-gen", bins)).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.tree("apps/web/src/mizan")).toHaveProperty(["react/index.ts"]);
    expect(project.read("apps/web/src/mizan/index.ts")).toContain('from "./client.js"');

    project.write("mizan.config.json", [
      { name: "web", input: "openapi.json", output: "apps/web/src/mizan" },
      { name: "shop", input: "openapi.json", output: "apps/shop/mizan" },
    ]);
    const all = await runScript(project.folder, "mizan-gen", bins);
    expect(all).toMatchObject({ exitCode: 0, stderr: "" });
    // Adapters and module style are those of the package that the output is in.
    expect(all.stdout).toMatch(/^web: nothing to do/m);
    expect(project.tree("apps/shop/mizan")).toHaveProperty(["svelte/index.ts"]);
    const inShop = await runScript(project.path("apps/shop"), "mizan-gen check -p shop", bins);
    expect(inShop).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe.concurrent("texts with CRLF", () => {
  const crlf = (text: string): string => text.replaceAll("\n", "\r\n");

  it.each([
    ["openapi.json", `${JSON.stringify(shop(), null, 2)}\n`],
    ["openapi.yaml", stringify(shop())],
  ])("as a document, %s: the same client, and faults in the same places", async (name, text) => {
    const lf = cli.project({ [name]: text });
    const windows = cli.project({ [name]: crlf(text) });
    for (const project of [lf, windows]) {
      expect(await project.run([name])).toMatchObject({ exitCode: 0, stderr: "" });
    }
    expect(windows.tree("mizan")).toEqual(lf.tree("mizan"));
    // A checkout that changes the line ends of the document later is no drift.
    lf.write(name, crlf(text));
    expect((await lf.run([name])).stdout).toContain("nothing to do");
    expect(await lf.run(["check", name])).toMatchObject({ exitCode: 0 });

    const broken = text.replace(/"?x-mizan-functions"?: ?\{?\n/, (found) => `${found}  "x": !\n`);
    lf.write(name, broken);
    windows.write(name, crlf(broken));
    const [one, other] = [await lf.run([name]), await windows.run([name])];
    expect(one.exitCode).toBe(2);
    expect(other.stderr).toBe(one.stderr);
  });

  it.each([
    ["mizan.config.ts", typescriptConfig],
    ["mizan.config.mjs", typescriptConfig],
    ["mizan.config.json", '{\n  "input": "openapi.json",\n  "output": "src/mizan"\n}\n'],
    [
      "package.json",
      '{\n  "mizan": {\n    "input": "openapi.json",\n    "output": "src/mizan"\n  }\n}\n',
    ],
  ])("as a config: %s", async (name, text) => {
    const project = cli.project({ "openapi.json": shop(), [name]: `\ufeff${crlf(text)}` });
    expect(await project.run([])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.tree("src/mizan")).toHaveProperty(["index.ts"]);
  });
});

describe.concurrent("paths that are not plain", () => {
  it.each(["ünïcødé 模式 🚀", "a#b%20c?d", "it's [1] {x} $HOME"])(
    "as the cwd, with every kind of config: %s",
    async (folder) => {
      const project = cli.project({
        [`${folder}/openapi.json`]: shop(),
        [`${folder}/ts/mizan.config.ts`]: typescriptConfig,
        [`${folder}/mjs/mizan.config.mjs`]: typescriptConfig,
        [`${folder}/json/mizan.config.json`]: { input: "openapi.json", output: "src/mizan" },
      });
      const trees: object[] = [];
      for (const kind of ["ts", "mjs", "json"]) {
        const cwd = project.path(folder, kind);
        cpSync(project.path(folder, "openapi.json"), project.path(folder, kind, "openapi.json"));
        mkdirSync(project.path(folder, kind, "node_modules"));
        expect(await project.run([], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
        expect(await project.run(["check"], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
        trees.push(project.tree(`${folder}/${kind}/src/mizan`));
      }
      expect(trees[1]).toEqual(trees[0]);
      expect(trees[2]).toEqual(trees[0]);
      const broken = project.path(folder, "ts");
      project.write(`${folder}/ts/mizan.config.ts`, "export default {\n  input: 1,,\n};\n");
      expect((await project.run([], { cwd: broken })).stderr).toContain("mizan.config.ts:2:12");
    },
  );

  it("as the output, in the config and on the command line", async () => {
    const output = "out put/клиент #1 %41";
    const project = cli.project({
      "openapi.json": shop(),
      "mizan.config.json": { input: "openapi.json", output },
    });
    expect(await project.run([])).toMatchObject({ exitCode: 0, stderr: "" });
    expect((await project.run(["-o", output])).stdout).toContain("nothing to do");
    expect((await project.run(["check"])).stdout).toContain(`${output} is in step`);
  });
});

describe.concurrent("files that may only be read", () => {
  it("are replaced when they are ours, whoever runs it, and stay whole", async () => {
    const project = cli.project({ "openapi.json": shop({ resources: 2 }) });
    await project.run(["openapi.json"]);
    const before = project.tree("mizan");
    for (const path of Object.keys(before)) chmodSync(project.path("mizan", path), 0o444);
    for (const folder of ["", "mizan", "mizan/contexts", "mizan/mutations", "mizan/kernel"]) {
      chmodSync(project.path(folder), 0o777);
    }
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    expect((await project.run(["openapi.json"], user)).stdout).toContain("nothing to do");
    project.write("openapi.json", shop());
    const result = await project.run(["openapi.json"], user);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(result.stdout).toMatch(/wrote .* deleted/);
    expect(await project.run(["check", "openapi.json"], user)).toMatchObject({ exitCode: 0 });
  });

  it("and cannot be read at all, are one clear error", async () => {
    const project = cli.project({ "openapi.json": shop() });
    await project.run(["openapi.json"]);
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    chmodSync(project.folder, 0o755);
    chmodSync(project.path("openapi.json"), 0o000);
    const document = await project.run(["check", "openapi.json"], user);
    expect(document.exitCode).toBe(2);
    expect(document.stderr).toMatch(/^error E001 {2}openapi\.json may not be read/);
    chmodSync(project.path("openapi.json"), 0o644);
    chmodSync(project.path("mizan/index.ts"), 0o000);
    const file = await project.run(["check", "openapi.json"], user);
    expect(file.exitCode).toBe(2);
    expect(file.stderr).toContain("permission denied (EACCES)");
    expect(file.stderr).not.toContain("E900");
    project.write("mizan.config.json", { input: "openapi.json" });
    chmodSync(project.path("mizan.config.json"), 0o000);
    const config = await project.run(["validate"], user);
    expect(config.exitCode).toBe(2);
    expect(config.stderr).toContain("error E052");
    expect(config.stderr).toContain("permission denied");
  });
});

describe.concurrent("names that differ by case only", () => {
  it("as schemas become types that differ, and the client compiles", async () => {
    const document = shop() as { components: { schemas: Record<string, object> } };
    const { schemas } = document.components;
    schemas["thing0"] = { type: "object", properties: { other: { type: "string" } } };
    schemas["THING0"] = { type: "object", properties: { third: { type: "string" } } };
    const members = {
      lower: { $ref: "#/components/schemas/thing0" },
      upper: { $ref: "#/components/schemas/THING0" },
    };
    Object.assign((schemas["Thing0"] as { properties: object }).properties, members);
    const project = cli.project({ "openapi.json": document });
    const result = await project.run(["openapi.json"]);
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('W160  the type of "thing0" is called Thing0_2');
    const types = project.read("mizan/types.ts");
    const named = [...types.matchAll(/^export (?:interface|type) (\w+)/gm)].map(
      (match) => match[1],
    );
    expect(new Set(named).size).toBe(named.length);
    expect(types).toMatch(/other\?: string/);
    expect(types).toMatch(/third\?: string/);
    const files = Object.keys(project.tree("mizan"));
    expect(new Set(files.map((name) => name.toLowerCase())).size).toBe(files.length);
    const tsc = new URL("../../node_modules/typescript/bin/tsc", import.meta.url).pathname;
    project.write("tsconfig.json", {
      compilerOptions: {
        module: "nodenext",
        target: "es2022",
        lib: ["es2023", "dom"],
        types: [],
        strict: true,
        noEmit: true,
      },
      files: ["mizan/index.ts"],
    });
    const { stdout } = await execa(process.execPath, [tsc, "-p", "."], {
      cwd: project.folder,
      reject: false,
    });
    expect(stdout).toBe("");
  });

  it("as contexts or functions, which would be one file on many disks, are refused", async () => {
    const mutation = {
      kind: "mutation",
      auth: { mode: "none" },
      input: { type: "object", properties: {} },
      output: { type: "integer" },
    };
    const query = {
      kind: "query",
      auth: { mode: "none" },
      params: [],
      output: { type: "integer" },
    };
    const functions = {
      get_a: { ...query, context: "user" },
      get_b: { ...query, context: "User" },
      save: mutation,
      Save: mutation,
    };
    const project = cli.project({ "openapi.json": shop({ functions }) });
    const result = await project.run(["openapi.json"]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(
      'error E101  the contexts "user" and "User" differ by case only',
    );
    expect(result.stderr).toContain(
      'error E101  the functions "save" and "Save" both become "save"',
    );
    expect(project.tree("mizan")).toEqual({});
  });

  it("on disk: a file of the user's is not ours, and stays", async () => {
    const project = cli.project({
      "openapi.json": shop(),
      "mizan/Index.ts": "mine",
      "mizan/TYPES.ts": "mine",
    });
    const result = await project.run(["openapi.json"]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.tree("mizan")).toMatchObject({ "Index.ts": "mine", "TYPES.ts": "mine" });
    expect(await project.run(["check", "openapi.json"])).toMatchObject({ exitCode: 0 });
  });
});

describe.concurrent("symbolic links", () => {
  it("to the cwd or to the output lead to the same bytes, and stay links", async () => {
    const project = cli.project({
      "real/app/package.json": { dependencies: { react: "19" } },
      "real/app/openapi.json": shop(),
      "real/app/mizan.config.json": { input: "openapi.json", output: "src/mizan" },
      "elsewhere/.keep": "",
    });
    link(project, "real/app", "linked");
    expect(await project.run([], { cwd: project.path("linked") })).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    const before = project.tree("real/app/src/mizan");
    expect(before).toHaveProperty(["react/index.ts"]);
    for (const run of [
      project.run([], { cwd: project.path("real/app") }),
      project.run(["--cwd", "linked"]),
      // What a shell calls the directory that it came into by a link.
      project.run([], { cwd: project.path("real/app"), env: { PWD: project.path("linked") } }),
    ]) {
      expect((await run).stdout).toContain("nothing to do");
    }
    expect(project.tree("real/app/src/mizan")).toEqual(before);

    link(project, "elsewhere", "real/app/out");
    expect(await project.run(["-o", "out"], { cwd: project.path("linked") })).toMatchObject({
      exitCode: 0,
    });
    expect(project.tree("elsewhere")).toHaveProperty(["index.ts"]);
    expect(
      await project.run(["check", "-o", "out"], { cwd: project.path("linked") }),
    ).toMatchObject({ exitCode: 0 });
  });

  it("to the document and to the config are followed, and paths are relative to where they stand", async () => {
    const project = cli.project({
      "shared/spec.json": shop(),
      "shared/mizan.json": { input: "openapi.json", output: "gen" },
    });
    mkdirSync(project.path("app"));
    link(project, "shared/spec.json", "app/openapi.json");
    link(project, "shared/mizan.json", "app/mizan.config.json");
    expect(await project.run([], { cwd: project.path("app") })).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    expect(project.tree("app/gen")).toHaveProperty(["index.ts"]);
    writeFileSync(project.path("shared/spec.json"), JSON.stringify(shop({ resources: 2 })));
    expect(await project.run(["check"], { cwd: project.path("app") })).toMatchObject({
      exitCode: 1,
    });
  });
});
