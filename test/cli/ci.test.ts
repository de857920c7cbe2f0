import { chmodSync, readFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { shop } from "./documents.js";
import { InstalledCli, type CliResult, type Project } from "./installed.js";

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>
  >;
}

const page = readFileSync(resolve(import.meta.dirname, "../../docs/ci.md"), "utf8");
const steps = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)]
  .map(([, text = ""]) => parse(text) as Workflow)
  .flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

/** Runs a step of the page as GitHub does: bash that ends at the first failure, in the root of the repository. */
async function step(project: Project, name: string): Promise<CliResult> {
  const script = steps.find((one) => one.name === name)?.run;
  if (script === undefined) throw new Error(`docs/ci.md has no step ${name}`);
  project.write("bin/npx", `#!/bin/sh\nshift\nexec "${process.execPath}" "${cli.bin}" "$@"\n`);
  chmodSync(project.path("bin/npx"), 0o755);
  const result = await execa("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd: project.folder,
    reject: false,
    env: {
      PATH: `${project.path("bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: project.path("summary.md"),
      FORCE_COLOR: undefined,
      NODE_OPTIONS: undefined,
    },
  });
  const { exitCode, signal, stdout, stderr } = result;
  return { exitCode, signal, stdout, stderr };
}

function repository(): Project {
  return cli.project({
    ".git/HEAD": "",
    "mizan.config.json": { input: "schema.json", output: "mizan" },
    "schema.json": shop({ resources: 2 }),
  });
}

describe("the workflows of docs/ci.md", () => {
  it("check: 0 in step, 1 with an annotation for each file that is not, 2 for a document with errors", async () => {
    const name = "The client is in step with the document";
    const project = repository();
    await project.run([]);
    expect(await step(project, name)).toMatchObject({ exitCode: 0 });

    project.write("schema.json", shop({ members: { color: { type: "string" } } }));
    const drift = await step(project, name);
    expect(drift.exitCode).toBe(1);
    const annotations = drift.stdout.match(/^::.*$/gm) ?? [];
    const changed = drift.stdout.match(/^ {2}(outdated|left over) /gm) ?? [];
    expect(annotations).toHaveLength(changed.length);
    expect(annotations).toContainEqual(
      expect.stringMatching(
        /^::error file=mizan\/types\.ts,title=E060 [^:]*::mizan\/types\.ts is outdated: Thing1 removed, Thing0\.color added%0Ahelp: run mizan-gen/,
      ),
    );
    expect(drift.stdout).toMatch(/^the contract: - context thing_1, rename_thing_1; /m);

    project.write("schema.json", "{");
    const broken = await step(project, name);
    expect(broken.exitCode).toBe(2);
    expect(broken.stdout).toMatch(/^::error file=schema\.json,line=1,/m);
    expect(broken.stdout).not.toContain("E060");
  });

  it("renew: writes where there is drift, and fails for a document with errors", async () => {
    const name = "Renew the client where it is out of step";
    const project = repository();
    const first = await step(project, name);
    expect(first.exitCode).toBe(0);
    expect(await step(project, name)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("in step") as unknown,
    });
    const before = project.tree("mizan");
    project.write("schema.json", "{");
    expect((await step(project, name)).exitCode).toBe(2);
    expect(project.tree("mizan")).toEqual(before);
  });
});
