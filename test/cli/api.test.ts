import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join, relative, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop, silentMutation } from "./documents.js";
import { InstalledCli, type Project } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});
afterAll(() => cli.remove());

/** Runs a module that imports the package, until it ends by itself; what it printed last is JSON. */
async function run(project: Project, script: string, root = cli.root): Promise<unknown> {
  const from = (name: string): string => JSON.stringify(join(root, `dist/${name}.js`));
  project.write(
    "script.mjs",
    `import { check, generate, watch } from ${from("index")};\n${script.replace("VITE", from("vite"))}`,
  );
  const { stdout, stderr } = await execa(process.execPath, ["script.mjs"], {
    cwd: project.folder,
    timeout: 60_000,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout.split("\n").at(-1) ?? "");
}

describe("the programmatic API", () => {
  it("hears every option, and refuses what is none", async () => {
    const project = cli.project({ "schema.json": shop() });
    const results = await run(
      project,
      `console.log(JSON.stringify([
        await generate({ input: "schema.json", output: "out", targets: ["react"] }),
        await generate({ inptu: "schema.json" }),
        await generate({ input: "schema.json", output: "out", enums: "both" }),
        await check({ input: "schema.json", output: "out", targets: ["react"] }),
      ]));`,
    );
    expect(project.tree("out")).toHaveProperty(["react/index.ts"]);
    expect(results).toMatchObject([
      { ok: true, text: expect.stringMatching(/^wrote \d+ files/) as unknown },
      {
        ok: false,
        findings: [
          { code: "E053", message: expect.stringContaining('(did you mean "input"?)') as unknown },
        ],
      },
      { ok: false, findings: [{ code: "E053" }], projects: [] },
      { ok: true, text: expect.stringMatching(/is in step with schema.json/) as unknown },
    ]);
  });

  it("gives findings with their lines, and as the text that the command line prints", async () => {
    const project = cli.project({ "schema.json": shop({ functions: silentMutation }) });
    const [written, drift, broken] = (await run(
      project,
      `import { writeFileSync } from "node:fs";
      const options = { input: "schema.json", output: "out", targets: [] };
      const results = [await generate(options)];
      writeFileSync("out/types.ts", "");
      results.push(await check(options));
      writeFileSync("schema.json", '{ "openapi": ');
      results.push(await generate(options));
      console.log(JSON.stringify(results));`,
    )) as { text: string; findings: { frame: string | null }[] }[];
    expect(written?.findings[0]?.frame).toMatch(/^ +\d+ \| .*"touch"[^]*\^\^/m);
    expect(written?.text).toMatch(/^warning W221 [^]*\nwrote \d+ files/);
    expect(drift?.text).toMatch(/edited by hand +out\/types.ts: Thing0 added\n.*differs/);
    expect(broken?.text).toMatch(/^error E004 [^]*\nnothing was written\n$/);
    expect(broken?.findings[0]?.frame).toContain('{ "openapi":');
    const { stderr } = await project.run(["schema.json", "-o", "out"]);
    expect(stderr).toContain(broken?.findings[0]?.frame);
  });

  it("runs at the same time, for one output and for several", async () => {
    const project = cli.project({
      "a.json": shop({ resources: 3 }),
      "b.json": shop({ resources: 2 }),
    });
    const results = await run(
      project,
      `const of = (input, output) => ({ input, output, targets: [] });
      const calls = ["one", "one", "two", "one", "three"].map((output) => generate(of("a.json", output)));
      const first = await Promise.all(calls);
      // Two documents for one output: whichever comes last, it is whole.
      const second = await Promise.all([generate(of("a.json", "one")), generate(of("b.json", "one"))]);
      const checks = [await check(of("a.json", "one")), await check(of("b.json", "one"))];
      console.log(JSON.stringify([first, second, checks].map((list) => list.map(({ ok }) => ok))));`,
    );
    const [first, second, checks] = results as boolean[][];
    expect(first).toEqual([true, true, true, true, true]);
    expect(second).toEqual([true, true]);
    expect(checks?.toSorted()).toEqual([false, true]);
    const { ".mizan-gen.json": manifest, ...files } = project.tree("two");
    expect(manifest).toBeDefined();
    expect(files).toEqual(
      Object.fromEntries(
        Object.entries(project.tree("three")).filter(([name]) => name !== ".mizan-gen.json"),
      ),
    );
  });

  it("watches until it is closed, and then nothing keeps the process", async () => {
    const project = cli.project({ "schema.json": shop() });
    const events = await run(
      project,
      `import { readFileSync, writeFileSync } from "node:fs";
      const events = [];
      let wake;
      const next = (kind, test = () => true) => new Promise((done) => {
        wake = () => {
          const found = events.find((event) => !event.taken && event.kind === kind && test(event));
          if (found) done((found.taken = true));
        };
        wake();
      });
      const options = { input: "schema.json", output: "out", targets: [] };
      const watching = watch(options, (event) => { events.push(event); wake?.(); });
      await watching.ready;
      await next("run");
      const good = readFileSync("schema.json", "utf8");
      writeFileSync("schema.json", "{");
      await next("run", ({ project }) => project.failed);
      writeFileSync("schema.json", good.replaceAll("thing_0", "thing_9"));
      await next("run", ({ project }) => project.changes.length > 0);
      await watching.close();
      await watching.close();
      writeFileSync("schema.json", good);
      const controller = new AbortController();
      const second = watch({ ...options, signal: controller.signal }, () => undefined);
      await second.ready;
      controller.abort();
      console.log("\\n" + JSON.stringify(events));`,
    );
    expect(events).toMatchObject([
      { kind: "run", changed: [], findings: [], details: "" },
      { kind: "watching", text: "watching schema.json" },
      ...(events as object[]).slice(2, -1).map(() => ({ kind: "run", changed: ["schema.json"] })),
      {
        kind: "run",
        changed: ["schema.json"],
        text: expect.stringMatching(/^schema.json changed: /) as unknown,
        contract: expect.arrayContaining([
          expect.stringMatching(/^~ rename_thing_9: .* rename_thing_0/) as unknown,
        ]) as unknown,
      },
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({
        text: "schema.json changed: 1 error; the last good output stays",
        details: expect.stringMatching(/^error E004 /) as unknown,
      }),
    );
    expect(project.read("out/index.ts")).toContain("thing_0");
  });

  it("reports the start of a watch that cannot be, waits for the config, and names a URL as it is", async () => {
    const server = createServer((_request, response) => response.end(JSON.stringify(shop())));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
    const project = cli.project();
    const texts = await run(
      project,
      `import { writeFileSync } from "node:fs";
      const texts = [];
      let wrote;
      const done = new Promise((resolve) => (wrote = resolve));
      const watching = watch({ targets: [] }, (event) => {
        texts.push([event.text, ...(event.findings ?? []).map(({ code }) => code)]);
        if (event.kind === "run") wrote();
      });
      await watching.ready;
      writeFileSync("mizan.config.ts", 'export default { input: "-", output: "out" };');
      const stdin = await new Promise((resolve) => setTimeout(() => resolve(texts.at(-1)), 400));
      writeFileSync("mizan.config.ts", 'export default { input: "${url}", output: "out" };');
      await done;
      await watching.close();
      console.log("\\n" + JSON.stringify(texts));`,
    );
    server.close();
    expect(texts).toEqual([
      ["the config has errors; waiting for a better one", "E051"],
      ["watching "],
      ["the config has errors; the one before stays in force", "E050"],
      ["mizan.config.ts changed"],
      [expect.stringMatching(/^wrote \d+ files/)],
    ]);
  });

  it("throws what a listener throws, as any emitter does, and goes on", async () => {
    const project = cli.project({ "schema.json": shop() });
    const seen = await run(
      project,
      `const seen = [];
      process.on("uncaughtException", ({ message }) => seen.push(message));
      const watching = watch({ input: "schema.json", output: "out", targets: [] }, ({ kind }) => {
        throw new Error(kind);
      });
      await watching.ready;
      await watching.close();
      console.log("\\n" + JSON.stringify(seen));`,
    );
    expect(seen).toEqual(["run", "watching"]);
  });
});

describe("an import of the package", () => {
  for (const [name, most] of [
    ["index", 10_000],
    ["vite", 25_000],
  ] as const) {
    it(`of dist/${name}.js loads next to nothing, opens nothing, writes nothing, changes nothing`, async () => {
      const bare = new InstalledCli();
      const loaded = staticImports(join(bare.root, `dist/${name}.js`));
      expect(loaded.length).toBeLessThanOrEqual(6);
      const bytes = loaded.reduce((sum, file) => sum + statSync(file).size, 0);
      expect(bytes).toBeLessThan(most);
      const dist = join(bare.root, "dist");
      // With everything else gone it still can be imported: nothing else is loaded.
      for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
        const path = join(dist, file);
        if (statSync(path, { throwIfNoEntry: false })?.isFile() && !loaded.includes(path)) {
          rmSync(path);
        }
      }
      const project = bare.project();
      project.write(
        "script.mjs",
        `const look = () => ({
          globals: Reflect.ownKeys(globalThis).map(String),
          listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
          environment: process.env,
          cwd: process.cwd(),
          exitCode: process.exitCode ?? null,
          resources: process.getActiveResourcesInfo(),
        });
        // What Node itself makes lazily, it has made now.
        await import("node:fs");
        look();
        const before = JSON.stringify(look());
        await import(${JSON.stringify(join(dist, `${name}.js`))});
        const after = JSON.stringify(look());
        console.log(before === after ? "the same" : before + "\\n" + after);`,
      );
      const files = project.tree();
      const { stdout } = await execa(process.execPath, ["script.mjs"], { cwd: project.folder });
      expect(stdout).toBe("the same");
      expect(project.tree()).toEqual(files);
      bare.remove();
    });
  }
});

/** A module and all that it imports before it runs. */
function staticImports(entry: string): string[] {
  const found = [entry];
  for (const file of found) {
    const text = readFileSync(file, "utf8");
    for (const [, path = ""] of text.matchAll(/(?:from|import)"(\.\/[^"]+)"/g)) {
      const target = resolve(dirname(file), path);
      if (!found.includes(target)) found.push(target);
    }
  }
  expect(found.map((file) => relative(dirname(entry), file)).join()).not.toContain("..");
  return found;
}
