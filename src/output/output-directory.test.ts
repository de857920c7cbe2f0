import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeOutputDirectory, resolveOutputDirectory } from "./output-directory.js";

let folder: string;
let cwd: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-directory-")));
  cwd = join(folder, "project/app");
  mkdirSync(cwd, { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the output directory", () => {
  it("may be anywhere else, there already or not", () => {
    for (const path of [
      join(cwd, "src/mizan"),
      join(folder, "project/other"),
      join(folder, "x/y"),
    ]) {
      expect(resolveOutputDirectory(path, [cwd])).toBe(path);
    }
  });

  it.each([
    ["the root", () => "/"],
    ["the home directory", () => homedir()],
    ["what is above the home directory", () => dirname(homedir())],
    ["the current directory", () => cwd],
    ["a parent of the current directory", () => join(folder, "project")],
    ["a link to the current directory", () => link("link")],
  ])("is never %s", (_name, path) => {
    expect(() => resolveOutputDirectory(path(), [cwd])).toThrow(
      expect.objectContaining({ code: "E054" }),
    );
  });

  it("is resolved through links", () => {
    link("link");
    expect(resolveOutputDirectory(join(folder, "link/src/mizan"), [folder])).toBe(
      join(cwd, "src/mizan"),
    );
  });

  it("is an error where links lead in a circle", () => {
    symlinkSync(join(folder, "b"), join(folder, "a"));
    symlinkSync(join(folder, "a"), join(folder, "b"));
    expect(() => resolveOutputDirectory(join(folder, "a/out"), [cwd])).toThrow(/circle/);
  });

  it("is removed again as far as it was created and is empty", () => {
    const undo = makeOutputDirectory(join(cwd, "a/b/c"));
    undo();
    expect(() => mkdirSync(join(cwd, "a"))).not.toThrow();
    const again = makeOutputDirectory(join(cwd, "a/b"));
    writeFileSync(join(cwd, "a/mine.txt"), "");
    again();
    expect(() => mkdirSync(join(cwd, "a/b"))).not.toThrow();
  });

  it("says what is in the way", () => {
    writeFileSync(join(cwd, "src"), "");
    expect(() => makeOutputDirectory(join(cwd, "src/mizan"))).toThrow(
      /a file where a directory is needed/,
    );
    expect(() => makeOutputDirectory(join(cwd, "src"))).toThrow(
      /a file where a directory is needed/,
    );
  });

  function link(name: string): string {
    const path = join(folder, name);
    symlinkSync(cwd, path);
    return path;
  }
});
