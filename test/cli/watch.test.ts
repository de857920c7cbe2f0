import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli, type Project } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

const color = { members: { color: { type: "string" } } };
const size = { members: { size: { type: "number" } } };
/** The line of a run: when, what changed, what was done. */
const ran = /^\d\d:\d\d:\d\d api\/schema.json changed: .*\(.*\)$/m;

function types(project: Project): string {
  return project.read("mizan/types.ts");
}

describe("watch", () => {
  it("follows a session of edits: change, error, heal, atomic save, removal, new directory", async () => {
    const project = cli.project({ "api/schema.json": shop({ resources: 2 }) });
    const session = project.start(["watch", "api/schema.json"]);
    await session.waitFor(/^\d\d:\d\d:\d\d wrote \d+ files \(\d+ new\) to mizan/m);
    await session.waitFor(/watching api\/schema.json/);

    project.write("api/schema.json", shop({ resources: 2, ...color }));
    // A write in place may be seen half done, as an error that heals; what counts is where it ends.
    await session.waitFor(/changed: 1 updated, \d+ unchanged \(/);
    expect(types(project)).toContain("color");

    // Broken: shown, and the last good output stays.
    project.write("api/schema.json", '{ "openapi": ');
    await session.waitFor(/error E004 /);
    await session.waitFor(/api\/schema.json changed: 1 error; the last good output stays/);
    expect(types(project)).toContain("color");

    // Healed: the same as before, so nothing is to be written.
    project.write("api/schema.json", shop({ resources: 2, ...color }));
    await session.waitFor(/changed: \d+ unchanged \(/);

    // Editors write beside and rename; a watched file would go deaf.
    for (const members of [size, color]) {
      project.write("api/schema.json~", shop(members));
      renameSync(project.path("api/schema.json~"), project.path("api/schema.json"));
      await session.waitFor(ran);
    }
    expect(types(project)).toContain("color");
    expect(project.tree("mizan")).not.toHaveProperty(["contexts/thing_1.ts"]);

    rmSync(project.path("api/schema.json"));
    await session.waitFor(/error E001 /);
    await session.waitFor(/the last good output stays/);
    project.write("api/schema.json", shop(size));
    await session.waitFor(ran);
    expect(types(project)).toContain("size");

    // The directory goes and comes back, as with a change of branches.
    rmSync(project.path("api"), { recursive: true });
    await session.waitFor(/the last good output stays/);
    project.write("api/schema.json", shop(color));
    await session.waitFor(ran);
    expect(types(project)).toContain("color");
    project.write("api/schema.json", shop(size));
    await session.waitFor(ran);
    expect(types(project)).toContain("size");

    expect(await session.end("SIGINT")).toEqual({ code: 0, signal: null });
  });

  it("is started by -w as well, ends with 143 on SIGTERM, and reports JSON one line a run", async () => {
    const project = cli.project({ "schema.json": shop() });
    const session = project.start(["schema.json", "-w", "--format", "json"]);
    const first = await session.waitFor(/^\{.*\}\n/m);
    expect(JSON.parse(first)).toMatchObject({ projects: [{ status: "done" }] });
    project.write("schema.json", shop(color));
    const second = await session.waitFor(/^\{.*\}\n/m);
    expect(JSON.parse(second)).toMatchObject({
      projects: [{ changes: [{ path: "types.ts", kind: "update" }] }],
      contract: [expect.stringMatching(/^~ Thing0: color is new/) as unknown],
    });
    expect(await session.end("SIGTERM")).toEqual({ code: 143, signal: null });
  });

  it("starts with a document that has errors or is missing, and waits for a better one", async () => {
    const project = cli.project();
    mkdirSync(project.path("api"));
    const session = project.start(["watch", "api/schema.json"]);
    await session.waitFor(/error E001 /);
    await session.waitFor(/watching/);
    project.write("api/schema.json", shop());
    await session.waitFor(ran);
    expect(types(project)).toContain("Thing0");
    await session.end("SIGINT");
  });

  it("does not run for what it writes itself, nor for other files, nor for a touch", async () => {
    const project = cli.project({ "schema.json": shop() });
    const session = project.start(["watch", "schema.json", "-o", "mizan"]);
    await session.waitFor(/watching/);
    const before = session.output;
    project.write("other.json", "{}");
    project.write("schema.json", shop());
    // A real change after it: had the others caused runs, their lines would stand before.
    await new Promise((later) => setTimeout(later, 400));
    project.write("schema.json", shop(color));
    await session.waitFor(/schema.json changed: 1 updated/);
    expect(session.output.slice(before.length).match(/changed:/g)).toHaveLength(1);
    await session.end("SIGINT");
  });

  it("follows files that references lead to", async () => {
    const document = shop() as { components: { schemas: Record<string, object> } };
    document.components.schemas["Thing0"] = { $ref: "shared/thing.json#/Thing" };
    const thing = (name: string): object => ({
      Thing: { type: "object", properties: { [name]: { type: "string" } } },
    });
    const project = cli.project({ "schema.json": document, "shared/thing.json": thing("one") });
    const session = project.start(["watch", "schema.json", "--allow-refs"]);
    await session.waitFor(/watching/);
    project.write("shared/thing.json", thing("two"));
    await session.waitFor(/shared\/thing.json changed: 1 updated/);
    expect(types(project)).toContain("two");
    // Missing for a moment, then back: still followed.
    rmSync(project.path("shared/thing.json"));
    await session.waitFor(/the last good output stays/);
    project.write("shared/thing.json", thing("three"));
    await session.waitFor(/shared\/thing.json changed: 1 updated/);
    expect(types(project)).toContain("three");
    await session.end("SIGINT");
  });

  it("follows what a symbolic link stands for", async () => {
    const project = cli.project({ "real/schema.json": shop() });
    symlinkSync("real/schema.json", project.path("schema.json"));
    const session = project.start(["watch", "schema.json"]);
    await session.waitFor(/watching/);
    project.write("real/schema.json~", shop(color));
    renameSync(project.path("real/schema.json~"), project.path("real/schema.json"));
    await session.waitFor(/schema.json changed: 1 updated/);
    expect(types(project)).toContain("color");
    await session.end("SIGINT");
  });

  it("follows the config: another output, an error, a correction", async () => {
    const project = cli.project({
      "schema.json": shop(),
      "mizan.config.mjs": 'export default { input: "schema.json", output: "one" };',
    });
    const session = project.start(["watch"]);
    await session.waitFor(/watching/);
    project.write("mizan.config.mjs", 'export default { input: "schema.json", output: "two" };');
    await session.waitFor(/mizan.config.mjs changed/);
    await session.waitFor(/wrote \d+ files .* to two/);
    // Half of it, then all of it again: no change, and nothing is said of it.
    const said = session.output;
    project.write("mizan.config.mjs", "export default {");
    project.write("mizan.config.mjs", 'export default { input: "schema.json", output: "two" };');
    await new Promise((passed) => setTimeout(passed, 400));
    expect(session.output).toBe(said);
    project.write("mizan.config.mjs", 'export default { inputs: "schema.json" };');
    await session.waitFor(/unknown option "inputs" \(did you mean "input"\?\)/);
    await session.waitFor(/the one before stays in force/);
    project.write("schema.json", shop(color));
    await session.waitFor(/schema.json changed: 1 updated/);
    expect(project.read("two/types.ts")).toContain("color");
    await session.end("SIGINT");
  });

  it("says what is new in the contract, ten lines of it at most", async () => {
    const project = cli.project({ "schema.json": shop() });
    await project.run(["schema.json"]);
    const session = project.start(["watch", "schema.json"]);
    await session.waitFor(/nothing to do: .*\n/);
    // Nothing was built at the start; the first change has something to compare with all the same.
    project.write("schema.json", shop(color));
    await session.waitFor(/changed: 1 updated.*\n {9}~ Thing0: color is new \(.*\n/);
    // After an error, against the last contract that had none.
    project.write("schema.json", "{}");
    await session.waitFor(/error E\d+ /);
    project.write("schema.json", shop({ members: { ...color.members, ...size.members } }));
    await session.waitFor(/changed: 1 updated.*\n {9}~ Thing0: size is new/);
    project.write("schema.json", shop({ resources: 20, ...color }));
    await session.waitFor(/( {9}[+~-] .*\n){10} {9}and \d+ more\n/);
    await session.end("SIGINT");
  });

  it("tells a warning once, and counts it in each line", async () => {
    const output = { type: "string" };
    const touch = { kind: "mutation", auth: { mode: "none" }, input: null, output };
    const warned = (members = {}): object => shop({ members, functions: { touch } });
    const project = cli.project({ "schema.json": warned() });
    const session = project.start(["watch", "schema.json"]);
    await session.waitFor(/warning W221 /);
    await session.waitFor(/wrote \d+ files .*, 1 warning\n/);
    project.write("schema.json", warned(color.members));
    await session.waitFor(/changed: 1 updated, \d+ unchanged, 1 warning \(/);
    project.write("schema.json", "{");
    await session.waitFor(/error E004 /);
    project.write("schema.json", warned(color.members));
    await session.waitFor(/changed: \d+ unchanged, 1 warning \(/);
    project.write("schema.json", warned(size.members));
    await session.waitFor(/changed: 1 updated, \d+ unchanged, 1 warning \(/);
    expect(session.output.match(/W221 {2}/g)).toHaveLength(1);
    await session.end("SIGINT");
  });

  it("follows templates: a change, a mistake, a correction, a new one, a directory that comes later", async () => {
    const project = cli.project({ "schema.json": shop() });
    const args = ["--target", "react", "--templates", "own"];
    const mutation = (text: string): void => project.write("own/react/mutation.ts.hbs", text);
    const made = (): string => project.read("mizan/react/useRenameThing0.ts");
    const session = project.start(["watch", "schema.json", ...args]);
    await session.waitFor(/error E061 .*directory of templates does not exist/);
    await session.waitFor(/watching/);
    mutation("{{header}}\nexport const one = 1;\n");
    await session.waitFor(/own\/react\/mutation.ts.hbs changed: \d+ new/);
    expect(made()).toContain("one = 1");
    mutation("{{header}}\nexport const two = ;\n");
    await session.waitFor(/error E062 /);
    await session.waitFor(/the last good output stays/);
    expect(made()).toContain("one = 1");
    mutation("{{header}}\nexport const two = 2;\n{{> more}}\n");
    await session.waitFor(/there is no partial "more"/);
    project.write("own/react/_more.hbs", "export const more = 3;");
    await session.waitFor(/own\/react\/_more.hbs changed: 1 updated/);
    expect(made()).toContain("more = 3");
    rmSync(project.path("own/react/mutation.ts.hbs"));
    await session.waitFor(/mutation.ts.hbs changed: 1 updated/);
    expect(made()).not.toContain("two");
    await session.end("SIGINT");
  });

  it("a run that is overtaken writes nothing", async () => {
    const project = cli.project({ "schema.json": shop({ resources: 300 }) });
    const session = project.start(["watch", "schema.json"]);
    await session.waitFor(/watching/);
    // A save every few milliseconds, for longer than a run takes.
    for (let save = 0; save < 60; save++) {
      project.write("schema.json~", shop({ resources: 300, members: { [`save_${save}`]: {} } }));
      renameSync(project.path("schema.json~"), project.path("schema.json"));
      await new Promise((later) => setTimeout(later, 10));
    }
    await expect.poll(() => types(project), { timeout: 40_000 }).toContain("save_59");
    // Its line, and those of the few that found a gap.
    await session.waitFor(/save_59 is new/);
    expect(session.output.match(/changed: /g)?.length).toBeLessThan(20);
    expect(session.output).not.toContain("error");
    await session.end("SIGINT");
  });

  it("--poll looks at the files by itself", async () => {
    const project = cli.project({ "api/schema.json": shop() });
    const session = project.start(["watch", "api/schema.json", "--poll"]);
    await session.waitFor(/watching/);
    project.write("api/schema.json", shop(color));
    await session.waitFor(ran);
    expect(types(project)).toContain("color");
    await session.end("SIGINT");
  });
});

describe("watching a URL", () => {
  let server: Server;
  let url: string;
  let answer: { status: number; type?: string; body: string };
  let asked: { full: number; unchanged: number };
  const methods = new Set<string>();

  beforeAll(async () => {
    server = createServer((request, response) => {
      methods.add(String(request.method));
      const tag = `"${answer.body.length}"`;
      if (request.method !== "GET") return void response.writeHead(405).end();
      if (answer.status === 200 && request.headers["if-none-match"] === tag) {
        asked.unchanged++;
        return void response.writeHead(304).end();
      }
      asked.full++;
      const type = answer.type ?? "application/json";
      response.writeHead(answer.status, { "content-type": type, etag: tag }).end(answer.body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("waits for the server, one line an outage, follows changes, and asks with an ETag", async () => {
    asked = { full: 0, unchanged: 0 };
    answer = { status: 503, body: "" };
    const project = cli.project();
    const session = project.start(["watch", url]);
    await session.waitFor(/error E013 /);
    await session.waitFor(/waiting for http/);
    answer = { status: 200, body: JSON.stringify(shop()) };
    await session.waitFor(/wrote \d+ files/);
    answer = { status: 200, body: JSON.stringify(shop(color)) };
    await session.waitFor(/openapi.json changed: 1 updated/);
    expect(types(project)).toContain("color");

    // The dev server restarts: it writes half a document, is gone, then serves its error page.
    const before = session.output.length;
    answer = { status: 200, body: '{"openapi": "3.' };
    await session.waitFor(/waiting for http/);
    answer = { status: 200, type: "text/html", body: "<html>" };
    await new Promise((later) => setTimeout(later, 2500));
    expect(session.output.slice(before).match(/waiting/g)).toHaveLength(1);
    answer = { status: 200, body: JSON.stringify(shop(size)) };
    await session.waitFor(/openapi.json changed: 1 updated/);
    expect(types(project)).toContain("size");
    const { full } = asked;
    await expect.poll(() => asked.unchanged, { timeout: 10_000 }).toBeGreaterThan(1);
    expect(asked.full).toBe(full);
    // Dev servers answer 405 to anything else.
    expect([...methods]).toEqual(["GET"]);
    expect(await session.end("SIGINT")).toEqual({ code: 0, signal: null });
  });

  it("a server that is gone, fails, then comes back on the same port: one line an outage, back-off, and on", async () => {
    let tries: number[] = [];
    const body = (document: object): string => JSON.stringify(document);
    let status = 200;
    let text = body(shop());
    const open = async (port: number): Promise<Server> => {
      const opened = createServer((_request, response) => {
        tries.push(performance.now());
        response.writeHead(status, { "content-type": "application/json" }).end(text);
      });
      await new Promise<void>((done) => opened.listen(port, "127.0.0.1", done));
      return opened;
    };
    let dev = await open(0);
    const { port } = dev.address() as AddressInfo;
    const project = cli.project();
    const session = project.start(["watch", `http://127.0.0.1:${port}/openapi.json`]);
    await session.waitFor(/wrote \d+ files/);
    const close = async (): Promise<void> => {
      dev.closeAllConnections();
      await new Promise((done) => dev.close(done));
    };

    await close();
    await session.waitFor(/error E012 /);
    await session.waitFor(/waiting for http/);
    const before = session.output.length;
    // It comes back as servers do: broken at first.
    status = 500;
    tries = [];
    dev = await open(port);
    await expect.poll(() => tries.length, { timeout: 20_000 }).toBeGreaterThan(1);
    const [first = 0, second = 0] = tries;
    // After some failures, five seconds.
    expect(second - first).toBeGreaterThan(1900);
    expect(session.output.slice(before)).toBe("");
    status = 200;
    text = body(shop(color));
    await session.waitFor(/openapi.json changed: 1 updated.*\n {9}~ Thing0: color is new/);
    // A second outage is told again.
    await close();
    await session.waitFor(/waiting for http/);
    expect(types(project)).toContain("color");
    expect(await session.end("SIGINT")).toEqual({ code: 0, signal: null });
  });
});
