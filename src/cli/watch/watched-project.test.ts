import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resolveProject } from "../../config/resolve-project.js";
import type { Document } from "../../document/document.js";
import { stages, type Stages } from "../stages.js";
import { WatchedProject } from "./watched-project.js";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-watched-")));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function watched(
  own: Partial<Stages>,
  isCancelled?: () => boolean,
  input = "schema.json",
): WatchedProject {
  const project = resolveProject(
    { input, output: "out" },
    { base: folder, flags: {}, cwd: folder },
  );
  if (project === null) throw new Error("no input");
  return new WatchedProject(project, {
    ...{ cwd: folder, force: false, isCancelled, stages: { ...stages, ...own } },
  });
}

/** A stage of the pipeline as it is. */
function call(stage: keyof Stages, args: readonly unknown[]): Promise<unknown> {
  return (stages[stage] as (...all: readonly unknown[]) => Promise<unknown>)(...args);
}

const save = (text: string): void => writeFileSync(join(folder, "schema.json"), text);
/** A document with these functions. */
const declaring = (...names: readonly string[]): string => {
  const output = { type: "string" };
  const declared = { kind: "mutation", auth: { mode: "none" }, output, affects: [] };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "", version: "" },
    paths: {},
    "x-mizan-functions": Object.fromEntries(names.map((name) => [name, declared])),
  });
};
const one = declaring("one");

it("runs once for a save that was seen half written and read whole", async () => {
  save("{");
  const project = watched({
    async readSource(...args) {
      // The editor gets on between the look and the read.
      save(one);
      return stages.readSource(...args);
    },
  });
  expect((await project.turn()).kind).toBe("run");
  expect((await project.turn()).kind).toBe("nothing");
});

it("runs again for a save that came after the read, and writes only then", async () => {
  save(one);
  const project = watched({
    async readSource(...args) {
      const source = await stages.readSource(...args);
      save("{}");
      return source;
    },
  });
  expect((await project.turn()).kind).toBe("overtaken");
  expect(existsSync(join(folder, "out"))).toBe(false);
  // It is the first that comes to its end.
  expect(await project.turn()).toMatchObject({ kind: "run", changed: [] });
});

it.each(["parseDocument", "buildApi", "emitClient", "proveFiles"] as const)(
  "abandons a run that is overtaken during %s, and the next one names the change",
  async (stage) => {
    save(one);
    let saves = 0;
    const project = watched({
      [stage]: (...args: readonly unknown[]) => {
        if (saves++ === 1) save(declaring("one", "two", "three"));
        return call(stage, args);
      },
    });
    await project.turn();
    const before = readFileSync(join(folder, "out/.mizan-gen.json"), "utf8");
    // A new function, so that every stage has something to do.
    save(declaring("one", "two"));
    expect(await project.turn()).toEqual({ kind: "overtaken" });
    expect(readFileSync(join(folder, "out/.mizan-gen.json"), "utf8")).toBe(before);
    expect(await project.turn()).toMatchObject({
      kind: "run",
      changed: [join(folder, "schema.json")],
      result: { status: "done" },
    });
    expect(await project.turn()).toEqual({ kind: "nothing" });
  },
);

it("abandons a run that nobody waits for any more", async () => {
  save(one);
  let isCancelled = false;
  const project = watched(
    {
      async buildApi(...args) {
        const api = await stages.buildApi(...args);
        isCancelled = true;
        return api;
      },
    },
    () => isCancelled,
  );
  expect((await project.turn()).kind).toBe("overtaken");
  expect(existsSync(join(folder, "out"))).toBe(false);
});

it("waits for a text that is cut off, and shows no error of it", async () => {
  save(one);
  const project = watched({});
  await project.turn();
  save(declaring("one", "two").slice(0, 100));
  setTimeout(() => save(declaring("one", "two")), 20);
  expect(await project.turn()).toMatchObject({ kind: "run", result: { status: "done" } });
});

it("waits for YAML to come to rest, as half of it may be a document too", async () => {
  const yaml = (...names: readonly string[]): string =>
    [
      "openapi: 3.1.0",
      "info: { title: '', version: '' }",
      "paths: {}",
      "x-mizan-functions:",
      ...names.map(
        (name) =>
          `  ${name}: { kind: mutation, auth: { mode: none }, output: { type: string }, affects: [] }`,
      ),
      "",
    ].join("\n");
  const path = join(folder, "schema.yaml");
  writeFileSync(path, yaml("one", "two"));
  const project = watched({}, undefined, "schema.yaml");
  await project.turn();
  writeFileSync(path, yaml("one"));
  setTimeout(() => writeFileSync(path, yaml("one", "two", "three")), 20);
  const turn = await project.turn();
  if (turn.kind !== "run") throw new Error(turn.kind);
  expect(turn.result.changes.filter(({ kind }) => kind === "delete")).toEqual([]);
  expect(turn.result.changes).toContainEqual(expect.objectContaining({ kind: "create" }));
});

it("says nothing of a save of the same text, however it is met", async () => {
  save(one);
  const project = watched({});
  await project.turn();
  // Seen when it is empty, for a moment, and whole when it is read again.
  save("");
  setTimeout(() => save(one), 20);
  expect(await project.turn()).toEqual({ kind: "nothing" });
  expect(await project.turn()).toEqual({ kind: "nothing" });
});

it("says nothing of a save of the same text that was seen empty and read whole", async () => {
  save(one);
  let isRead = false;
  const project = watched({
    readSource(...args) {
      if (isRead) save(one);
      isRead = true;
      return stages.readSource(...args);
    },
  });
  await project.turn();
  save("");
  expect(await project.turn()).toEqual({ kind: "nothing" });
});

it("makes a document of the objects of the one before, wherever both say the same", async () => {
  const documents: (Document | null)[] = [];
  const project = watched({
    async parseDocument(...args) {
      const document = await stages.parseDocument(...args);
      documents.push(document);
      return document;
    },
  });
  for (const text of [declaring("one"), declaring("one", "two")]) {
    save(text);
    await project.turn();
  }
  const [first, second] = documents.map((document) => document?.valueAt("#/x-mizan-functions/one"));
  expect(documents).toHaveLength(2);
  expect(first).toBeDefined();
  expect(second).toBe(first);
});

/** A project whose builds are counted. */
function counting(): { project: WatchedProject; builds: () => number } {
  let builds = 0;
  const project = watched({
    async buildApi(...args) {
      builds++;
      return stages.buildApi(...args);
    },
  });
  return { project, builds: () => builds };
}

it("rehearses a few runs when nobody waits, and writes nothing in them", async () => {
  save(one);
  await watched({}).turn();
  const { project, builds } = counting();
  expect(await project.turn()).toMatchObject({ result: { status: "current" } });
  expect(builds()).toBe(0);
  const file = join(folder, "out/mutations/one.ts");
  rmSync(file);
  await project.rehearse(() => false);
  expect(builds()).toBeGreaterThan(0);
  expect(existsSync(file)).toBe(false);
  // Enough is enough.
  const rehearsed = builds();
  for (let count = 0; count < 10; count++) await project.rehearse(() => false);
  expect(builds()).toBeLessThanOrEqual(8);
  expect(builds()).toBeGreaterThanOrEqual(rehearsed);
  // The next run says what is new, and does what is to be done.
  save(declaring("one", "two"));
  expect(await project.turn()).toMatchObject({
    kind: "run",
    contract: [{ kind: "function-added" }],
  });
  expect(existsSync(file)).toBe(true);
});

it("stops to rehearse when there is something to do, and has nothing to rehearse after an error", async () => {
  save(one);
  const { project, builds } = counting();
  await project.turn();
  await project.rehearse(() => builds() >= 3);
  expect(builds()).toBe(3);
  save("{}");
  await project.turn();
  await project.rehearse(() => false);
  expect(builds()).toBe(3);
});

it("does not rehearse what would be fetched each time", async () => {
  save(one);
  let builds = 0;
  const project = watched({
    async parseDocument(...args) {
      const document = await stages.parseDocument(...args);
      const files = ["https://shop.example/other.json"];
      return document && Object.defineProperty(document, "files", { value: files });
    },
    async buildApi(...args) {
      builds++;
      return stages.buildApi(...args);
    },
  });
  expect((await project.turn()).kind).toBe("run");
  await project.rehearse(() => false);
  expect(builds).toBe(1);
});
