import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveProject, type Project } from "../config/resolve-project.js";
import type { GeneratedFile } from "../emit/generated-file.js";
import { look, runProject, write, type ProjectResult, type RunOptions } from "./run-project.js";
import { stages as realStages, type Stages } from "./stages.js";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-run-")));
  writeFileSync(join(folder, "schema.json"), '{"openapi": "3.1.0", "info": {}, "paths": {}}');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Stages that count their calls and give the files that a test wants. */
function fakeStages(files: readonly GeneratedFile[]): { stages: Stages; calls: string[] } {
  const calls: string[] = [];
  const api = {
    title: "",
    version: "",
    contract: { version: "1.0", base: "/", sessionPath: null, features: [], limits: {} },
    types: [],
    contexts: [],
    mutations: [],
    views: [],
  };
  const stages: Stages = {
    ...realStages,
    buildApi: (_document, _options, diagnostics) => {
      calls.push("build");
      diagnostics.report("W221", undefined, "a warning");
      return Promise.resolve(api);
    },
    emitClient: () => {
      calls.push("emit");
      return Promise.resolve(files);
    },
    proveFiles: (proven) => {
      calls.push(`prove ${proven.map(({ path }) => path).join(" ")}`);
      return Promise.resolve();
    },
  };
  return { stages, calls };
}

function project(): Project {
  const found = resolveProject(
    { input: "schema.json", output: "out" },
    { base: folder, flags: {}, cwd: folder },
  );
  if (found === null) throw new Error("no input");
  return found;
}

function run(stages: Stages, options: Partial<RunOptions> = {}): Promise<ProjectResult> {
  return runProject(project(), {
    cwd: folder,
    force: false,
    apply: write,
    trustManifest: "always",
    stages,
    ...options,
  });
}

const one = { path: "one.ts", text: "1\n" };
const two = { path: "two.ts", text: "2\n" };

describe("a run", () => {
  it("proves only what the last run did not write, and calls nothing when nothing changed", async () => {
    const first = fakeStages([one]);
    expect(await run(first.stages)).toMatchObject({ status: "done", total: 1 });
    expect(first.calls).toEqual(["build", "emit", "prove one.ts"]);

    const same = fakeStages([one]);
    expect(await run(same.stages)).toMatchObject({ status: "current", earlierWarnings: 1 });
    expect(same.calls).toEqual([]);

    writeFileSync(join(folder, "schema.json"), '{"openapi": "3.1.0", "info": {}, "paths": { }}');
    const changed = fakeStages([one, two]);
    expect(await run(changed.stages)).toMatchObject({ status: "done", total: 2 });
    expect(changed.calls).toEqual(["build", "emit", "prove two.ts"]);
  });

  it.each([
    ["forced", { force: true }],
    ["nobody trusts the manifest", { trustManifest: "never" as const }],
    ["its warnings are wanted", { trustManifest: "without-warnings" as const }],
  ])("does all the work again when %s", async (_name, options) => {
    await run(fakeStages([one]).stages);
    const again = fakeStages([one]);
    const result = await run(again.stages, options);
    expect(again.calls).toEqual(["build", "emit"]);
    expect(result.diagnostics).toMatchObject([{ code: "W221" }]);
  });

  it("does the work again when a file was edited, is missing, or a killed run left something", async () => {
    for (const spoil of [
      () => writeFileSync(join(folder, "out/one.ts"), "mine\n"),
      () => rmSync(join(folder, "out/one.ts")),
      () => writeFileSync(join(folder, "out/.mizan-gen.lock.5.tmp"), ""),
    ]) {
      await run(fakeStages([one]).stages);
      spoil();
      const again = fakeStages([one]);
      await run(again.stages);
      expect(again.calls).toContain("emit");
      expect(readdirSync(join(folder, "out")).sort()).toEqual([".mizan-gen.json", "one.ts"]);
    }
  });

  it("writes nothing when it only looks, and makes the same plan", async () => {
    const looked = await run(fakeStages([one]).stages, { apply: look });
    expect(readdirSync(folder)).toEqual(["schema.json"]);
    const written = await run(fakeStages([one]).stages);
    expect(looked.changes).toEqual(written.changes);
  });

  it("is a fault of ours, told in one line, when a stage throws", async () => {
    const { stages } = fakeStages([one]);
    const result = await run({ ...stages, emitClient: () => Promise.reject(new Error("a\nb")) });
    expect(result).toMatchObject({
      status: "failed",
      diagnostics: [{ code: "W221" }, { code: "E900", message: "mizan-gen made a mistake: a" }],
    });
    expect(result.stack).toContain("Error: a");
  });

  it("is a fault of ours when files would leave the output directory", async () => {
    mkdirSync(join(folder, "out"));
    const result = await run(fakeStages([{ path: "../up.ts", text: "" }]).stages);
    expect(result.diagnostics).toMatchObject([{ code: "W221" }, { code: "E900" }]);
    expect(readdirSync(folder).sort()).toEqual(["out", "schema.json"]);
  });
});
