import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli } from "./installed.js";

const repository = resolve(import.meta.dirname, "../..");
let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

describe("the package", () => {
  it("is one tarball of at most 3 MB without dependencies", async () => {
    const { stdout } = await execa("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: repository,
    });
    const [tarball] = JSON.parse(stdout) as [{ size: number; files: { path: string }[] }];
    expect(tarball.size).toBeLessThan(3_000_000);
    const paths = tarball.files.map((file) => file.path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "bin/mizan-gen.js",
        "dist/cli.js",
        "dist/index.js",
        "dist/kernel/index.ts",
        "dist/types/index.d.ts",
        "dist/types/vite/index.d.ts",
        "dist/vite.js",
        "dist/THIRD-PARTY-NOTICES.txt",
        "LICENSE",
        "README.md",
      ]),
    );
    expect(paths.filter((path) => /\.test\.|\.map$|^src\/|^test\//.test(path))).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as object;
    for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) {
      expect(manifest).not.toHaveProperty(kind);
    }
  });

  it("names the licence of everything that is bundled", () => {
    const notices = readFileSync(join(cli.root, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
    for (const name of ["commander", "yaml", "jiti", "@ts-morph/common"]) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    }
  });

  it("answers --version without loading anything of itself", async () => {
    const bare = new InstalledCli();
    rmSync(join(bare.root, "dist"), { recursive: true });
    const project = bare.project();
    expect(await project.run(["--version"])).toMatchObject({ exitCode: 0, stdout: "0.1.0\n" });
    bare.remove();
  });

  it("loads neither compiler nor IR nor printer when there is nothing to do", async () => {
    const bare = new InstalledCli();
    const project = bare.project({ "schema.json": shop() });
    expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0 });
    const dist = join(bare.root, "dist");
    const heavy = readdirSync(dist).filter((name) =>
      /^(build-api|emit-client|read-document|prove-files)-/.test(name),
    );
    expect(heavy).toHaveLength(4);
    for (const name of [...heavy, "vendor"]) rmSync(join(dist, name), { recursive: true });
    const second = await project.run(["schema.json"]);
    expect(second).toMatchObject({ exitCode: 0, stderr: "" });
    expect(second.stdout).toContain("nothing to do");
    // Without them nothing else can be done, or the test proves nothing.
    project.write("schema.json", shop({ resources: 2 }));
    expect((await project.run(["schema.json"])).stderr).toContain("E900");
    bare.remove();
  });

  it("has a bin that is executable", () => {
    expect(statSync(cli.bin).mode & 0o111).toBe(0o111);
  });
});

describe("the programmatic API", () => {
  it("generates, checks and plans, and does nothing on import", async () => {
    const project = cli.project({ "schema.json": shop() });
    const entry = JSON.stringify(join(cli.root, "dist/index.js"));
    const script = `
      import { check, defineConfig, generate } from ${entry};
      const config = defineConfig({ input: "schema.json", output: "out" });
      const results = [
        await check(config),
        await generate({ ...config, dryRun: true }),
        await generate(config),
        await generate(config),
        await check(config),
        await generate({ ...config, input: "missing.json" }),
        await generate({ ...config, configFile: "none.json" }),
      ];
      console.log(JSON.stringify(results));`;
    project.write("script.mjs", script);
    const { stdout, stderr } = await execa(process.execPath, ["script.mjs"], {
      cwd: project.folder,
    });
    expect(stderr).toBe("");
    const results = JSON.parse(stdout) as unknown[];
    expect(results).toMatchObject([
      { ok: false, findings: [], projects: [{ output: "out", failed: false }] },
      {
        ok: true,
        projects: [
          { changes: expect.arrayContaining([{ path: "index.ts", kind: "create" }]) as unknown },
        ],
      },
      { ok: true, projects: [{ source: "schema.json" }] },
      { ok: true, projects: [{ changes: [] }] },
      { ok: true, projects: [{ changes: [] }] },
      { ok: false, findings: [{ code: "E001", severity: "error" }] },
      { ok: false, findings: [{ code: "E052" }], projects: [] },
    ]);
    expect(project.tree("out")).toHaveProperty(["index.ts"]);
  });

  it("has types that need nothing else", async () => {
    const project = cli.project({
      "package.json": { type: "module" },
      "node_modules/mizan-gen/package.json": readFileSync(join(cli.root, "package.json"), "utf8"),
      "use.ts": `
        import { check, defineConfig, generate, watch, type ApiResult, type Config } from "mizan-gen";
        import mizan from "mizan-gen/vite";
        export const { name } = mizan({ input: "a.json", build: "generate", poll: true });
        export const watching = watch({ input: "a.json" }, (event) => {
          if (event.kind === "run") event.project.changes.map(({ path }) => path);
          // @ts-expect-error a start has no findings
          if (event.kind === "watching") event.findings;
        });
        export const config: Config = defineConfig([{ name: "a", input: "a.json", enums: "const" }]);
        // @ts-expect-error an option that does not exist
        defineConfig({ inptu: "a.json" });
        export async function run(): Promise<boolean> {
          const result: ApiResult = await generate({ input: "a.json", dryRun: true });
          const [finding] = result.findings;
          return (await check()).ok && finding?.range?.start.line === 1;
        }`,
      "tsconfig.json": {
        compilerOptions: {
          module: "nodenext",
          target: "es2022",
          lib: ["es2023"],
          types: [],
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          noEmit: true,
        },
        files: ["use.ts"],
      },
    });
    for (const [name, text] of Object.entries(typesOf(cli.root))) {
      project.write(`node_modules/mizan-gen/dist/types/${name}`, text);
    }
    for (const typescript of ["typescript", "typescript-5"]) {
      const tsc = join(repository, "node_modules", typescript, "bin/tsc");
      const { stdout } = await execa(process.execPath, [tsc, "-p", "."], {
        cwd: project.folder,
        reject: false,
      });
      expect(stdout).toBe("");
    }
  });
});

function typesOf(root: string): Record<string, string> {
  const folder = join(root, "dist/types");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    names
      .filter((name) => name.endsWith(".d.ts"))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}
