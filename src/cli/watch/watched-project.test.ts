import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resolveProject } from "../../config/resolve-project.js";
import { stages, type Stages } from "../stages.js";
import { WatchedProject } from "./watched-project.js";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-watched-")));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function watched(own: Partial<Stages>): WatchedProject {
  const project = resolveProject(
    { input: "schema.json", output: "out" },
    { base: folder, flags: {}, cwd: folder },
  );
  if (project === null) throw new Error("no input");
  return new WatchedProject(project, { cwd: folder, force: false, stages: { ...stages, ...own } });
}

const save = (text: string): void => writeFileSync(join(folder, "schema.json"), text);
const empty = '{"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {}}';

it("runs once for a save that was seen half written and read whole", async () => {
  save("{");
  const project = watched({
    async readSource(...args) {
      // The editor gets on between the look and the read.
      save(empty);
      return stages.readSource(...args);
    },
  });
  expect((await project.turn()).kind).toBe("run");
  expect((await project.turn()).kind).toBe("nothing");
});

it("runs again for a save that came after the read", async () => {
  save(empty);
  const project = watched({
    async readSource(...args) {
      const source = await stages.readSource(...args);
      save("{}");
      return source;
    },
  });
  expect((await project.turn()).kind).toBe("run");
  expect(await project.turn()).toMatchObject({
    kind: "run",
    changed: [join(folder, "schema.json")],
  });
});
