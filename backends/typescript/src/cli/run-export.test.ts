import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mizan-server-"));
  await build({
    absWorkingDir: root,
    entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts" },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
  });
  const declare = (body: string): string =>
    `import { createRegistry } from "./index.mjs";
const any = { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }),
  jsonSchema: { input: () => ({ type: "string" }), output: () => ({ type: "string" }) } } };
export const registry = createRegistry({ info: { title: "App", version: "1" },
  contexts: { c: { cache: { scope: "none" } } } });
export const other = 1;
${body}`;
  const query = 'registry.query("q", { context: "c", output: any }, () => "");';
  writeFileSync(join(folder, "app.mjs"), declare(query));
  const warns = 'registry.mutation("m", { output: any }, () => "");';
  writeFileSync(join(folder, "warns.mjs"), declare(query + warns));
  writeFileSync(
    join(folder, "wrong.mjs"),
    declare('registry.mutation("then", { affects: ["d"] });'),
  );
  writeFileSync(join(folder, "throws.mjs"), 'throw new Error("no database");');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const run = (...args: string[]): Promise<Run> =>
  new Promise((done) => {
    execFile(
      process.execPath,
      [join(folder, "cli.mjs"), ...args],
      { cwd: folder },
      (error, out, err) =>
        done({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });

describe("mizan-server export", () => {
  it("writes the document, to standard output or a file, the same each time", async () => {
    const { code, out } = await run("export", "./app.mjs");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ openapi: "3.1.0", info: { title: "App" } });
    expect(await run("export", "app.mjs#registry", "-o", "a.json")).toEqual({
      code: 0,
      out: "",
      err: "",
    });
    expect(readFileSync(join(folder, "a.json"), "utf8")).toBe(out);
  });

  it("--check writes nothing: 0 when the file is what would be written, 1 with the command when it is not", async () => {
    const check = () => run("export", "app.mjs", "-o", "b.json", "--check");
    expect(await check()).toMatchObject({
      code: 1,
      err: "b.json is missing; run: mizan-server export app.mjs -o b.json\n",
    });
    await run("export", "app.mjs", "-o", "b.json");
    expect((await check()).code).toBe(0);
    writeFileSync(join(folder, "b.json"), "{}");
    expect(await check()).toMatchObject({
      code: 1,
      err: expect.stringMatching(/not up to date/) as string,
    });
    expect(readFileSync(join(folder, "b.json"), "utf8")).toBe("{}");
  });

  it("tells warnings, and all errors with the way out", async () => {
    const warned = await run("export", "warns.mjs");
    expect(warned).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^W221 m: .*\n {2}help: /) as string,
    });
    const wrong = await run("export", "wrong.mjs");
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/E102 then: "then" is reserved.*\n {2}help: /);
    expect(wrong.err).not.toMatch(/\n\s+at /);
  });

  it.each([
    ["no command", [], /^$/],
    ["another command", ["generate"], /no command "generate"/],
    ["no module", ["export"], /name one module/],
    ["a flag that there is not", ["export", "app.mjs", "--out", "x"], /--out/],
    ["--check without a file", ["export", "app.mjs", "--check"], /-o schema\.json/],
    ["a file that is not there", ["export", "nope.mjs"], /there is no file nope\.mjs/],
    [
      "a name that is not exported",
      ["export", "app.mjs#app"],
      /exports no "app"; it exports: other, registry/,
    ],
    ["what is no registry", ["export", "app.mjs#other"], /no registry; make one by createRegistry/],
  ])("%s: status 2, and what to do", async (_what, args, message) => {
    const { code, err, out } = await run(...args);
    expect(code).toBe(2);
    expect(args.length === 0 ? out : err).toMatch(
      args.length === 0 ? /^mizan-server export/ : message,
    );
  });

  it("a module that fails to load says why", async () => {
    expect(await run("export", "throws.mjs")).toMatchObject({
      code: 1,
      err: "mizan-server: no database\n",
    });
  });
});
