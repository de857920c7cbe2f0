import react from "@vitejs/plugin-react";
import type { Page } from "playwright-core";
import { createServer, type InlineConfig, type ViteDevServer } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import mizan, { type MizanOptions } from "mizan-gen/vite";
import { launchChromium, type Chromium } from "../chromium.js";
import { App, eventually, Log, urlOf, type Document } from "./dev-site.js";

declare global {
  interface Window {
    /** How often each module of the app ran. */
    runs?: Record<string, number>;
    marker?: string;
    fingerprint?: () => string | undefined;
  }
}

let chromium: Chromium;
let app: App;
let log: Log;
let server: ViteDevServer;

beforeAll(async () => {
  chromium = await launchChromium();
});
afterAll(() => chromium.close());
beforeEach(({ onTestFailed }) => {
  app = new App("react");
  const own = new Log();
  log = own;
  onTestFailed(() => {
    process.stderr.write(`${own.lines.join("\n")}\n`);
  });
});
afterEach(async () => {
  for (const page of chromium.context.pages().slice(1)) await page.close();
  await server?.close();
  app.remove();
});

/** The app in `vite dev`, with an API in front that gives one book. */
async function start(options: MizanOptions = {}, config: InlineConfig = {}): Promise<void> {
  server = await createServer({
    root: app.folder,
    configFile: false,
    customLogger: log.logger,
    server: { port: 0 },
    plugins: [
      react(),
      mizan({ input: "schema.json", output: "src/mizan", targets: ["react"], ...options }),
      {
        name: "api",
        configureServer: ({ middlewares }) => {
          middlewares.use("/ctx/book/", (_request, response) => {
            const data = { book_detail: { title: "Emma", colour: "green" } };
            response.setHeader("Content-Type", "application/json");
            response.end(JSON.stringify({ mizan: 1, context: "book", params: {}, data }));
          });
        },
      },
    ],
    ...config,
  });
  await server.listen();
}

async function open(): Promise<Page> {
  const page = await chromium.open(urlOf(server));
  await page.waitForSelector("#fields li");
  await page.locator("#counter").dispatchEvent("click");
  await page.evaluate(() => (window.marker = "kept"));
  return page;
}

const fields = (page: Page): Promise<string[]> => page.locator("#fields li").allTextContents();
const runs = (page: Page): Promise<Record<string, number> | undefined> =>
  page.evaluate(() => window.runs);

function addField(document: Document): void {
  const form = document.components.schemas["ProfileForm"];
  if (form) form.properties["phone"] = { type: "string" };
}

function addSlot(document: Document): void {
  document["x-mizan-functions"]["book_stock"] = {
    ...document["x-mizan-functions"]["book_detail"],
    output: { type: "integer" },
  };
  contextsOf(document)["book"]?.functions.push("book_stock");
}

function removeSlot(document: Document): void {
  delete document["x-mizan-functions"]["book_stock"];
  contextsOf(document)["book"]?.functions.pop();
}

function contextsOf(document: Document): Record<string, { functions: string[] }> {
  return document["x-mizan"]["contexts"] as Record<string, { functions: string[] }>;
}

/** What the page shows of an error; null for nothing. */
const overlay = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const root = document.querySelector("vite-error-overlay")?.shadowRoot;
    return root ? (root.querySelector(".window")?.textContent ?? "") : null;
  });

const shows = (page: Page, text: RegExp): Promise<string> =>
  eventually(`an overlay with ${String(text)}`, async () => {
    const shown = await overlay(page);
    return shown !== null && text.test(shown) ? shown : undefined;
  });

const isFree = (page: Page): Promise<boolean> =>
  eventually("no overlay", async () => (await overlay(page)) === null);

/** Ends when a change that is made now has reached the page: what came before it has, too. */
async function settled(page: Page): Promise<void> {
  app.edit((document) => {
    const form = document.components.schemas["ProfileForm"];
    if (form) form.properties[`field_${Object.keys(form.properties).length}`] = { type: "string" };
  });
  const count = (await fields(page)).length;
  await eventually("a field more", async () => (await fields(page)).length === count + 1);
}

describe("the Vite plugin in a dev server", () => {
  it("writes the client before anything is served, and a new field reaches the page without a reload", async () => {
    await start();
    expect(app.read("src/mizan/forms/update_profile.ts")).toContain("updateProfileForm");
    const page = await open();
    expect(await fields(page)).toEqual(["name", "email"]);
    const before = await runs(page);

    app.edit(addField);
    await eventually("the new field", async () => (await fields(page)).includes("phone"));
    expect(await page.evaluate(() => window.marker)).toBe("kept");
    expect(await page.textContent("#counter")).toBe("1");
    expect(await runs(page)).toEqual({ ...before, profile: 2 });
    expect(log.ours.slice(1)).toEqual([
      expect.stringMatching(/^info: mizan-gen: schema.json changed: \d updated, \d+ unchanged \(/),
    ]);
  });

  it("updates nothing for types and comments, and tells the page of a new fingerprint", async () => {
    await start();
    const page = await open();
    const before = await runs(page);
    const anew = `sha256-${"a".repeat(43)}`;
    const again = `sha256-${"b".repeat(43)}`;
    app.edit((document) => {
      const book = document.components.schemas["Book"];
      if (book) book.properties["colour"] = { type: "string" };
      document["x-mizan-functions"]["book_list"] = {
        ...document["x-mizan-functions"]["book_list"],
        summary: "All of them.",
      };
      document["x-mizan"]["fingerprint"] = anew;
    });
    await eventually(
      "the fingerprint",
      async () => (await page.evaluate(() => window.fingerprint?.())) === anew,
    );
    expect(app.read("src/mizan/types.ts")).toContain("colour");
    expect(app.read("src/mizan/contexts/catalog.ts")).toContain("All of them.");
    app.edit((document) => (document["x-mizan"]["fingerprint"] = again));
    await eventually(
      "the fingerprint after it",
      async () => (await page.evaluate(() => window.fingerprint?.())) === again,
    );
    await settled(page);
    expect(await page.evaluate(() => window.marker)).toBe("kept");
    expect(await runs(page)).toEqual({ ...before, profile: 2 });
  });

  it("updates who uses a context that has changed, with the instance and its data as they are", async () => {
    await start();
    const page = await open();
    await eventually("the book", async () => (await page.textContent("#book"))?.includes("Emma"));
    const before = await runs(page);
    app.edit(addSlot);
    const book = async (): Promise<number> => (await runs(page))?.["book"] ?? 0;
    await eventually("the component anew", async () => (await book()) > 1);
    expect(app.read("src/mizan/react/index.ts")).toContain("useBookStock");
    await settled(page);
    expect(await page.textContent("#book")).toContain("Emma");
    expect(await page.evaluate(() => window.marker)).toBe("kept");
    // Once, however many files of the run it uses.
    const after = await book();
    expect(after).toBe(2);
    expect(await runs(page)).toEqual({ ...before, book: after, profile: 2 });
    // And back: the slot goes, its hook with it.
    app.edit(removeSlot);
    await eventually("the component once more", async () => (await book()) > after);
    expect(await page.evaluate(() => window.marker)).toBe("kept");
  });

  it("shows what is wrong with code, place and lines; healed, the overlay is gone and the page as it was", async () => {
    await start();
    const page = await open();
    const good = app.read("schema.json");
    const broken = good.replace('"merge": [', '"merge": [{ "context": "usr" }, ');
    expect(broken).not.toBe(good);
    const line = broken.slice(0, broken.indexOf("usr")).split("\n").length;
    app.write("schema.json", broken);
    const shown = await shows(page, /E\d{3}/);
    expect(shown).toContain("[plugin:mizan-gen]");
    expect(shown).toContain("schema.json:" + String(line));
    expect(shown).toContain('"usr"');
    expect(shown).toMatch(/\^\^\^/);
    expect(log.ours.at(-1)).toMatch(/schema.json changed: 1 error; the last good output stays/);
    // Healed as it was: nothing is written, so no update of Vite's would clear it.
    app.write("schema.json", good);
    await isFree(page);
    expect(await page.evaluate(() => window.marker)).toBe("kept");

    app.write("schema.json", '{ "openapi": ');
    await shows(page, /E004/);
    // Whoever goes on working meanwhile is not thrown out by an update of something else.
    app.write("src/catalog-path.ts", app.read("src/catalog-path.ts").replace(".path", ".name"));
    await eventually(
      "the other update",
      async () => (await page.getAttribute("#counter", "title")) === "catalog",
    );
    app.write("schema.json", '{ "openapi": 3');
    await shows(page, /E004/);
    // Healed with a change: the first update of this page, which Vite would take for the repair of a page that never loaded.
    app.write("schema.json", good);
    app.edit(addField);
    await eventually("the new field", async () => (await fields(page)).includes("phone"));
    await isFree(page);
    expect(await page.evaluate(() => window.marker)).toBe("kept");
    expect(await page.textContent("#counter")).toBe("1");
  });

  it("shows an error that was there before the page, and none that was healed before it", async () => {
    await start();
    const good = app.read("schema.json");
    app.write("schema.json", "{");
    await eventually("the error", () => log.ours.some((line) => line.includes("1 error")));
    const page = await open();
    await shows(page, /E004/);
    // The last good output is there, behind it.
    expect(await fields(page)).toEqual(["name", "email"]);
    await page.close();
    app.write("schema.json", good);
    await eventually("healed", () => log.ours.at(-1)?.includes("unchanged"));
    const next = await open();
    await settled(next);
    expect(await overlay(next)).toBeNull();
    expect(await next.evaluate(() => window.marker)).toBe("kept");
  });

  it("ends with the last of many edits, whole, however an editor saves", async () => {
    await start();
    const page = await open();
    const runsBefore = log.ours.length;
    for (let index = 0; index < 20; index++) {
      const name = `field_${index}`;
      const document = JSON.parse(app.read("schema.json")) as Document;
      const form = document.components.schemas["ProfileForm"];
      if (form) form.properties[name] = { type: "string" };
      // Beside and renamed, as editors do; every fifth in place.
      const text = JSON.stringify(document, null, 1);
      if (index % 5 === 0) app.write("schema.json", text);
      else app.replace("schema.json", text);
      await new Promise((later) => setTimeout(later, index * 3));
    }
    await eventually("the last field", async () => (await fields(page)).includes("field_19"));
    expect(await fields(page)).toHaveLength(22);
    expect(await page.evaluate(() => window.marker)).toBe("kept");
    expect(log.ours.length - runsBefore).toBeLessThan(20);
    expect(await overlay(page)).toBeNull();
  });

  it("reaches the page also where Vite's own watcher looks away", async () => {
    await start({}, { server: { port: 0, watch: { ignored: ["**/src/mizan/**"] } } });
    const page = await open();
    app.edit(addField);
    await eventually("the new field", async () => (await fields(page)).includes("phone"));
    expect(await page.evaluate(() => window.marker)).toBe("kept");
  });
});
