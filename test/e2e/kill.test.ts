import { readdirSync, watch } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "../cli/documents.js";
import { InstalledCli, type Project, type Session } from "../cli/installed.js";

/** Two documents of which hardly a file is the same, so that each run writes them all. */
const documents = [0, 1].map((version) => {
  const document = shop({ resources: 12 + version * 3 }) as {
    "x-mizan-functions": Record<string, object>;
  };
  const functions = Object.entries(document["x-mizan-functions"]).map(([name, entry]) => [
    name,
    { ...entry, summary: `Version ${version} of ${name}.` },
  ]);
  return { ...document, "x-mizan-functions": Object.fromEntries(functions) as object };
});

const rounds = 50;

let cli: InstalledCli;
/** What each document gives. */
let trees: readonly Record<string, string>[];

beforeAll(async () => {
  cli = new InstalledCli();
  const made: Record<string, string>[] = [];
  for (const document of documents) {
    const project = cli.project({ "schema.json": document });
    expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0 });
    made.push(project.tree("mizan"));
  }
  trees = made;
});

afterAll(() => cli.remove());

const ours = /\.mizan-gen\.(?!json$)/;

/**
 * Kills a process while it writes: a lock is the first thing that a run makes in the output directory and the last that it removes, so
 * the directory is watched for it, and after it a random part of the time that writing takes goes by. Returns whether the kill came before the end.
 */
async function killWhileWriting(
  project: Project,
  session: Session,
  begin: () => void,
): Promise<boolean> {
  const isLocked = new Promise<void>((locked) => {
    const watcher = watch(project.path("mizan"), (_event, name) => {
      if (name !== ".mizan-gen.lock") return;
      watcher.close();
      locked();
    });
    void session.ended.then(() => {
      watcher.close();
      locked();
    });
  });
  begin();
  await isLocked;
  const until = performance.now() + Math.random() * 12;
  // A timer is too coarse for this.
  while (performance.now() < until);
  session.child.kill("SIGKILL");
  await session.ended;
  return readdirSync(project.path("mizan"), { recursive: true, encoding: "utf8" }).some((name) =>
    ours.test(name),
  );
}

/** Files that are neither what one document gives nor what the other does. */
function torn(project: Project): string[] {
  return Object.entries(project.tree("mizan")).flatMap(([path, text]) =>
    ours.test(path) || trees.some((tree) => tree[path] === text) ? [] : path,
  );
}

describe("kill -9 of the command line at random moments of writing", () => {
  it(`generate, ${rounds} times: whole files, and the next run makes the rest`, async () => {
    const project = cli.project({ "schema.json": documents[0] ?? {} });
    await project.run(["schema.json"]);
    let midway = 0;
    for (let round = 1; round <= rounds; round++) {
      const version = round % 2;
      project.write("schema.json", documents[version] ?? {});
      const session = project.start(["schema.json"]);
      if (await killWhileWriting(project, session, () => undefined)) midway++;
      expect(torn(project)).toEqual([]);
      expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0, stderr: "" });
      expect(project.tree("mizan")).toEqual(trees[version]);
      if (round % 10 === 0) {
        expect(await project.run(["check", "schema.json"])).toMatchObject({ exitCode: 0 });
      }
    }
    // Else nothing is proven.
    expect(midway).toBeGreaterThan(rounds / 4);
  }, 240_000);

  it(`watch, ${rounds} times: whole files, and the next watch makes the rest at its start`, async () => {
    const project = cli.project({ "schema.json": documents[0] ?? {} });
    await project.run(["schema.json"]);
    let midway = 0;
    for (let round = 1; round <= rounds; round++) {
      const session = project.start(["watch", "schema.json"]);
      await session.waitFor(/watching/);
      expect(project.tree("mizan")).toEqual(trees[(round - 1) % 2]);
      expect(session.output).not.toMatch(/warning|error/);
      const save = (): void => project.write("schema.json", documents[round % 2] ?? {});
      if (await killWhileWriting(project, session, save)) midway++;
      expect(torn(project)).toEqual([]);
    }
    expect(midway).toBeGreaterThan(rounds / 4);
    expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await project.run(["check", "schema.json"])).toMatchObject({ exitCode: 0 });
  }, 240_000);
});

describe("two processes on one output", () => {
  it("two runs of generate and a watch at once: no error, and what is there in the end is one whole client", async () => {
    const project = cli.project({ "schema.json": documents[0] ?? {} });
    const session = project.start(["watch", "schema.json"]);
    await session.waitFor(/watching/);
    for (let round = 1; round <= 5; round++) {
      const version = round % 2;
      project.write("schema.json", documents[version] ?? {});
      const runs = await Promise.all([0, 1].map(() => project.run(["schema.json"])));
      for (const result of runs) expect(result).toMatchObject({ exitCode: 0, stderr: "" });
      await expect.poll(() => project.tree("mizan"), { timeout: 20_000 }).toEqual(trees[version]);
      await session.waitFor(/schema\.json changed: .*\n/);
    }
    // Long enough for a watch that would answer to what others have written.
    const before = session.output;
    await sleep(500);
    expect(session.output).toBe(before);
    expect(session.output).not.toMatch(/warning|error/);
    expect(await session.end("SIGINT")).toEqual({ code: 0, signal: null });
    expect(await project.run(["check", "schema.json"])).toMatchObject({ exitCode: 0, stderr: "" });
  });
});
