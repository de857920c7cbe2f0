import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

describe("the package", () => {
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
        await generate({ ...config, inptu: "schema.json", enums: 1 }),
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
      {
        ok: false,
        findings: [
          { code: "E053", message: expect.stringMatching(/must be one of "union"/) as unknown },
          {
            code: "E053",
            message: 'in the options: unknown option "inptu" (did you mean "input"?)',
            help: "rename it to input",
          },
        ],
        projects: [],
      },
    ]);
    expect(project.tree("out")).toHaveProperty(["index.ts"]);
  });

  it("ends a watch when its signal is aborted, also one that was aborted before", async () => {
    const project = cli.project({ "schema.json": shop() });
    const entry = JSON.stringify(join(cli.root, "dist/index.js"));
    project.write(
      "script.mjs",
      `import { watch } from ${entry};
      const controller = new AbortController();
      const { signal } = controller;
      const kinds = [];
      const options = { input: "schema.json", output: "out" };
      const watching = watch({ ...options, signal }, ({ kind }) => {
        kinds.push(kind);
        if (kind === "watching") controller.abort();
      });
      await watching.ready;
      await watch({ ...options, signal }, ({ kind }) => kinds.push("late " + kind)).ready;
      console.log(kinds.join());`,
    );
    // The process ends by itself only when nothing is watched any more.
    const { stdout, stderr } = await execa(process.execPath, ["script.mjs"], {
      cwd: project.folder,
      timeout: 30_000,
    });
    expect({ stdout, stderr }).toEqual({ stdout: "run,watching", stderr: "" });
  });
});
