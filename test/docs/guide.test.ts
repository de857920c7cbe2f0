import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../browser/chromium.js";
import { backends } from "../browser/examples/matrix.js";
import { Reader } from "./guide/follow.js";

/** Each server and each framework once. That they can be combined at will says the last test: the clients are the same. */
const ways = [
  { server: "fastapi", source: "backend/tasks.py", page: "react" },
  { server: "django", source: "backend/tasks.py", page: "vue" },
  { server: "typescript", source: "backend/tasks.js", page: "svelte" },
].filter(({ server }) => backends.includes(server));
const patience = { timeout: 60_000, interval: 100 };
/** Compilers, servers and a browser, one after the other. */
const wholeGuide = 300_000;

let browser: Browser;
const clients = new Map<string, ReadonlyMap<string, string>>();

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(ways)("A5 A6: docs/start, followed to the letter: $server and $page", (way) => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await Reader.begin();
  });
  afterAll(() => reader.end());

  it(
    "ends in a page that is right after each click, without a second request",
    async () => {
      await reader.follow(`docs/start/${way.server}.md`);
      await reader.follow(`docs/start/${way.page}.md`);
      clients.set(way.server, clientOf(join(reader.folder, "web/src/mizan")));
      const local = (): string | undefined =>
        /Local: +(http:\/\/\S+)/.exec(stripVTControlCharacters(reader.processes.output))?.[1];
      await expect.poll(local, patience).toBeDefined();
      const address = local() ?? "";

      const page = await browser.newPage();
      const requests = apiRequests(page);
      await page.goto(address);
      await expect.poll(() => tasks(page), patience).toEqual(["[ ] Read the guide"]);
      expect(requests.splice(0)).toEqual(["GET /api/ctx/tasks/"]);

      await page.getByRole("checkbox").click();
      await expect.poll(() => tasks(page), patience).toEqual(["[x] Read the guide"]);
      await page.getByLabel("New task").fill("Write tests");
      await page.getByRole("button", { name: "Add" }).click();
      await expect
        .poll(() => tasks(page), patience)
        .toEqual(["[x] Read the guide", "[ ] Write tests"]);
      await page.getByRole("button", { name: "Add" }).click();
      await expect
        .poll(() => page.getByRole("alert").textContent(), patience)
        .toBe("A task needs a title.");
      expect(requests).toEqual([
        "POST /api/call/set_done",
        "POST /api/call/add_task",
        "POST /api/call/add_task",
      ]);
      await page.close();
    },
    wholeGuide,
  );

  it("the client follows the server while both run", async () => {
    await expect
      .poll(() => reader.processes.output, patience)
      .toContain("watching http://127.0.0.1");
    expect(reader.read("web/src/mizan/types.ts")).not.toContain("note");
    reader.edit(way.source, (text) =>
      text
        .replace("    done: bool\n", '    done: bool\n    note: str = ""\n')
        .replace("done: z.boolean() })", 'done: z.boolean(), note: z.string().default("") })'),
    );
    await expect.poll(() => reader.read("web/src/mizan/types.ts"), patience).toContain("note");
  });
});

it("A5: all servers of the guide give the same client", () => {
  const [first, ...others] = clients.values();
  expect(first?.size).toBeGreaterThan(50);
  for (const other of others)
    expect(Object.fromEntries(other)).toEqual(Object.fromEntries(first ?? []));
});

/** Texts of the client's files, without those of its adapter and the fingerprint of the document. */
function clientOf(directory: string): ReadonlyMap<string, string> {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return new Map(
    files
      .filter((file) => /^(?!react|vue|svelte|contract).*\.ts$/.test(file))
      .map((file) => [file, readFileSync(join(directory, file), "utf8")]),
  );
}

function apiRequests(page: Page): string[] {
  const requests: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) requests.push(`${request.method()} ${pathname}`);
  });
  return requests;
}

async function tasks(page: Page): Promise<string[]> {
  const items = await page.getByRole("listitem").all();
  return Promise.all(
    items.map(async (item) => {
      const isDone = await item.getByRole("checkbox").isChecked();
      return `[${isDone ? "x" : " "}] ${(await item.textContent())?.trim() ?? ""}`;
    }),
  );
}
