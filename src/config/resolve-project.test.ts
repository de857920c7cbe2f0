import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProjectConfig } from "./config.js";
import { resolveProject, type Project } from "./resolve-project.js";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-project-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function resolved(config: ProjectConfig, flags: ProjectConfig = {}, cwd = folder): Project {
  const project = resolveProject(config, { base: folder, flags, cwd });
  if (project === null) throw new Error("no input");
  return project;
}

describe("a project", () => {
  it("needs an input", () => {
    expect(resolveProject({}, { base: folder, flags: {}, cwd: folder })).toBeNull();
  });

  it("takes paths of the config relative to the config, and those of flags relative to the cwd", () => {
    const cwd = join(folder, "sub");
    const config = { input: "a.json", output: "out" };
    expect(resolved(config, {}, cwd)).toMatchObject({
      input: join(folder, "a.json"),
      output: join(folder, "out"),
    });
    expect(resolved(config, { input: "b.json", output: "gen" }, cwd)).toMatchObject({
      input: join(cwd, "b.json"),
      output: join(cwd, "gen"),
    });
  });

  it("keeps headers of the config from servers that the config does not name", () => {
    const headers = { Authorization: "Bearer secret" };
    const config = { input: "https://a.example/openapi.json", headers };
    const other = "https://b.example/openapi.json";
    expect(resolved(config).headers).toEqual(headers);
    expect(resolved(config, { input: "https://a.example/v2.json" }).headers).toEqual(headers);
    expect(resolved(config, { input: other }).headers).toEqual({});
    expect(resolved(config, { input: other, headers: { X: "y" } }).headers).toEqual({ X: "y" });
    // A config without an address of its own has them for whatever is named.
    expect(resolved({ headers }, { input: other }).headers).toEqual(headers);
  });

  it("writes to src/mizan when there is a src, else to mizan", () => {
    expect(resolved({ input: "a.json" }).output).toBe(join(folder, "mizan"));
    mkdirSync(join(folder, "src"));
    expect(resolved({ input: "a.json" }).output).toBe(join(folder, "src/mizan"));
  });

  it("lets flags win over the config and the config over the defaults", () => {
    const config: ProjectConfig = {
      input: "a.json",
      enums: "const",
      int64: "brand",
      readonly: true,
    };
    expect(resolved(config, { int64: "string" })).toMatchObject({
      api: { int64: "string", outputDefaults: "present", include: [], exclude: [] },
      emit: { enums: "const", readonly: true },
      allowRefs: "none",
    });
    expect(resolved({ ...config, allowRefs: true }).allowRefs).toBe("files");
    expect(resolved({ ...config, allowRefs: true }, { allowRefs: "none" }).allowRefs).toBe("none");
  });

  it("adds headers of flags to those of the config", () => {
    const project = resolved(
      { input: "https://x.example/a.json", headers: { a: "1", b: "1" } },
      { headers: { b: "2" } },
    );
    expect(project.headers).toEqual({ a: "1", b: "2" });
  });
});

describe("how the document is called", () => {
  const named = (config: ProjectConfig, cwd = folder): (string | undefined)[] => {
    const { document, emit } = resolved(config, {}, cwd);
    return [document, emit.source];
  };

  it("in messages by its path from the cwd, in the banner by its name alone", () => {
    mkdirSync(join(folder, "web"));
    const config = { input: "api/openapi.json", output: "web/src/mizan" };
    expect(named(config)).toEqual(["api/openapi.json", "openapi.json"]);
    expect(named(config, join(folder, "web"))).toEqual(["../api/openapi.json", "openapi.json"]);
  });

  it("as a URL without anything that could be a secret; the banner does not tell it from a file", () => {
    expect(named({ input: "https://me:pass@x.example:8000/api/openapi.json?token=1#x" })).toEqual([
      "https://x.example:8000/api/openapi.json",
      "openapi.json",
    ]);
    expect(named({ input: "https://x.example/openapi/" })[1]).toBe("openapi");
    expect(named({ input: "https://x.example/" })[1]).toBe("x.example");
  });

  it("as --stdin-filepath calls standard input", () => {
    const options = { base: folder, flags: { input: "-" }, cwd: folder };
    const project = resolveProject({}, options);
    expect([project?.document, project?.emit.source]).toEqual(["standard input", "standard input"]);
    const path = resolveProject({}, { ...options, stdinPath: "a/b.json" });
    expect([path?.document, path?.emit.source]).toEqual(["a/b.json", "b.json"]);
  });
});
