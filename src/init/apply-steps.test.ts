import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applySteps } from "./apply-steps.js";
import type { Step } from "./step.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mizan-steps-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string): string => join(folder, name);
const create = (name: string): Step => ({
  action: "create",
  file: path(name),
  about: "",
  text: "new",
});
const edit = (name: string): Step => ({
  action: "edit",
  file: path(name),
  about: "",
  before: "old",
  text: "old and new",
});
const files = (): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path(name), "utf8")]));

describe("applying the steps of init", () => {
  it("creates and edits, and leaves nothing else behind", () => {
    writeFileSync(path("b"), "old");
    const keep: Step = { action: "keep", file: path("c"), about: "" };
    expect(applySteps([create("a"), edit("b"), keep])).toEqual({ ok: true });
    expect(files()).toEqual({ a: "new", b: "old and new" });
  });

  it("does not touch what somebody made or changed since the plan, and stops there", () => {
    writeFileSync(path("a"), "mine");
    const failed = create("a");
    expect(applySteps([failed, create("z")])).toMatchObject({
      ok: false,
      done: [],
      failed,
      reason: "somebody made it meanwhile",
    });
    writeFileSync(path("b"), "changed");
    expect(applySteps([create("y"), edit("b")])).toMatchObject({
      ok: false,
      done: [{ file: path("y") }],
      reason: "somebody changed it meanwhile",
    });
    expect(files()).toEqual({ a: "mine", b: "changed", y: "new" });
    rmSync(path("b"));
    expect(applySteps([edit("b")])).toMatchObject({ reason: "it does not exist (ENOENT)" });
  });

  it("takes no name that a link or a directory has", () => {
    symlinkSync("nowhere", path("a"));
    expect(applySteps([create("a")])).toMatchObject({ reason: "somebody made it meanwhile" });
    mkdirSync(path("b"));
    expect(applySteps([create("b")])).toMatchObject({ ok: false });
    expect(readdirSync(folder).sort()).toEqual(["a", "b"]);
    expect(readdirSync(path("b"))).toEqual([]);
  });
});
