import { mkdirSync, rmSync, statSync } from "node:fs";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli, type Project } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

async function generated(): Promise<Project> {
  const project = cli.project({ "schema.json": shop({ resources: 2 }) });
  expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0 });
  return project;
}

describe.concurrent("check", () => {
  it("is silent about nothing and exits with 0 when all is in step", async () => {
    const project = await generated();
    const result = await project.run(["check", "schema.json"]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(result.stdout).toMatch(/^mizan is in step with schema.json: \d+ files/);
  });

  it("names each file that differs, and why, changes nothing, and exits with 1", async () => {
    const project = await generated();
    project.write("schema.json", shop({ members: { color: { type: "string" } } }));
    project.write("mizan/contract.ts", "// mine\n");
    project.write("mizan/mutations/rename_thing_1.ts", "// mine\n");
    rmSync(project.path("mizan/client.ts"));
    const before = project.tree();
    const result = await project.run(["check", "schema.json"]);
    expect(result).toMatchObject({ exitCode: 1, stderr: "" });
    expect(result.stdout).toMatch(/^ {2}missing +mizan\/client.ts$/m);
    expect(result.stdout).toMatch(
      /^ {2}outdated +mizan\/types.ts: Thing1 removed, Thing0.color added$/m,
    );
    expect(result.stdout).toMatch(/^ {2}left over +mizan\/contexts\/thing_1.ts$/m);
    expect(result.stdout).toMatch(/^ {2}edited by hand +mizan\/contract.ts: contract added$/m);
    expect(result.stdout).toMatch(
      /^ {2}left over, edited by hand +mizan\/mutations\/rename_thing_1.ts$/m,
    );
    expect(result.stdout).toMatch(
      /differ from what schema.json gives \(the document has changed\): run mizan-gen/,
    );
    expect(project.tree()).toEqual(before);
    const flag = await project.run(["schema.json", "--check", "--format", "json"]);
    expect(flag.exitCode).toBe(1);
    expect(JSON.parse(flag.stdout)).toMatchObject({ projects: [{ status: "done" }] });
  });

  it("sums up what changed in the contract, and tells edits by hand from a document that changed", async () => {
    const project = await generated();
    project.write(
      "schema.json",
      shop({ resources: 3, members: { color: { type: "string", nullable: true } } }),
    );
    const changed = await project.run(["check", "schema.json"]);
    expect(changed.stdout).toMatch(/^ {2}missing +mizan\/contexts\/thing_2.ts$/m);
    expect(changed.stdout).toMatch(
      /^the contract: \+ context thing_2, rename_thing_2; types Thing0, Thing1, Thing2$/m,
    );
    const json = JSON.parse(
      (await project.run(["check", "schema.json", "--format", "json"])).stdout,
    ) as { projects: [{ changes: { path: string }[] }] };
    expect(json.projects[0]).toMatchObject({
      drift: {
        causes: ["the document has changed"],
        contract: { added: ["context thing_2", "rename_thing_2"] },
      },
    });
    expect(json.projects[0].changes.find(({ path }) => path === "types.ts")).toMatchObject({
      kind: "update",
      details: expect.arrayContaining(["Thing0.color added"]) as unknown,
    });

    project.write("schema.json", shop({ resources: 2 }));
    project.write(
      "mizan/types.ts",
      project.read("mizan/types.ts").replace("id: number;", "id?: string;"),
    );
    const edited = await project.run(["check", "schema.json"]);
    expect(edited.stdout).toMatch(
      /^ {2}edited by hand +mizan\/types.ts: Thing0.id is now required, Thing0.id is number, was string$/m,
    );
    expect(edited.stdout).not.toMatch(/^the contract/m);
    expect(edited.stdout).toContain("(the document is the same; the files are not)");
  });

  it("loads the parser for what the manifest does not know, and for nothing else", async () => {
    const project = await generated();
    const timings = async (): Promise<string> =>
      (await project.run(["check", "schema.json", "-v"])).stdout;
    expect(await timings()).not.toContain("prove ");
    project.write("schema.json", shop({ resources: 3 }));
    expect(await timings()).toContain("prove ");
  });

  it("shows the difference as a patch that git applies", async () => {
    const project = await generated();
    project.write("schema.json", shop({ resources: 2, members: { color: { type: "string" } } }));
    const { stdout } = await project.run(["check", "schema.json", "--diff"]);
    const patch = stdout.slice(
      stdout.indexOf("--- "),
      stdout.lastIndexOf("\n", stdout.length - 2) + 1,
    );
    expect(patch).toContain("+++ b/mizan/types.ts");
    await execa("git", ["apply", "-"], { cwd: project.folder, input: patch });
    expect(await project.run(["check", "schema.json"])).toMatchObject({ exitCode: 0 });
  });

  it("does not trust a manifest that was edited with the file", async () => {
    const project = await generated();
    const { createHash } = await import("node:crypto");
    const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
    const [old, mine] = [project.read("mizan/types.ts"), "// mine\n"];
    project.write("mizan/types.ts", mine);
    const manifest = project.read("mizan/.mizan-gen.json");
    project.write("mizan/.mizan-gen.json", manifest.replace(hash(old), hash(mine)));
    expect(await project.run(["check", "schema.json"])).toMatchObject({ exitCode: 1 });
  });

  it("tells a document with errors (2) from drift (1)", async () => {
    const project = await generated();
    project.write("schema.json", "{");
    expect(await project.run(["check", "schema.json"])).toMatchObject({ exitCode: 2 });
  });

  it("reports before the first run that all is missing", async () => {
    const project = cli.project({ "schema.json": shop() });
    const result = await project.run(["check", "schema.json"]);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(/^ {2}missing +mizan\/index.ts$/m);
    expect(project.tree("mizan")).toEqual({});
  });
});

describe.concurrent("files on disk", () => {
  it("a checkout with CRLF, of everything, is in step and there is nothing to do", async () => {
    const project = await generated();
    for (const [name, text] of Object.entries(project.tree())) {
      project.write(name, text.replaceAll("\n", "\r\n"));
    }
    const before = project.tree();
    expect((await project.run(["check", "schema.json"])).exitCode).toBe(0);
    expect((await project.run(["schema.json"])).stdout).toContain("nothing to do");
    expect(project.tree()).toEqual(before);
  });

  it("an edited file is overwritten with a warning that names it", async () => {
    const project = await generated();
    const text = project.read("mizan/types.ts");
    project.write("mizan/types.ts", `${text}// mine\n`);
    const result = await project.run(["schema.json"]);
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('warning W050  "types.ts" was edited by hand');
    expect(result.stderr).toContain("mizan/types.ts");
    expect(project.read("mizan/types.ts")).toBe(text);
  });

  it("a deleted file comes back", async () => {
    const project = await generated();
    rmSync(project.path("mizan/types.ts"));
    const result = await project.run(["schema.json"]);
    expect(result.stdout).toMatch(/^wrote 1 file \(1 new, \d+ unchanged\)/);
  });

  it("only the files that changed are touched", async () => {
    const project = await generated();
    const stamp = (): object[] =>
      ["index.ts", "contexts/thing_0.ts", "kernel/index.ts"].map((name) => {
        const { ino, mtimeMs } = statSync(project.path("mizan", name));
        return { ino, mtimeMs };
      });
    const before = stamp();
    const directory = statSync(project.path("mizan")).ino;
    project.write("schema.json", shop({ resources: 2, members: { color: { type: "string" } } }));
    expect((await project.run(["schema.json"])).stdout).toMatch(/^wrote 1 file \(1 updated/);
    expect(stamp()).toEqual(before);
    expect(statSync(project.path("mizan")).ino).toBe(directory);
  });

  it("a foreign file is not touched unless it is taken over with --force, and nothing else is written", async () => {
    const project = cli.project({ "schema.json": shop(), "mizan/types.ts": "// mine\n" });
    const before = project.tree();
    const result = await project.run(["schema.json"]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(
      'error E056  "types.ts" exists and was not written by mizan-gen',
    );
    expect(project.tree()).toEqual(before);
    expect((await project.run(["check", "schema.json"])).stdout).toMatch(
      /not written by mizan-gen +mizan\/types.ts/,
    );
    expect(await project.run(["schema.json", "--force"])).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    expect(project.read("mizan/types.ts")).not.toContain("mine");
  });

  it("files of the user's beside ours are never touched", async () => {
    const project = await generated();
    project.write("mizan/mine.ts", "// mine\n");
    project.write("mizan/contexts/mine.ts", "// mine\n");
    project.write("schema.json", shop());
    await project.run(["schema.json"]);
    expect(project.read("mizan/mine.ts")).toBe("// mine\n");
    expect((await project.run(["check", "schema.json"])).exitCode).toBe(0);
  });

  it("a lost manifest is no harm while the files are as generated", async () => {
    const project = await generated();
    const manifest = project.read("mizan/.mizan-gen.json");
    rmSync(project.path("mizan/.mizan-gen.json"));
    expect((await project.run(["check", "schema.json"])).exitCode).toBe(0);
    expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.read("mizan/.mizan-gen.json")).toBe(manifest);
  });

  it("a manifest with conflict markers is repaired, with a warning, by the next run", async () => {
    const project = await generated();
    const manifest = project.read("mizan/.mizan-gen.json");
    const other = manifest.replace(/"input": "[0-9a-f]+"/, `"input": "${"0".repeat(64)}"`);
    project.write("mizan/.mizan-gen.json", `<<<<<<< a\n${manifest}=======\n${other}>>>>>>> b\n`);
    project.write("schema.json", shop({ members: { color: { type: "string" } } }));
    const result = await project.run(["schema.json"]);
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain("warning W051");
    expect(project.tree("mizan")).not.toHaveProperty(["contexts/thing_1.ts"]);
    expect((await project.run(["check", "schema.json"])).exitCode).toBe(0);
  });

  it("a manifest that names files outside of the output deletes none of them", async () => {
    const project = await generated();
    const text = "// precious\n";
    project.write("precious.ts", text);
    mkdirSync(project.path("mizan/sub"));
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256").update(text).digest("hex");
    const manifest = project.read("mizan/.mizan-gen.json");
    const lines = ["../precious.ts", project.path("precious.ts"), "sub/../../precious.ts"]
      .map((path) => `    ${JSON.stringify(path)}: "${hash}",\n`)
      .join("");
    project.write(
      "mizan/.mizan-gen.json",
      manifest.replace('"files": {\n', `"files": {\n${lines}`),
    );
    project.write("schema.json", shop());
    expect((await project.run(["schema.json"])).exitCode).toBe(0);
    expect(project.read("precious.ts")).toBe(text);
  });
});
