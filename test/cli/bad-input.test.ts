import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

describe.concurrent("the command line", () => {
  it.each([
    [["--ouput", "x"], "unknown option '--ouput' (did you mean --output?)"],
    [["chekc"], 'unknown command "chekc" (did you mean "check"?)'],
    [["schema.json", "other.json"], "too many arguments"],
    [["-o"], "argument missing"],
    [["--format", "yaml"], "Allowed choices are text, json, github, sarif"],
    [["--max-warnings", "few"], "It is a number"],
    [["-H", "no colon"], "A header is written `Name: value`"],
    [["explain"], "missing required argument 'code'"],
    [["schema.json", "--check", "--dry-run"], "exclude each other"],
    [["schema.json", "--cwd", "nowhere"], "there is no such directory"],
    [["schema.json", "-t", "angular"], `There is no adapter "angular"`],
    [["schema.json", "-p", "shop"], 'has no project "shop"'],
    [["schema.json", "-c", "missing.ts"], "the file does not exist"],
    [[], "no document was named"],
    [["watch", "-"], "watch cannot read the document from standard input"],
  ])("%j is one clear message and exit code 2", async (args, message) => {
    const project = cli.project({ "schema.json": shop() });
    const result = await project.run(args);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^error E05[0-2] {2}/);
    expect(result.stderr).toContain(message);
    expect(result.stderr).toContain("\n1 error\n");
    expect(Object.keys(project.tree())).toEqual(["schema.json"]);
  });
});

describe.concurrent("the document", () => {
  it.each([
    ["that is missing", "nope.json", "E001"],
    ["that is a directory", "folder", "E001"],
    ["that is empty", "empty.json", "E002"],
    ["that is broken", "broken.json", "E004"],
    ["that is no OpenAPI", "package.json", "E010"],
    ["of Swagger 2.0", "swagger.json", "E011"],
    ["without functions", "plain.json", "E100"],
  ])("%s is one clear message and exit code 2", async (_name, file, code) => {
    const project = cli.project({
      "empty.json": " \n",
      "broken.json": '{ "openapi": "3.1.0", }',
      "package.json": { name: "x" },
      "swagger.json": { swagger: "2.0", info: { title: "x", version: "1" }, paths: {} },
      "plain.json": { openapi: "3.1.0", info: { title: "x", version: "1" }, paths: {} },
    });
    mkdirSync(project.path("folder"));
    const before = project.tree();
    const result = await project.run([file]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(new RegExp(`^error ${code} {2}`));
    expect(result.stderr).toContain("\n1 error\n");
    expect(result.stdout).toBe("nothing was written\n");
    expect(project.tree()).toEqual(before);
  });

  it("with errors changes nothing of an earlier output", async () => {
    const project = cli.project({ "schema.json": shop() });
    await project.run(["schema.json"]);
    const before = project.tree("mizan");
    project.write("schema.json", shop({ functions: { "not a name": { kind: "mutation" } } }));
    expect((await project.run(["schema.json"])).exitCode).toBe(2);
    expect(project.tree("mizan")).toEqual(before);
  });
});

describe.concurrent("a URL", () => {
  it.each([
    ["answers 500", 500, "text/plain", "Traceback: secret", "E013", "500 Internal Server Error"],
    ["answers 401", 401, "text/plain", "", "E013", "send credentials"],
    ["answers a page", 200, "text/html", "<!doctype html><p>Log in", "E014", "a page (text/html)"],
    ["answers a page as JSON", 200, "application/json", "<html>", "E014", "not a document"],
    ["answers JSON that is cut off", 200, "application/json", '{ "openapi": ', "E004", ""],
    ["answers nothing", 200, "application/json", "", "E002", "is empty"],
  ])("that %s is one clear message, and an earlier output stays", async (...row) => {
    const [, status, type, body, code, message] = row;
    const server = createServer((_request, response) => {
      response.writeHead(status, { "content-type": type });
      response.end(body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    try {
      const project = cli.project({ "schema.json": shop() });
      await project.run(["schema.json"]);
      const before = project.tree();
      const result = await project.run([`http://127.0.0.1:${port}/openapi.json`]);
      expect(result.exitCode).toBe(2);
      expect(result.stderr).toMatch(new RegExp(`^error ${code} {2}`));
      expect(result.stderr).toContain(message);
      expect(result.stderr).toContain("\n1 error\n");
      expect(result.stderr).not.toContain("secret");
      expect(project.tree()).toEqual(before);
    } finally {
      server.close();
    }
  });
});

describe.concurrent("the output directory", () => {
  it.each(["/", ".", "..", homedir(), "link", "src/..", "a/../.."])(
    "is refused when it is %s",
    async (output) => {
      const project = cli.project({ "schema.json": shop() });
      symlinkSync(project.folder, project.path("link"));
      const result = await project.run(["schema.json", "-o", output]);
      expect(result.exitCode).toBe(2);
      expect(result.stderr).toMatch(/^error E054 {2}/);
    },
  );

  it("is refused when it is the directory of the config, wherever the command was started", async () => {
    const project = cli.project({
      "mizan.config.json": { input: "schema.json", output: "." },
      "schema.json": shop(),
      "sub/.keep": "",
    });
    const result = await project.run(["--cwd", "sub"]);
    expect(result.stderr).toMatch(/^error E054 {2}/);
  });

  it.each([
    ["is a file", "taken", "a file where a directory is needed"],
    ["is below a file", "taken/mizan", "a file where a directory is needed"],
    ["has a name that is too long", "n".repeat(300), "the name is too long"],
    ["leads through links in a circle", "loop/mizan", "symbolic links lead in a circle"],
  ])("that %s is one clear error", async (_name, output, message) => {
    const project = cli.project({ "schema.json": shop(), taken: "mine" });
    symlinkSync(project.path("loop"), project.path("loop"));
    const result = await project.run(["schema.json", "-o", output]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^error E055 {2}/);
    expect(result.stderr).toContain(message);
    expect(project.read("taken")).toBe("mine");
  });

  it("that is a link to a directory is written to", async () => {
    const project = cli.project({ "schema.json": shop(), "real/.keep": "" });
    symlinkSync(project.path("real"), project.path("mizan"));
    expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(project.tree("real")).toHaveProperty(["index.ts"]);
  });

  it("with a link inside is not written through", async () => {
    const project = cli.project({
      "schema.json": shop(),
      "elsewhere/.keep": "",
      "mizan/.keep": "",
    });
    symlinkSync(project.path("elsewhere"), project.path("mizan/contexts"));
    const result = await project.run(["schema.json"]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('"contexts" in the output directory is a symbolic link');
    expect(Object.keys(project.tree("elsewhere"))).toEqual([".keep"]);
    expect(Object.keys(project.tree("mizan"))).toEqual([".keep", "contexts/.keep"]);
  });

  it("without write permission is one clear error, and nothing changes", async () => {
    const project = cli.project({ "schema.json": shop({ resources: 2 }) });
    await project.run(["schema.json"]);
    const before = project.tree();
    // Permissions mean nothing to root, so the command runs as nobody.
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    for (const folder of [project.folder, project.path("mizan")]) chmodSync(folder, 0o555);
    project.write("schema.json", shop());
    const updated = await project.run(["schema.json"], user);
    expect(updated.exitCode).toBe(2);
    expect(updated.stderr).toMatch(/^error E055 .*permission denied \(EACCES\)/);
    const created = await project.run(["schema.json", "-o", "new/mizan"], user);
    expect(created.exitCode).toBe(2);
    expect(created.stderr).toMatch(/^error E055 .*permission denied \(EACCES\)/);
    expect({ ...project.tree(), "schema.json": "" }).toEqual({ ...before, "schema.json": "" });

    // Half of it writable: the folder of one file is not.
    chmodSync(project.path("mizan"), 0o777);
    for (const name of ["kernel", "mutations"]) chmodSync(project.path("mizan", name), 0o777);
    chmodSync(project.path("mizan/contexts"), 0o555);
    const partly = await project.run(["schema.json"], user);
    expect(partly.exitCode).toBe(2);
    expect(partly.stderr).toContain("nothing was changed");
    expect({ ...project.tree(), "schema.json": "" }).toEqual({ ...before, "schema.json": "" });
    chmodSync(project.folder, 0o755);
  });

  it("on a full disk is one clear error, and the old files stay", async () => {
    const project = cli.project({ "schema.json": shop(), "big.json": shop({ resources: 300 }) });
    mkdirSync(project.path("disk"));
    // A small disk in a mount namespace of its own, gone with the shell.
    const node = `"${process.execPath}" "${cli.bin}"`;
    const script = `
      mount -t tmpfs -o size=1m tmpfs disk || exit 99
      ${node} schema.json -o disk/mizan || exit 98
      (cd disk/mizan && find . -type f -exec cat {} + | cksum) > before
      ${node} big.json -o disk/mizan > out 2> err; echo $? > code
      (cd disk/mizan && find . -type f -exec cat {} + | cksum) > after
      ${node} check schema.json -o disk/mizan`;
    const unshare = (command: string) =>
      execa("unshare", ["-rm", "sh", "-c", command], { cwd: project.folder, reject: false });
    // Where the system forbids namespaces there is no disk to fill; the tests of src/output fail each write in turn, there as here.
    const probe = await unshare("mount -t tmpfs tmpfs disk");
    if (probe.exitCode !== 0) return;
    const { exitCode, stdout } = await unshare(script);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("is in step");
    expect(project.read("code")).toBe("2\n");
    expect(project.read("err")).toMatch(/^error E055 .*no space is left on the device \(ENOSPC\)/);
    expect(project.read("err")).toContain("nothing was changed");
    expect(project.read("after")).toBe(project.read("before"));
  });
});

describe.concurrent("the package of the output", () => {
  it("that cannot hold ES modules is refused before anything is written", async () => {
    const project = cli.project({
      "schema.json": shop(),
      "package.json": { name: "x" },
      "tsconfig.json": { compilerOptions: { module: "nodenext", verbatimModuleSyntax: true } },
    });
    const result = await project.run(["schema.json"]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^error E059 {2}/);
    expect(project.tree("mizan")).toEqual({});
    project.write("package.json", { name: "x", type: "module" });
    expect(await project.run(["schema.json"])).toMatchObject({ exitCode: 0 });
    expect(project.read("mizan/index.ts")).toContain('from "./client.js"');
  });
});

describe.concurrent("a fault of ours", () => {
  it("says that it is ours and how to report it, with a stack only for --debug", async () => {
    const broken = new InstalledCli();
    const project = broken.project({ "schema.json": shop() });
    const dist = join(broken.root, "dist");
    const chunk = readdirSync(dist).find((name) => name.startsWith("emit-client-"));
    writeFileSync(
      join(dist, chunk ?? ""),
      "export const emitClient = () => { throw new TypeError('on purpose'); };",
    );
    const result = await project.run(["schema.json"]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^error E900 {2}mizan-gen made a mistake: on purpose\n/);
    expect(result.stderr).toContain("please report it");
    expect(result.stderr).not.toContain("    at ");
    expect(project.tree("mizan")).toEqual({});
    const debug = await project.run(["schema.json", "--debug"]);
    expect(debug.stderr).toMatch(/TypeError: on purpose\n {4}at /);
    broken.remove();
  });
});
