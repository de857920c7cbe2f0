import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { execa } from "execa";
import { createServer, type InlineConfig, type ViteDevServer } from "vite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generate } from "mizan-gen";
import mizan, { type MizanOptions } from "mizan-gen/vite";
import { App, eventually, Log, type Document } from "../browser/vite/dev-site.js";

let app: App;
let log: Log;
const servers: ViteDevServer[] = [];

beforeEach(({ onTestFailed }) => {
  app = new App();
  log = new Log();
  onTestFailed(() => {
    process.stderr.write(`${log.lines.join("\n")}\n`);
  });
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  app.remove();
});

async function start(
  options: MizanOptions = { input: "schema.json", output: "src/mizan", targets: [] },
  config: InlineConfig = {},
): Promise<ViteDevServer> {
  const server = await createServer({
    root: app.folder,
    configFile: false,
    customLogger: log.logger,
    server: { port: 0, ws: false },
    optimizeDeps: { noDiscovery: true },
    plugins: [mizan(options)],
    ...config,
  });
  servers.push(server);
  await server.listen();
  return server;
}

function addMember(name: string): (document: Document) => void {
  return (document) => {
    const book = document.components.schemas["Book"];
    if (book) book.properties[name] = { type: "string" };
  };
}

const runs = (): string[] => log.ours.filter((line) => line.includes("changed:"));
const types = (): string => app.read("src/mizan/types.ts");

/** Watches of files and directories that this process holds. */
const watches = (): number =>
  process.getActiveResourcesInfo().filter((name) => name.startsWith("FSEvent")).length;

describe("the Vite plugin in a dev server", () => {
  it("says one line for a run that wrote something, and nothing when there was nothing to do", async () => {
    await (await start()).close();
    expect(log.ours).toEqual([expect.stringMatching(/^info: mizan-gen: wrote \d+ files/)]);
    log = new Log();
    await start();
    expect(log.ours).toEqual([]);
    // Another text of the same document.
    app.write("schema.json", JSON.stringify(JSON.parse(app.read("schema.json"))));
    app.edit(addMember("colour"));
    await eventually("a run", () => runs().length > 0);
    expect(types()).toContain("colour");
    expect(runs()).toHaveLength(1);
  });

  it("keeps one watch through restarts, and leaves nothing open", async () => {
    const before = watches();
    const server = await start();
    for (const round of ["first", "second", "third"]) {
      await server.restart();
      app.edit(addMember(round));
      await eventually(`the ${round} run`, () => types().includes(round));
    }
    await server.restart();
    await server.restart();
    app.edit(addMember("fourth"));
    await eventually("the last run", () => types().includes("fourth"));
    await new Promise((later) => setTimeout(later, 300));
    expect(runs()).toHaveLength(4);
    await server.close();
    await eventually("no watch more than before", () => watches() <= before);
    app.edit(addMember("fifth"));
    await new Promise((later) => setTimeout(later, 300));
    expect(types()).not.toContain("fifth");
  });

  it("is one watch for two servers of the same app, as long as one of them runs", async () => {
    const first = await start();
    const others = log;
    log = new Log();
    const second = await start();
    app.edit(addMember("colour"));
    await eventually("a run", () => runs().length === 1);
    expect(others.ours.filter((line) => line.includes("changed:"))).toEqual(runs());
    await first.close();
    app.edit(addMember("weight"));
    await eventually("a run", () => runs().length === 2);
    await second.close();
    expect(types()).toContain("weight");
  });

  it("follows a config with several projects, one with errors at the start, and a change of it", async () => {
    app.write("mizan.config.json", '{ "input": "schema.json", "outptu": "src/mizan" }');
    await start({ targets: [] });
    expect(log.lines.join("\n")).toMatch(/error: \n?.*E053.*outptu/);
    const projects = [
      { name: "shop", input: "schema.json", output: "src/shop" },
      { name: "books", input: "schema.json", output: "src/books", include: ["book_*"] },
    ];
    app.write("mizan.config.json", JSON.stringify(projects));
    await eventually("both", () => log.ours.filter((line) => line.includes("wrote")).length === 2);
    expect(app.read("src/books/index.ts")).not.toContain("rename_user");
    app.edit(addMember("colour"));
    await eventually("two runs", () => runs().length === 2);
    app.write("mizan.config.json", JSON.stringify([{ ...projects[0], output: "src/store" }]));
    await eventually("the new place", () => log.ours.at(-1)?.includes("src/store"));
  });

  it("says what is wrong with its own options, also to callers without types", async () => {
    const misspelt = { inptu: "schema.json" } as MizanOptions;
    await start(misspelt);
    expect(log.lines.join("\n")).toMatch(/E053 .*unknown option "inptu".*"input"/);
    const wrong = { build: "chek" } as unknown as MizanOptions;
    await expect(start(wrong)).rejects.toThrow(/"build" .* must be one of "check", "generate"/);
  });

  it("starts without the server of the document, and generates when that is there", async () => {
    const backend = createHttpServer((_request, response) => response.end(app.read("schema.json")));
    await new Promise<void>((done) => backend.listen(0, "127.0.0.1", done));
    const { port } = backend.address() as AddressInfo;
    await new Promise((done) => backend.close(done));
    const input = `http://127.0.0.1:${port}/openapi.json`;
    await start({ input, output: "src/mizan", targets: [] });
    expect(log.ours.at(-1)).toBe(`info: mizan-gen: waiting for ${input}`);
    await new Promise<void>((done) => backend.listen(port, "127.0.0.1", done));
    await eventually("the client", () => log.ours.some((line) => line.includes("wrote")));
    app.edit(addMember("colour"));
    await eventually("a run", () => runs().length === 1);
    expect(runs()[0]).toContain(`mizan-gen: ${input} changed: 1 updated`);
    await new Promise((done) => {
      backend.close(done);
      backend.closeAllConnections();
    });
  });

  it("does not watch where it is told not to", async () => {
    await generate({ cwd: app.folder, input: "schema.json", output: "src/mizan", targets: [] });
    const before = watches();
    const server = await start({ input: "schema.json", output: "src/mizan", dev: "off" });
    app.edit(addMember("colour"));
    await new Promise((later) => setTimeout(later, 300));
    expect(types()).not.toContain("colour");
    await server.close();
    await eventually("no watch more than before", () => watches() <= before);
  });

  it("serves frameworks that make pages themselves: middleware mode, no index.html, modules for the server", async () => {
    app.write(
      "src/entry.ts",
      'export { updateProfileForm } from "./mizan";\nexport { contract } from "./mizan";\n',
    );
    const server = await createServer({
      root: app.folder,
      configFile: false,
      customLogger: log.logger,
      appType: "custom",
      server: { middlewareMode: true, ws: false },
      optimizeDeps: { noDiscovery: true },
      plugins: [mizan({ input: "schema.json", output: "src/mizan", targets: [] })],
    });
    servers.push(server);
    const fields = async (): Promise<string> => {
      const { updateProfileForm } = await server.ssrLoadModule("/src/entry.ts");
      return JSON.stringify((updateProfileForm as { fields: unknown }).fields);
    };
    expect(await fields()).toContain('["name"]');
    app.edit((document) => {
      const form = document.components.schemas["ProfileForm"];
      if (form) form.properties["phone"] = { type: "string" };
    });
    await eventually("the field on the server", async () => (await fields()).includes('["phone"]'));
    // What closes the overlay comes with Vite's own client, so every page has it.
    const client = await server.transformRequest("/@vite/client");
    expect(client?.code).toContain("mizan-gen:healed");
  });

  it("leaves Vitest alone: no run, no watch, no line", async () => {
    app.link("vitest");
    app.write(
      "vite.config.ts",
      `import mizan from "mizan-gen/vite";
       export default { plugins: [mizan({ input: "schema.json", output: "src/mizan" })] };`,
    );
    app.write(
      "one.test.ts",
      'import { existsSync } from "node:fs";\nimport { expect, it } from "vitest";\nit("is alone", () => expect(existsSync("src/mizan")).toBe(false));\n',
    );
    const { stdout, stderr } = await execa("node_modules/vitest/vitest.mjs", ["run"], {
      cwd: app.folder,
      env: { NO_COLOR: "1" },
    });
    expect(stdout).toContain("1 passed");
    expect(stdout + stderr).not.toContain("mizan-gen:");
  });

  it("lives in the command as well: a change of vite.config restarts it once, a signal ends it", async () => {
    const config = (enums: string): string =>
      `import mizan from "mizan-gen/vite";
       export default {
         server: { port: 0 },
         plugins: [mizan({ input: "schema.json", output: "src/mizan", targets: [], enums: "${enums}" })],
       };`;
    app.write("vite.config.ts", config("union"));
    app.write("index.html", "<title>Shop</title>");
    const command = execa(process.execPath, ["node_modules/vite/bin/vite.js"], {
      cwd: app.folder,
      env: { NO_COLOR: "1" },
      reject: false,
      all: true,
    });
    let output = "";
    command.all.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await eventually("the server", () => output.includes("Local:"));
    expect(output).toMatch(/\[vite\] mizan-gen: wrote \d+ files/);
    app.write("vite.config.ts", config("const"));
    await eventually("the restart", () => output.includes("server restarted"));
    expect(types()).toContain("as const");
    app.edit(addMember("colour"));
    await eventually("a run", () => output.includes("changed:"));
    await new Promise((later) => setTimeout(later, 500));
    expect(output.match(/changed:/g)).toHaveLength(1);
    command.kill("SIGTERM");
    const { exitCode } = await command;
    expect(exitCode).toBe(143);
  });
});
