import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop, silentMutation } from "./documents.js";
import { InstalledCli } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

describe.concurrent("generate", () => {
  it("writes a client from a file, says so in one line, and then has nothing to do", async () => {
    const project = cli.project({ "schema.json": shop() });
    const first = await project.run(["schema.json"]);
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(first.stdout).toMatch(/^wrote \d+ files \(\d+ new\) to mizan in [\d.]+ m?s\n$/);
    const tree = project.tree("mizan");
    expect(Object.keys(tree)).toEqual(
      expect.arrayContaining([
        ".mizan-gen.json",
        "contexts/thing_0.ts",
        "index.ts",
        "kernel/index.ts",
        "mutations/rename_thing_0.ts",
        "types.ts",
      ]),
    );
    const second = await project.run(["generate", "schema.json"]);
    expect(second.stdout).toMatch(
      /^nothing to do: \d+ files in mizan are in step with schema.json/,
    );
    expect(project.tree("mizan")).toEqual(tree);
  });

  it("writes what changed, removes what is left over, and nothing else", async () => {
    const project = cli.project({ "src/.keep": "", "schema.json": shop({ resources: 2 }) });
    await project.run(["schema.json"]);
    project.write("schema.json", shop({ members: { color: { type: "string" } } }));
    const { stdout } = await project.run(["schema.json", "--dry-run"]);
    expect(stdout).toMatch(/ {2}delete {2}src\/mizan\/mutations\/rename_thing_1.ts\n/);
    expect(stdout).toMatch(/ {2}update {2}src\/mizan\/types.ts\n/);
    expect(stdout).toMatch(/would write \d+ files/);
    expect(project.tree("src/mizan")).toHaveProperty(["mutations/rename_thing_1.ts"]);
    const real = await project.run(["schema.json"]);
    expect(real.stdout).toMatch(/updated, 2 deleted, \d+ unchanged\) to src\/mizan/);
    expect(Object.keys(project.tree("src/mizan"))).not.toContain("contexts/thing_1.ts");
    expect(project.read("src/mizan/types.ts")).toContain("color");
  });

  it("reads standard input, which may be given a path for messages and references", async () => {
    const project = cli.project();
    const input = JSON.stringify(shop());
    expect(await project.run(["-"], { input })).toMatchObject({ exitCode: 0 });
    expect(project.read("mizan/index.ts")).toContain("standard input");
    await project.run(["-", "--stdin-filepath", "api/schema.json"], { input });
    expect(project.read("mizan/index.ts")).toContain("api/schema.json");
    const broken = await project.run(["-", "--stdin-filepath", "api/schema.json"], { input: "{" });
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toContain("api/schema.json:1:2");
  });

  it("works with spaces, unicode and a leading dash in paths", async () => {
    const project = cli.project({ "my docs/schéma – 模式.json": shop() }, "ünï code ");
    const result = await project.run(["my docs/schéma – 模式.json", "-o", "out put/клиент"]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.tree("out put/клиент")).toHaveProperty(["index.ts"]);
    project.write("-dash.json", shop());
    expect(await project.run(["-o", "out", "--", "-dash.json"])).toMatchObject({ exitCode: 0 });
  });

  it("takes flags before a command, and --cwd", async () => {
    const project = cli.project({ "web/schema.json": shop() });
    await project.run(["--cwd", "web", "schema.json"]);
    expect(project.tree("web/mizan")).toHaveProperty(["index.ts"]);
    const check = await project.run(["--cwd", "web", "-q", "check", "schema.json"]);
    expect(check).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
  });

  it("follows references to other files when it may, and notices that one of them changed", async () => {
    const document = shop() as { components: { schemas: Record<string, object> } };
    const thing = document.components.schemas["Thing0"];
    document.components.schemas["Thing0"] = { $ref: "shared/thing.json#/Thing" };
    const project = cli.project({
      "schema.json": document,
      "shared/thing.json": { Thing: thing },
    });
    const refused = await project.run(["schema.json"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("E306");
    expect((await project.run(["schema.json", "--allow-refs"])).exitCode).toBe(0);
    expect((await project.run(["schema.json", "--allow-refs"])).stdout).toContain("nothing to do");
    project.write("shared/thing.json", {
      Thing: { type: "object", properties: { color: { type: "string" } } },
    });
    const again = await project.run(["schema.json", "--allow-refs"]);
    expect(again.stdout).toMatch(/wrote \d+ file/);
  });

  it("counts warnings: --strict and --max-warnings make the exit code 1, the second time as well", async () => {
    const project = cli.project({ "schema.json": shop({ functions: silentMutation }) });
    const first = await project.run(["schema.json"]);
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toContain("warning W221");
    const second = await project.run(["schema.json"]);
    expect(second).toMatchObject({ exitCode: 0, stderr: "" });
    expect(second.stdout).toContain("1 warning of the document");
    expect((await project.run(["schema.json", "--strict"])).exitCode).toBe(1);
    expect((await project.run(["schema.json", "--max-warnings", "0"])).exitCode).toBe(1);
    expect((await project.run(["schema.json", "--max-warnings", "1"])).exitCode).toBe(0);
  });

  it("prints how long each stage took with --verbose", async () => {
    const project = cli.project({ "schema.json": shop() });
    const { stdout } = await project.run(["schema.json", "-v"]);
    for (const stage of ["read", "parse", "build", "emit", "prove", "write"]) {
      expect(stdout).toMatch(new RegExp(`\\b${stage} [\\d.]+ m?s`));
    }
  });
});

describe("a URL", () => {
  let server: Server;
  let origin: string;
  let answer: { status: number; type: string; body: string };
  const seen: (string | undefined)[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(answer.status, { "content-type": answer.type });
      response.end(answer.body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("is read with headers, which are neither printed nor stored", async () => {
    answer = { status: 200, type: "application/json", body: JSON.stringify(shop()) };
    const project = cli.project();
    const secret = "Bearer s3cret-t0ken";
    const result = await project.run([
      `${origin}/openapi.json?key=s3cret-query`,
      "-H",
      `Authorization: ${secret}`,
      "-v",
    ]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(seen.at(-1)).toBe(secret);
    const everything = result.stdout + Object.values(project.tree()).join("\n");
    expect(everything).not.toContain("s3cret");
    expect(project.read("mizan/index.ts")).toContain(`${origin}/openapi.json`);
  });

  it.each([
    [500, "application/json", "{}", "E013"],
    [404, "text/plain", "no", "E013"],
    [200, "text/html", "<!doctype html><title>Log in</title>", "E014"],
    [200, "application/json", "<html>", "E014"],
    [200, "application/json", "", "E002"],
    [200, "application/json", '{"openapi"', "E004"],
  ])(
    "that answers %i %s %j is one clear error, and nothing is written",
    async (status, type, body, code) => {
      answer = { status, type, body };
      const project = cli.project();
      const result = await project.run([`${origin}/openapi.json`]);
      expect(result.exitCode).toBe(2);
      expect(result.stderr).toMatch(new RegExp(`^error ${code} `));
      expect(result.stderr).toContain("\n1 error\n");
      expect(project.tree()).toEqual({});
    },
  );

  it("that nobody answers is one clear error", async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const { port } = other.address() as AddressInfo;
    await new Promise((done) => other.close(done));
    const project = cli.project();
    const result = await project.run([`http://127.0.0.1:${port}/openapi.json`]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^error E012 .*is the server running/);
    expect(project.tree()).toEqual({});
  });
});

describe.concurrent("validate, inspect, explain, help, version", () => {
  it("validate reports everything and writes nothing", async () => {
    const project = cli.project({ "schema.json": shop({ functions: silentMutation }) });
    const result = await project.run(["validate", "schema.json"]);
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain("W221");
    expect(result.stdout).toMatch(/^schema.json: 1 warning/);
    expect(Object.keys(project.tree())).toEqual(["schema.json"]);
    expect((await project.run(["validate", "schema.json", "--strict"])).exitCode).toBe(1);
  });

  it("validate asks the validator of the specification as well, which never stops a run", async () => {
    const document = { ...shop(), info: { title: "Shop" } };
    const project = cli.project({ "schema.json": document });
    const result = await project.run(["validate", "schema.json"]);
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain("warning W010");
    expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("inspect prints the IR as JSON and nothing else on standard output", async () => {
    const project = cli.project({ "schema.json": shop({ functions: silentMutation }) });
    for (const format of [[], ["--format", "json"]]) {
      const { stdout, stderr, exitCode } = await project.run(["inspect", "schema.json", ...format]);
      expect(exitCode).toBe(0);
      expect(stderr).toContain("W221");
      expect(JSON.parse(stdout)).toMatchObject({
        format: 1,
        title: "Shop",
        contexts: [{ name: "thing_0", queries: [{ slot: "thing_0_detail" }] }],
        mutations: [{ name: "rename_thing_0" }, { name: "touch" }],
      });
    }
    const broken = await project.run(["inspect", "-", "--format", "json"], { input: "{}" });
    expect(broken.exitCode).toBe(2);
    expect(JSON.parse(broken.stdout)).toMatchObject({ diagnostics: [{ code: "E010" }] });
  });

  it("explain prints cause and fix, in whatever case the code is typed", async () => {
    const project = cli.project();
    const { stdout, exitCode } = await project.run(["explain", "e056"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^E056 {2}A file that the generator did not write is in the way\n/);
    const unknown = await project.run(["explain", "E05G"]);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("did you mean");
  });

  it("--help lists the commands, and the flags of each", async () => {
    const project = cli.project();
    const { stdout, exitCode } = await project.run(["--help"]);
    expect(exitCode).toBe(0);
    for (const name of [
      "generate",
      "check",
      "watch",
      "diff",
      "validate",
      "inspect",
      "init",
      "explain",
    ]) {
      expect(stdout).toContain(name);
      const help = await project.run([name, "--help"]);
      expect(help).toMatchObject({ exitCode: 0, stderr: "" });
      expect(help.stdout).toContain("--format");
    }
  });

  it("--version prints the version, in any position of the package", async () => {
    const project = cli.project();
    for (const flag of ["--version", "-V"]) {
      expect(await project.run([flag])).toMatchObject({ exitCode: 0, stdout: "0.1.0\n" });
    }
  });
});

describe.concurrent("formats", () => {
  it("json is one value for the whole run", async () => {
    const project = cli.project({ "schema.json": shop({ functions: silentMutation }) });
    const { stdout, stderr, exitCode } = await project.run(["schema.json", "--format", "json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const report = JSON.parse(stdout) as { projects: { changes: unknown[] }[] };
    expect(report).toMatchObject({
      version: 1,
      diagnostics: [
        {
          code: "W221",
          file: "schema.json",
          range: { start: { line: expect.any(Number) as number } },
        },
      ],
      summary: { errors: 0, warnings: 1 },
      projects: [{ name: null, source: "schema.json", output: "mizan", status: "done" }],
    });
    expect(report.projects[0]?.changes).toContainEqual({ path: "index.ts", kind: "create" });
    const usage = await project.run(["--nope", "--format=json"]);
    expect(JSON.parse(usage.stdout)).toMatchObject({ diagnostics: [{ code: "E050" }] });
  });

  it("sarif is a log of the findings, drift included", async () => {
    const project = cli.project({ "schema.json": shop() });
    const { stdout, exitCode } = await project.run(["check", "schema.json", "--format", "sarif"]);
    expect(exitCode).toBe(1);
    const log = JSON.parse(stdout) as { runs: { results: { ruleId: string }[] }[] };
    expect(log.runs).toHaveLength(1);
    expect(new Set(log.runs[0]?.results.map((result) => result.ruleId))).toEqual(new Set(["E060"]));
  });

  it("GitHub Actions gets annotations beside the text, and the rest in the step summary", async () => {
    const project = cli.project({ "web/schema.json": shop({ resources: 12 }), ".git/HEAD": "" });
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: project.path("summary.md") };
    const result = await project.run(["--cwd", "web", "check", "schema.json"], { env });
    expect(result).toMatchObject({ exitCode: 1, stderr: "" });
    const annotations = result.stdout.match(/^::error .*$/gm) ?? [];
    expect(annotations).toHaveLength(10);
    expect(annotations[0]).toMatch(/^::error file=web\/mizan\/[^,]*,title=E060/);
    expect(result.stdout).toMatch(/missing +mizan\/types.ts/);
    expect(project.read("summary.md")).toContain("mizan/types.ts");
  });

  it("colours only a terminal, and not even that with --no-color or NO_COLOR", async () => {
    const project = cli.project();
    const args = ["missing.json"];
    const escape = "\u001b[";
    expect((await project.run(args)).stderr).not.toContain(escape);
    expect((await project.run(args, { env: { FORCE_COLOR: "1" } })).stderr).toContain(escape);
    const off = await project.run([...args, "--no-color"], { env: { FORCE_COLOR: "1" } });
    expect(off.stderr).not.toContain(escape);
    const none = await project.run(args, { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(none.stderr).not.toContain(escape);
  });

  it("a reader that goes away ends the output, not the work", async () => {
    const project = cli.project({ "schema.json": shop({ resources: 40 }) });
    const command = `"${process.execPath}" "${cli.bin}" inspect schema.json`;
    const result = await execa(`set -o pipefail; ${command} | head -c 10`, {
      cwd: project.folder,
      shell: "/bin/bash",
      reject: false,
    });
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(result.stdout).toHaveLength(10);
  });
});
