import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trees, writeTree } from "./crash-trees.js";
import { shop } from "./documents.js";
import { InstalledCli, type Project } from "./installed.js";

let cli: InstalledCli;
let folder: string;

beforeAll(async () => {
  cli = new InstalledCli();
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-crash-")));
  await build({
    entryPoints: [resolve(import.meta.dirname, "crash-writer.ts")],
    outfile: join(folder, "writer.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
});

afterAll(() => {
  cli.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Files of ours that must not stay: locks, journals, temporary files. */
function debris(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.mizan-gen\.(?!json$)/.test(name),
  );
}

describe("kill -9", () => {
  it("at 100 random moments of writing leaves whole files, and the next run repairs", async () => {
    const project = cli.project();
    const directory = project.path("out");
    const whole = new Map<string, Set<string>>();
    for (const { path, text } of trees.flat()) {
      whole.set(path, (whole.get(path) ?? new Set()).add(text));
    }
    let torn = 0;
    let midway = 0;
    for (let round = 0; round < 100; round++) {
      // Writes the one tree, then the other, for ever.
      const child = spawn(process.execPath, [join(folder, "writer.mjs"), directory, "for-ever"]);
      await new Promise<void>((ready) => child.stdout.once("data", () => ready()));
      await new Promise((later) => setTimeout(later, Math.random() * 40));
      child.kill("SIGKILL");
      await new Promise((ended) => child.on("close", ended));
      const left = project.tree("out");
      for (const [path, text] of Object.entries(left)) {
        if (whole.get(path)?.has(text) === false) torn++;
      }
      if (debris(directory).length > 0) midway++;
      const wanted = trees[round % 2] ?? [];
      expect(await writeTree(directory, round % 2)).toEqual([]);
      const { ".mizan-gen.json": _manifest, ...files } = project.tree("out");
      expect(files).toEqual(Object.fromEntries(wanted.map(({ path, text }) => [path, text])));
      expect(debris(directory)).toEqual([]);
    }
    expect(torn).toBe(0);
    // Most kills must have hit a run in the middle, or the test proves nothing.
    expect(midway).toBeGreaterThan(30);
  }, 240_000);

  it("of the command line while it writes is repaired by the next run, without a warning", async () => {
    const project = cli.project({
      "a.json": shop({ resources: 40 }),
      "b.json": shop({ resources: 30, members: { color: { type: "string" } } }),
    });
    await project.run(["a.json"]);
    for (let round = 0; round < 2; round++) {
      const [next, other] = round % 2 === 0 ? ["b.json", "a.json"] : ["a.json", "b.json"];
      await killWhileWriting(project, next);
      const result = await project.run([other]);
      expect(result).toMatchObject({ exitCode: 0, stderr: "" });
      expect(debris(project.path("mizan"))).toEqual([]);
      expect(await project.run(["check", other])).toMatchObject({ exitCode: 0, stderr: "" });
    }
  });
});

/** Kills a run as soon as something appears in the output directory. */
async function killWhileWriting(project: Project, document: string): Promise<void> {
  const session = project.start([document]);
  const watcher = watch(project.path("mizan"), () => session.child.kill("SIGKILL"));
  await session.ended;
  watcher.close();
}

describe("a signal", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s that comes while files are written ends the process when all are",
    async (signal) => {
      const project = cli.project();
      const child = spawn(process.execPath, [
        join(folder, "writer.mjs"),
        project.path("out"),
        signal,
      ]);
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
      const ended = await new Promise((done) => child.on("close", (...args) => done(args)));
      expect({ ended, said }).toEqual({ ended: [null, signal], said: "held\n" });
      expect(debris(project.path("out"))).toEqual([]);
      expect(Object.keys(project.tree("out"))).toHaveLength((trees[0]?.length ?? 0) + 1);
    },
  );
});

describe("two runs at once", () => {
  it("on the same directory leave what one of them wrote, whole", async () => {
    const project = cli.project({
      "a.json": shop({ resources: 12 }),
      "b.json": shop({ resources: 8, members: { color: { type: "string" } } }),
    });
    for (let round = 0; round < 2; round++) {
      const results = await Promise.all(["a.json", "b.json"].map((name) => project.run([name])));
      for (const result of results) expect(result).toMatchObject({ exitCode: 0, stderr: "" });
      expect(debris(project.path("mizan"))).toEqual([]);
      const checks = await Promise.all(
        ["a.json", "b.json"].map((name) => project.run(["check", name])),
      );
      expect(checks.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
    }
  });

  it("do not wait for a run that died", async () => {
    const project = cli.project({ "schema.json": shop() });
    project.write("mizan/.mizan-gen.lock", `4194305 ${(await import("node:os")).hostname()}\n`);
    expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(existsSync(project.path("mizan/.mizan-gen.lock"))).toBe(false);
  });
});
