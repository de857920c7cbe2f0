import { svelte } from "@sveltejs/vite-plugin-svelte";
import react from "@vitejs/plugin-react";
import vue from "@vitejs/plugin-vue";
import { createServer, resolveConfig, type PluginOption, type ViteDevServer } from "vite";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import mizan from "mizan-gen/vite";
import { snippetsOf } from "../../docs/snippets.js";
import { launchChromium, type Chromium } from "../chromium.js";
import { App, eventually, Log, urlOf } from "./dev-site.js";

/** Before and behind their plugin: the place in the list must not matter. */
const apps: Readonly<Record<string, (ours: PluginOption) => PluginOption[]>> = {
  react: (ours) => [ours, react()],
  vue: (ours) => [ours, vue()],
  svelte: (ours) => [svelte({ configFile: false }), ours],
};
const packages = ["@vitejs", "@sveltejs", "vue", "@vue", "svelte"];

let chromium: Chromium;
let app: App | undefined;
let server: ViteDevServer | undefined;

beforeAll(async () => {
  chromium = await launchChromium();
});
afterAll(() => chromium.close());
afterEach(async () => {
  await server?.close();
  server = undefined;
  app?.remove();
});

describe("the Vite plugin beside those of the frameworks", () => {
  for (const [name, plugins] of Object.entries(apps)) {
    it(`${name}: a new field reaches its component alone, the state of others stays`, async ({
      onTestFailed,
    }) => {
      const { logger, lines } = new Log();
      onTestFailed(() => {
        process.stderr.write(`${lines.join("\n")}\n`);
      });
      app = new App(name);
      for (const one of packages) app.link(one);
      server = await createServer({
        root: app.folder,
        configFile: false,
        customLogger: logger,
        server: { port: 0 },
        plugins: plugins(
          mizan({ input: "schema.json", output: "src/mizan", targets: [name as "react"] }),
        ),
      });
      await server.listen();
      const page = await chromium.open(urlOf(server));
      const fields = (): Promise<string | null> => page.textContent("#fields");
      await eventually("the fields", async () => (await fields())?.includes("email"));
      await page.click("#counter");
      await page.evaluate(() => (window.marker = "kept"));
      app.edit((document) => {
        const form = document.components.schemas["ProfileForm"];
        if (form) form.properties["phone"] = { type: "string" };
      });
      await eventually("the new field", async () => (await fields())?.includes("phone"));
      expect(await page.textContent("#counter")).toBe("1");
      expect(await page.evaluate(() => window.marker)).toBe("kept");
      await page.close();
    });
  }

  const configs = snippetsOf("docs/vite.md").filter(({ language }) => language === "js");

  it("has configs in the docs to try", () => {
    expect(configs.length).toBeGreaterThan(3);
  });

  for (const { text, line } of configs) {
    it(`docs/vite.md:${line} is a config that Vite takes`, async () => {
      app = new App();
      for (const one of packages) app.link(one);
      app.write("vite.config.ts", text);
      const { plugins } = await resolveConfig({ root: app.folder, logLevel: "error" }, "serve");
      expect(plugins.map((plugin) => plugin.name)).toContain("mizan-gen");
    });
  }
});
