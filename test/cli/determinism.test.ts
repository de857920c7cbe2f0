import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

describe.concurrent("the same document and options give the same bytes", () => {
  it("twice, from another cwd, by an absolute path, in another locale and time zone, in another directory", async () => {
    const files = {
      "package.json": { type: "module" },
      "api/schema.json": shop({
        resources: 3,
        members: { größe: { type: "number" }, z: {}, Ä: {} },
      }),
    };
    const project = cli.project(files);
    await project.run(["api/schema.json"]);
    const tree = project.tree("mizan");
    const twin = cli.project(files);
    await twin.run([twin.path("api/schema.json")], {
      env: { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" },
    });
    expect(twin.tree("mizan")).toEqual(tree);

    const third = cli.project(files);
    mkdirSync(third.path("deep/er"), { recursive: true });
    await third.run(["../../api/schema.json", "-o", "../../mizan"], { cwd: third.path("deep/er") });
    expect(third.tree("mizan")).toEqual(tree);

    await project.run(["api/schema.json", "--force"]);
    expect(project.tree("mizan")).toEqual(tree);
  });

  it("says nothing of the machine, the day or the version outside of the manifest", async () => {
    const project = cli.project({ "schema.json": shop() });
    await project.run([project.path("schema.json")]);
    const { ".mizan-gen.json": manifest = "", ...files } = project.tree("mizan");
    const text = Object.values(files).join("\n");
    expect(text).not.toContain(project.folder);
    expect(text).not.toContain(cli.root);
    expect(text).not.toContain(new Date().toISOString().slice(0, 10));
    expect(text).not.toContain("0.1.0");
    expect(manifest).toContain('"generator": "0.1.0');
    expect(manifest).not.toContain(project.folder);
    expect(text).not.toContain("\r");
  });
});
