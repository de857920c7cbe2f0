import { writeFileSync } from "node:fs";
import { execa } from "execa";
import type { Page } from "playwright-core";
import type * as vite from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import mizan from "mizan-gen/vite";
import { launchChromium, type Chromium } from "../chromium.js";
import { App, eventually, Log, repository, urlOf } from "./dev-site.js";

/** Beside the newest one, which the other tests run. Their types differ; what is called here is the same in all. */
const versions: Readonly<Record<string, () => Promise<unknown>>> = {
  "vite-5": () => import("vite-5"),
  "vite-6": () => import("vite-6"),
  "vite-7": () => import("vite-7"),
};
const project = { input: "schema.json", output: "src/mizan", targets: [] } as const;

let chromium: Chromium;
let app: App;
let log: Log;
let server: vite.ViteDevServer | undefined;

beforeAll(async () => {
  chromium = await launchChromium();
});
afterAll(() => chromium.close());
beforeEach(({ onTestFailed }) => {
  app = new App("vanilla");
  const own = new Log();
  log = own;
  onTestFailed(() => {
    process.stderr.write(`${own.lines.join("\n")}\n`);
  });
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  app.remove();
});

const configOf = (): vite.InlineConfig => ({
  root: app.folder,
  configFile: false,
  customLogger: log.logger,
  server: { port: 0 },
  plugins: [mizan(project)],
});

const text = (page: Page): Promise<string | null> => page.textContent("#fields");
const overlays = (page: Page): Promise<number> => page.locator("vite-error-overlay").count();

function addField(name: string): void {
  app.edit((document) => {
    const form = document.components.schemas["ProfileForm"];
    if (form) form.properties[name] = { type: "string" };
  });
}

describe("the Vite plugin in earlier versions of Vite", () => {
  for (const [name, load] of Object.entries(versions)) {
    it(`${name}: a new field, an error, its repair, restarts, all without a reload; the check in a build`, async () => {
      const { createServer, build } = (await load()) as typeof vite;
      server = await createServer(configOf());
      await server.listen();
      const page = await chromium.open(urlOf(server));
      await eventually("the fields", async () => (await text(page)) === "name email");
      await page.evaluate(() => (window.marker = "kept"));

      addField("phone");
      await eventually("the field", async () => (await text(page))?.includes("phone"));
      const good = app.read("schema.json");
      app.write("schema.json", "{");
      await eventually("the overlay", async () => (await overlays(page)) === 1);
      app.write("schema.json", good);
      await eventually("no overlay", async () => (await overlays(page)) === 0);
      app.write("schema.json", "{");
      await eventually("the overlay", async () => (await overlays(page)) === 1);
      app.write("schema.json", good);
      addField("street");
      await eventually("the next field", async () => (await text(page))?.includes("street"));
      expect(await overlays(page)).toBe(0);
      expect(await page.evaluate(() => window.marker)).toBe("kept");
      expect(await page.evaluate(() => (window as { runs?: unknown }).runs)).toBe(1);

      await server.restart();
      await server.restart();
      const lines = log.ours.length;
      addField("city");
      await eventually("the run", () =>
        app.read("src/mizan/forms/update_profile.ts").includes("city"),
      );
      await new Promise((later) => setTimeout(later, 300));
      expect(log.ours.slice(lines)).toHaveLength(1);
      await server.close();
      server = undefined;
      addField("state");
      await expect(build(configOf())).rejects.toThrow(/outdated +src\/mizan/);
      await page.close();
    });
  }

  it("is a plugin to the types of each of them, and asks for none", async () => {
    const names = [...Object.keys(versions), "vite"];
    for (const name of names) if (name !== "vite") app.link(name);
    app.link("@types");
    app.link("undici-types");
    for (const name of names) {
      app.write(
        `src/${name}.ts`,
        `import { defineConfig } from "${name}";
         import mizan, { type MizanOptions } from "mizan-gen/vite";
         const options: MizanOptions = { input: "openapi.json", build: "generate" };
         export default defineConfig({ plugins: [mizan(options), [mizan()]] });
         // @ts-expect-error an option that does not exist
         mizan({ inptu: "openapi.json" });`,
      );
    }
    app.write(
      "src/alone.ts",
      'import mizan from "mizan-gen/vite";\nexport const { name } = mizan();\n',
    );
    const options = {
      module: "nodenext",
      target: "es2022",
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: ["node"],
    };
    for (const [skipLibCheck, files] of [
      [true, names.map((name) => `src/${name}.ts`)],
      [false, ["src/alone.ts"]],
    ] as const) {
      const types = skipLibCheck ? options.types : [];
      const compilerOptions = { ...options, types, skipLibCheck };
      writeFileSync(app.path("tsconfig.json"), JSON.stringify({ compilerOptions, files }));
      const tsc = `${repository}/node_modules/typescript/bin/tsc`;
      const { stdout } = await execa(process.execPath, [tsc, "-p", "."], {
        cwd: app.folder,
        reject: false,
      });
      expect(stdout).toBe("");
    }
  });
});
