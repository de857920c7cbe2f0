import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

describe("diff from code", () => {
  /** What `diff` of the built package gives for options in JSON. */
  async function diff(folder: string, options: object): Promise<Record<string, unknown>> {
    const script = `import { diff } from ${JSON.stringify(`file://${cli.root}/dist/index.js`)};
      console.log(JSON.stringify(await diff(${JSON.stringify(options)})));`;
    const { stdout } = await execa(process.execPath, ["--input-type=module", "-e", script], {
      cwd: folder,
    });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  it("compares files and texts, and says whether anything changed that matters", async () => {
    const project = cli.project({ "a.json": shop() });
    const text = JSON.stringify(shop({ members: { color: { type: "string" } } }));
    const options = { before: "a.json", after: { content: text } };
    expect(await diff(project.folder, options)).toMatchObject({
      ok: true,
      summary: { breaking: 0, review: 0, compatible: 1, neutral: 0 },
      changes: [{ kind: "member-added", path: "color" }],
      findings: [],
    });
    expect(await diff(project.folder, { ...options, failOn: "any" })).toMatchObject({ ok: false });
    expect(await diff(project.folder, { ...options, exclude: ["*_detail"] })).toMatchObject({
      changes: [{ subject: { kind: "function", name: "rename_thing_0" }, path: "output.color" }],
    });
  });

  it("takes the document of the config, and tells what is wrong and where", async () => {
    const project = cli.project({
      "mizan.config.json": { input: "a.json" },
      "a.json": shop(),
    });
    expect(await diff(project.folder, { before: "a.json" })).toMatchObject({ ok: true });
    const broken = await diff(project.folder, {
      before: { content: "{", path: "old.json" },
      after: "none.json",
    });
    expect(broken).toMatchObject({
      ok: false,
      changes: [],
      findings: [
        { code: "E004", file: "old.json", document: "before" },
        { code: "E001", document: "after" },
      ],
    });
    const unknown = await diff(project.folder, { before: "a.json", project: "x" });
    expect(unknown).toMatchObject({ ok: false, findings: [{ code: "E050", document: null }] });
  });
});
