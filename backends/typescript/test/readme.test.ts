import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBrowser } from "./browser.js";
import type { Handler } from "../src/serve/create-handler.js";

const root = resolve(import.meta.dirname, "..");
const snippets = [
  ...readFileSync(join(root, "README.md"), "utf8").matchAll(/```ts\n([^]*?)```/g),
].map(([, text = ""]) => text);
const [app = "", server = "", valibot = "", sessions = ""] = snippets;

let folder = "";

beforeAll(() => {
  // Below the package, so that its dependencies are found.
  mkdirSync(join(root, ".cache"), { recursive: true });
  folder = mkdtempSync(join(root, ".cache", "readme-"));
  writeFileSync(join(folder, "app.ts"), app);
  writeFileSync(join(folder, "server.ts"), server);
  writeFileSync(join(folder, "valibot.ts"), valibot);
  writeFileSync(join(folder, "sessions.ts"), sessions);
  writeFileSync(
    join(folder, "notes.ts"),
    'import { createHandler } from "mizan-server";\nimport { registry } from "./app.js";\nexport const handler = createHandler(registry);\n',
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function load(name: string): Promise<Record<string, unknown>> {
  const outfile = join(folder, `${name}.mjs`);
  const tsconfig = join(root, "tsconfig.json");
  await build({
    entryPoints: [join(folder, `${name}.ts`)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    tsconfig,
  });
  return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Record<string, unknown>;
}

describe("the snippets of the README", () => {
  it("are four", () => expect(snippets).toHaveLength(4));

  it("compile under the strictest settings", () => {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) =>
      ts.sys.readFile(path),
    ) as {
      config: object;
    };
    const { options } = ts.parseJsonConfigFileContent(
      { ...config, include: [], files: [join(root, "src/index.ts")] },
      ts.sys,
      root,
    );
    const files = ["app", "server", "valibot", "sessions"].map((name) =>
      join(folder, `${name}.ts`),
    );
    const program = ts.createProgram(files, options);
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(messages).toEqual([]);
  });

  it("quick start: reads a note, edits it, merges the answer", async () => {
    const { handler } = (await load("notes")) as { handler: Handler };
    const browser = createBrowser(handler);
    expect((await browser.get("/ctx/note/?note_id=1")).body).toMatchObject({
      data: { note: { id: 1, text: "Buy bread" } },
    });
    const { body } = await browser.post("/call/edit_note", { note_id: 1, text: "Buy milk" });
    expect(body["merge"]).toMatchObject([
      { context: "note", slot: "note", params: { note_id: 1 } },
    ]);
  });

  it("sessions: signs in", async () => {
    const { handler } = (await load("sessions")) as { handler: Handler };
    const browser = createBrowser(handler);
    await browser.startSession();
    expect(browser.cookie()).toMatch(/^__Host-session=/);
    expect((await browser.post("/call/login", { id: 8 })).status).toBe(403);
    expect((await browser.post("/call/login", { id: 7 })).status).toBe(200);
    expect((await browser.startSession()).body).toMatchObject({ user: { id: 7 } });
  });

  it("valibot: seals", async () => {
    const { registry } = (await load("valibot")) as { registry: { seal: () => unknown } };
    expect(registry.seal()).toBeDefined();
  });
});
