import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli, type Project } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

const wide = shop();
/** A thing has a member more: nobody is hurt. */
const wider = shop({ members: { color: { type: "string" } } });
/** `rename_thing_0` is gone. */
const narrower = ((): object => {
  const { "x-mizan-functions": functions, ...rest } = shop() as Record<string, object>;
  const { rename_thing_0: _, ...kept } = functions as Record<string, object>;
  return { ...rest, "x-mizan-functions": kept };
})();

async function git(project: Project, ...args: readonly string[]): Promise<void> {
  await execa("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
    cwd: project.folder,
  });
}

describe.concurrent("diff", () => {
  it("says what changed and exits with 1 for a breaking change, with 0 for others", async () => {
    const project = cli.project({ "a.json": wide, "b.json": narrower, "c.json": wider });
    const breaking = await project.run(["diff", "a.json", "b.json"]);
    expect(breaking).toMatchObject({ exitCode: 1, stderr: "" });
    expect(breaking.stdout).toBe(
      [
        "a.json -> b.json: 1 breaking",
        "",
        "Breaking: clients generated earlier fail, or show or send something wrong",
        "  - rename_thing_0",
        "      running clients and your code: clients generated earlier still call it, and code that does no longer compiles",
        "",
      ].join("\n"),
    );
    const compatible = await project.run(["diff", "a.json", "c.json"]);
    expect(compatible).toMatchObject({ exitCode: 0, stderr: "" });
    expect(compatible.stdout).toContain(
      "  ~ Thing0: color is new (optional) (in answers of thing_0_detail and rename_thing_0)\n",
    );
    const nothing = await project.run(["diff", "a.json", "a.json"]);
    expect(nothing).toMatchObject({ exitCode: 0, stdout: "a.json -> a.json: the same contract\n" });
    expect(project.tree(".")).not.toHaveProperty(["mizan"]);
  });

  it("--fail-on says which changes make the exit code 1", async () => {
    const project = cli.project({ "a.json": wide, "b.json": narrower, "c.json": wider });
    const codes = async (file: string): Promise<unknown[]> =>
      Promise.all(
        ["breaking", "review", "any", "none"].map(
          async (mode) => (await project.run(["diff", "a.json", file, "--fail-on", mode])).exitCode,
        ),
      );
    expect(await codes("b.json")).toEqual([1, 1, 1, 0]);
    expect(await codes("c.json")).toEqual([0, 0, 1, 0]);
    expect(await codes("a.json")).toEqual([0, 0, 0, 0]);
    expect(await project.run(["diff", "a.json", "b.json", "--fail-on", "all"])).toMatchObject({
      exitCode: 2,
    });
  });

  it("reads a file of a Git revision, from the root and from here", async () => {
    const project = cli.project({ "web/schema.json": wide });
    await git(project, "init", "-q");
    await git(project, "add", "-A");
    await git(project, "commit", "-q", "-m", "one");
    project.write("web/schema.json", narrower);
    const fromRoot = await project.run(["diff", "HEAD:web/schema.json", "web/schema.json"]);
    expect(fromRoot.exitCode).toBe(1);
    expect(fromRoot.stdout).toContain("- rename_thing_0");
    const fromHere = await project.run([
      "--cwd",
      "web",
      "diff",
      "HEAD:./schema.json",
      "schema.json",
    ]);
    expect(fromHere.stdout).toContain("HEAD:./schema.json -> schema.json: 1 breaking");
    const missing = await project.run(["--cwd", "web", "diff", "HEAD:schema.json", "schema.json"]);
    expect(missing.exitCode).toBe(2);
    expect(missing.stdout).toBe("");
    expect(missing.stderr).toContain("The old document, HEAD:schema.json, cannot be compared");
    expect(missing.stderr).toMatch(/E001 {2}HEAD:schema.json could not be read: git says "path /);
    expect(missing.stderr).toContain('one that begins with "./" from here');
    const unknown = await project.run(["diff", "nowhere:schema.json", "web/schema.json"]);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("nowhere:schema.json could not be read: git says");
  });

  it("says so when there is no git, or no repository", async () => {
    const project = cli.project({ "schema.json": wide });
    const outside = await project.run(["diff", "HEAD:schema.json", "schema.json"]);
    expect(outside.exitCode).toBe(2);
    expect(outside.stderr).toContain("not a git repository");
    const without = await project.run(["diff", "HEAD:schema.json", "schema.json"], {
      env: { PATH: project.folder },
    });
    expect(without.exitCode).toBe(2);
    expect(without.stderr).toContain("there is no git on this machine");
  });

  it("takes a file whose name looks like a revision for the file, and nothing for an option of git", async () => {
    const project = cli.project({ "HEAD:schema.json": wide, "a.json": wide });
    expect(await project.run(["diff", "HEAD:schema.json", "a.json"])).toMatchObject({
      exitCode: 0,
    });
    const option = await project.run(["diff", "--", "--batch-command:a", "a.json"]);
    expect(option.exitCode).toBe(2);
    expect(option.stderr).toContain("E001");
    expect(option.stderr).not.toContain("git says");
  });

  it("says which of the two documents is wrong, and about both at once", async () => {
    const project = cli.project({ "a.json": "{", "b.json": { openapi: "3.1.0" }, "c.json": wide });
    const both = await project.run(["diff", "a.json", "b.json"]);
    expect(both).toMatchObject({ exitCode: 2, stdout: "" });
    expect(both.stderr).toMatch(
      /The old document, a.json, cannot be compared:\n\nerror E004[^]*The new document, b.json, cannot be compared:\n\nerror E/,
    );
    const one = await project.run(["diff", "c.json", "b.json", "--format", "markdown"]);
    expect(one).toMatchObject({ exitCode: 2, stdout: "" });
    expect(one.stderr).toContain("The new document, b.json,");
    expect(one.stderr).not.toContain("old document");
    const json = await project.run(["diff", "a.json", "c.json", "--format", "json"]);
    expect(json).toMatchObject({ exitCode: 2, stderr: "" });
    const report = JSON.parse(json.stdout) as { changes: unknown; diagnostics: object[] };
    expect(report).toMatchObject({ version: 1, before: null, after: null, changes: [] });
    expect(report.diagnostics).toMatchObject([
      { code: "E004", file: "a.json", document: "before" },
    ]);
    const missing = await project.run(["diff", "c.json", "d.json"]);
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain("The new document, d.json, cannot be compared");
  });

  it("prints JSON with every change whole", async () => {
    const project = cli.project({ "a.json": wide, "c.json": wider });
    const { stdout, exitCode } = await project.run(["diff", "a.json", "c.json", "--format=json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      before: { source: "a.json", title: "Shop", version: "1.0.0", fingerprint: null },
      after: { source: "c.json", title: "Shop", version: "1.0.0", fingerprint: null },
      summary: { breaking: 0, review: 0, compatible: 1, neutral: 0 },
      changes: [
        {
          kind: "member-added",
          class: "compatible",
          breaks: [],
          direction: "out",
          reason: "clients ignore members that they do not know",
          summary: "is new (optional)",
          before: null,
          after: "string",
          subject: { kind: "type", name: "Thing0" },
          path: "color",
          functions: [
            { name: "thing_0_detail", path: "output.color" },
            { name: "rename_thing_0", path: "output.color" },
          ],
          pointers: {
            before: "#/components/schemas/Thing0",
            after: "#/components/schemas/Thing0",
          },
        },
      ],
      diagnostics: [],
    });
  });

  it("prints Markdown that a bot finds again, with names that stay text", async () => {
    const evil = "a|b`</details><img src=x onerror=y> @team";
    const project = cli.project({
      "a.json": wide,
      "b.json": shop({ members: { [evil]: { type: "string" } } }),
      "c.json": narrower,
    });
    const { stdout } = await project.run(["diff", "a.json", "b.json", "--format", "markdown"]);
    expect(stdout).toMatch(/^<!-- mizan-gen diff -->\n### API contract: 1 compatible\n/);
    expect(stdout).not.toContain("<img");
    expect(stdout).not.toContain("@team");
    expect(stdout.match(/<\/details>/g)).toHaveLength(1);
    const table = await project.run(["diff", "a.json", "c.json", "--format", "markdown"]);
    expect(table.exitCode).toBe(1);
    expect(table.stdout).toContain("| &#45; rename&#95;thing&#95;0 | running clients, code | ");
  });

  it("annotates a pull request in GitHub Actions, and writes the summary of the step", async () => {
    const project = cli.project({
      "a.json": wide,
      "b.json": shop({ members: { color: { type: "string", enum: ["red"] } } }),
      "c.json": shop({ members: { color: { type: "string", enum: ["red", "100%"] } } }),
      "summary.md": "",
    });
    const env = { GITHUB_STEP_SUMMARY: `${project.folder}/summary.md` };
    const { stdout } = await project.run(["diff", "b.json", "c.json", "--format", "github"], {
      env,
    });
    expect(stdout).toMatch(
      /^::warning file=c.json,line=\d+,title=Change of the API contract to review::~ Thing0: color may now be "100%25" /m,
    );
    expect(project.read("summary.md")).toContain("### API contract: 1 to review");
    const inActions = await project.run(["diff", "b.json", "c.json"], {
      env: { GITHUB_ACTIONS: "true" },
    });
    expect(inActions.stdout).toContain("To review: ");
    expect(inActions.stdout).toContain("::warning file=c.json");
  });

  it("refuses what it cannot do: SARIF, standard input twice, a directory that is not there", async () => {
    const project = cli.project({ "a.json": wide });
    const sarif = await project.run(["diff", "a.json", "a.json", "--format", "sarif"]);
    expect(sarif.exitCode).toBe(2);
    expect(sarif.stdout).toContain("diff prints no SARIF");
    const twice = await project.run(["diff", "-", "-"], { input: "{}" });
    expect(twice.exitCode).toBe(2);
    expect(twice.stderr).toContain("standard input can be one of the two documents, not both");
    const nowhere = await project.run(["--cwd", "x", "diff", "a.json", "a.json"]);
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.stderr).toContain("there is no such directory");
    const alone = await project.run(["diff", "a.json"]);
    expect(alone.exitCode).toBe(2);
    expect(alone.stderr).toContain("no document was named");
    expect((await project.run(["diff"])).exitCode).toBe(2);
  });

  it("reads standard input, YAML, and the document and options of a config", async () => {
    const project = cli.project({
      "mizan.config.json": { input: "a.json", exclude: ["rename_*"] },
      "a.json": wide,
      "b.json": narrower,
      "c.yaml": JSON.stringify(wider),
    });
    const piped = await project.run(["diff", "-", "c.yaml"], { input: JSON.stringify(wide) });
    expect(piped.stdout).toMatch(/^standard input -> c.yaml: 1 compatible/);
    // What the config excludes is nobody's contract.
    const own = await project.run(["diff", "b.json"]);
    expect(own).toMatchObject({ exitCode: 0, stdout: "b.json -> a.json: the same contract\n" });
    const all = await project.run(["diff", "b.json", "--exclude", "nothing"]);
    expect(all.stdout).toContain("+ rename_thing_0");
  });

  it("asks for one project of several, whose names keep comments apart", async () => {
    const project = cli.project({
      "mizan.config.json": [
        { name: "shop", input: "a.json", output: "x" },
        { name: "admin", input: "a.json", output: "y" },
      ],
      "a.json": wide,
      "b.json": narrower,
    });
    const several = await project.run(["diff", "b.json"]);
    expect(several.exitCode).toBe(2);
    expect(several.stderr).toContain("choose one with --project: shop, admin");
    const one = await project.run(["diff", "b.json", "-p", "admin", "--format", "markdown"]);
    expect(one.stdout).toMatch(/^<!-- mizan-gen diff admin -->\n### API contract admin: /);
  });
});

describe("diff of a URL", () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const isKnown = request.headers["authorization"] === "Bearer secret";
      response.writeHead(isKnown ? 200 : 401, { "Content-Type": "application/json" });
      response.end(isKnown ? JSON.stringify(wide) : "{}");
    });
    await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/openapi.json`;
  });

  afterAll(() => void server.close());

  it("sends headers, and never prints them", async () => {
    const project = cli.project({ "b.json": narrower });
    const flags = ["-H", "Authorization: Bearer secret", "-v"];
    const known = await project.run(["diff", url, "b.json", ...flags]);
    expect(known.exitCode).toBe(1);
    expect(known.stdout).toContain("- rename_thing_0");
    expect(known.stdout + known.stderr).not.toContain("secret");
    const unknown = await project.run(["diff", url, "b.json"]);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain(`The old document, ${url}, cannot be compared`);
  });
});
