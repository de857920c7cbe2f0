import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shelfDocument, shelfSignIn, shelfValues } from "../conformance/shelf/document.js";
import { startShelfServer, type ShelfServer } from "../conformance/shelf/shelf-server.js";
import { startProxy, type Proxy } from "../conformance/planted/proxy.js";

const cli = resolve(import.meta.dirname, "../../bin/mizan-gen.js");

interface Run {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

describe("mizan-gen conformance", () => {
  let folder: string;
  let server: ShelfServer;
  let broken: Proxy;
  const signIn = `login=${JSON.stringify(shelfSignIn.input)}`;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mizan-conformance-"));
    writeFileSync(join(folder, "openapi.json"), JSON.stringify(shelfDocument));
    writeFileSync(join(folder, "values.json"), JSON.stringify(shelfValues));
    server = await startShelfServer();
    broken = await startProxy(server.url, {
      name: "304 is never answered",
      found: ["3.3-etag"],
      plant: () => ({ request: ({ headers }) => void delete headers["if-none-match"] }),
    });
  });
  afterAll(async () => {
    await broken.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(url: string, ...args: string[]): Promise<Run> {
    const { exitCode, stdout, stderr } = await execa(
      process.execPath,
      [cli, "conformance", url, "--schema", "openapi.json", ...args],
      { cwd: folder, reject: false, env: { GITHUB_ACTIONS: "" } },
    );
    return { code: exitCode, out: stdout, err: stderr };
  }
  const full = ["--values", "values.json", "--sign-in", signIn];

  it("exits with 0 when every case that was run passed, and counts what was not", async () => {
    const { code, out } = await run(server.url, ...full);
    expect(code).toBe(0);
    expect(out).toMatch(/Shelves at http:\/\/127\.0\.0\.1:\d+\/: \d+ passed, 0 failed, 1 not run/);
    expect(out).toContain("give -H 'Authorization: Bearer ...'");
  });

  it("exits with 1 for a case that failed: what was sent, expected, received, and how to mend it", async () => {
    const { code, out } = await run(broken.url, ...full, "--only", "3.3-etag");
    expect(code).toBe(1);
    expect(out).toContain("FAILED  3.3-etag");
    expect(out).toMatch(
      /context shelf {2}GET \/ctx\/shelf\/\?shelf_id=1\n {4}expected {2}304\n {4}received {2}200/,
    );
    expect(out).toContain("mend: ");
  });

  it("prints one JSON value with --format json", async () => {
    const { code, out } = await run(broken.url, ...full, "--only", "3.3-etag", "--format", "json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      summary: { passed: 0, failed: 1, notRun: 0 },
      cases: [{ id: "3.3-etag", status: "failed" }],
    });
  });

  it("annotates with --format github", async () => {
    const { out } = await run(broken.url, ...full, "--only", "3.3-etag", "--format", "github");
    expect(out).toMatch(
      /^::error title=conformance 3\.3-etag::Cacheable bundles carry a weak ETag/,
    );
  });

  const mistakes: Readonly<Record<string, readonly [args: readonly string[], message: string]>> = {
    "a case that does not exist": [["--only", "3.3-etga"], 'did you mean "3.3-etag"'],
    "values that are not there": [["--values", "missing.json"], "there is no such file"],
    "values that are no JSON": [["--values", "broken.json"], "it is no JSON"],
    "values of a function that does not exist": [
      ["--values", "misspelt.json"],
      '"shelf_inof" is no function of the document (did you mean "shelf_info"?)',
    ],
    "a sign-in that is no call": [["--sign-in", "login"], "function={...}"],
    "a sign-in by a function that does not exist": [
      ["--sign-in", 'logn={"a":1}'],
      'did you mean "login"',
    ],
    "a sign-in by a function that keeps the session": [
      ["--sign-in", 'add_item={"a":1}'],
      "does not change the session",
    ],
    "a sign-in that is refused": [
      ["--sign-in", 'login={"name": "R", "password": "wrong"}'],
      "403 bad_credentials",
    ],
    "a format for files": [["--format", "sarif"], "text, json or github"],
  };
  for (const [what, [args, message]] of Object.entries(mistakes)) {
    it(`exits with 2 and says so for ${what}`, async () => {
      writeFileSync(join(folder, "broken.json"), "{");
      writeFileSync(join(folder, "misspelt.json"), '{"shelf_inof": [{}]}');
      const { code, out, err } = await run(server.url, ...args);
      expect(code).toBe(2);
      expect(`${out}${err}`).toContain(message);
    });
  }

  it("exits with 2 when nothing listens there, or the address is none", async () => {
    const gone = await startShelfServer();
    await gone.close();
    const unreachable = await run(gone.url);
    expect(unreachable.code).toBe(2);
    expect(unreachable.err).toContain("nothing listens there");
    const relative = await run("localhost:8000");
    expect(relative.code).toBe(2);
    expect(relative.err).toContain("http://127.0.0.1:8000/");
  });

  it("exits with 2 when the server gives no document and none was named", async () => {
    const { exitCode, stderr } = await execa(process.execPath, [cli, "conformance", server.url], {
      cwd: folder,
      reject: false,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--schema openapi.json");
  });
});
