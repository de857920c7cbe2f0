import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { large, wrongShapes, writeLarge } from "../../fixtures/hostile/generate.mjs";
import { InstalledCli, type Project } from "../cli/installed.js";
import { bounds, runBounded } from "./bounded-run.js";

const fixtures = resolve(import.meta.dirname, "../../fixtures");

// Seconds each; more only where other work fills the machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

/** A whole client, or none of its files. */
function outcomeOf(project: Project, output: string): "client" | "error" {
  if (!existsSync(project.path(output))) return "error";
  const manifest = JSON.parse(project.read(`${output}/.mizan-gen.json`)) as { files: object };
  const files = Object.keys(project.tree(output)).filter((name) => name !== ".mizan-gen.json");
  expect(files.sort()).toEqual(Object.keys(manifest.files).sort());
  expect(files).toContain("index.ts");
  return "client";
}

describe("documents too large to commit, by the built program", () => {
  for (const [name, { outcome, codes, extension = "json" }] of Object.entries(large)) {
    it(`${name}: ${outcome}, with bounded memory and work, nothing half-written`, async () => {
      const project = cli.project();
      const file = `openapi.${extension}`;
      writeLarge(name, project.path(file));
      const { exitCode, stderr } = await runBounded(project, [file, "-o", "client"]);
      const came = outcomeOf(project, "client");
      expect(outcome === "either" ? came : outcome).toBe(came);
      expect(exitCode).toBe(came === "client" ? 0 : 2);
      if (came === "error") {
        const said = [...stderr.matchAll(/^error (E\d+) {2}/gm)].map(([, code]) => code);
        expect(said.length).toBeGreaterThan(0);
        if (codes !== undefined) expect(codes).toContain(said[0]);
      }
    });
  }
});

/** One run over many documents, each a project of its own, which is what keeps this affordable. */
async function generateAll(
  documents: Readonly<Record<string, string>>,
  ...flags: string[]
): Promise<{ project: Project; exitCode: number | undefined; stderr: string }> {
  const names = Object.keys(documents);
  const project = cli.project(
    Object.fromEntries(names.map((name) => [`${name}/openapi.json`, documents[name] ?? ""])),
  );
  const config = names.map((name) => ({
    name,
    input: `${name}/openapi.json`,
    output: `${name}/client`,
  }));
  project.write("mizan.config.json", JSON.stringify(config));
  const { exitCode, stderr } = await runBounded(project, flags, {
    ...bounds,
    characters: names.length * 20_000,
  });
  return { project, exitCode, stderr };
}

describe("documents that mean harm, by the built program", () => {
  it("give a whole client, or a clean error and no file; one does not stop the others", async () => {
    const root = join(fixtures, "hostile");
    const names = readdirSync(root).filter((name) => existsSync(join(root, name, "openapi.json")));
    const textOf = (name: string, file: string): string =>
      readFileSync(join(root, name, file), "utf8");
    const { project, exitCode } = await generateAll(
      Object.fromEntries(names.map((name) => [name, textOf(name, "openapi.json")])),
    );
    expect(exitCode).toBe(2);
    const expected = names.map((name) => {
      const { outcome } = JSON.parse(textOf(name, "expect.json")) as { outcome: string };
      return [name, outcome === "either" ? outcomeOf(project, `${name}/client`) : outcome];
    });
    const came = names.map((name) => [name, outcomeOf(project, `${name}/client`)]);
    expect(Object.fromEntries(came)).toEqual(Object.fromEntries(expected));
    expect(names.length).toBeGreaterThan(20);
  });
});

/** Copies of a fixture, each with one place spoiled; every so many of all that there are. */
function spoiled(name: string, every: number): Record<string, string> {
  const document = JSON.parse(readFileSync(join(fixtures, name), "utf8")) as object;
  const documents: Record<string, string> = {};
  let count = 0;
  for (const [, copy] of wrongShapes(document)) {
    if (count++ % every === 0) documents[`d${count}`] = JSON.stringify(copy);
  }
  return documents;
}

describe("wrong shapes everywhere, by the built program", () => {
  it.each([
    ["protocol/bookshop.json", 61],
    ["producers/fastapi/openapi.json", 107],
  ])("%s: each of the many gives a plan or a clean error", async (name, every) => {
    const documents = spoiled(name, every);
    const { project, exitCode, stderr } = await generateAll(documents, "--dry-run");
    expect(Object.keys(documents).length).toBeGreaterThan(40);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error E\d/m);
    expect(Object.keys(project.tree()).filter((file) => file.includes("/client/"))).toEqual([]);
  });

  it("a whole client, or no file of one", async () => {
    const documents = spoiled("protocol/bookshop.json", 557);
    const { project } = await generateAll(documents);
    const came = Object.keys(documents).map((each) => outcomeOf(project, `${each}/client`));
    // Both were seen, or the test says nothing.
    expect(new Set(came)).toEqual(new Set(["client", "error"]));
  });
});
