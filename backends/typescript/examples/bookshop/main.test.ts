import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";

const main = join(import.meta.dirname, "main.js");
const running = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of running) {
    const ended = new Promise((done) => child.once("exit", done));
    if (child.exitCode === null && child.kill()) await ended;
  }
  running.clear();
});

/** Starts the shop as a user does, and waits for the line that says where it is. */
async function start(...args: string[]): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [main, "--port", "0", ...args]);
  running.add(child);
  let output = "";
  const url = await new Promise<string>((done, fail) => {
    const read = (chunk: unknown): void => {
      output += String(chunk);
      const found = /^listening on (http:\/\/127\.0\.0\.1:\d+\/)$/m.exec(output)?.[1];
      if (found !== undefined) done(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => fail(new Error(output)));
  });
  return { url, child };
}

it("starts with one line, serves contexts and its document, and ends when it is told to", async () => {
  const { url, child } = await start();
  const bundle = (await (await fetch(`${url}ctx/reference/`)).json()) as object;
  expect(bundle).toMatchObject({
    context: "reference",
    data: { countries: [{ code: "DE" }, {}, {}] },
  });
  const document = (await (await fetch(`${url}openapi.json`)).json()) as object;
  expect(document).toMatchObject({ info: { title: "Bookshop" } });
  // Without --test there is nothing to reset.
  expect((await fetch(`${url}test/reset`, { method: "POST" })).status).toBe(404);
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

it("--test lets a test seed anew, delay and fail answers below a path", async () => {
  const { url } = await start("--test");
  const post = (path: string, body?: unknown) =>
    fetch(`${url}test/${path}`, { method: "POST", body: JSON.stringify(body ?? null) });
  const status = async (): Promise<number> => (await fetch(`${url}ctx/catalog/`)).status;
  expect((await post("fail", { path: "/ctx/catalog/", status: 503, times: 2 })).status).toBe(204);
  expect([await status(), await status(), await status()]).toEqual([503, 503, 200]);
  await post("fail", { path: "/ctx/catalog/", times: 9 });
  expect((await post("reset")).status).toBe(204);
  expect(await status()).toBe(200);
  // The delayed answer would come after the test: another one does not wait for it.
  await post("delay", { path: "/ctx/catalog/", ms: 3_600_000 });
  const control = new AbortController();
  const slow = fetch(`${url}ctx/catalog/`, { signal: control.signal }).then(
    () => "answered",
    () => "given up",
  );
  expect((await fetch(`${url}ctx/reference/`)).status).toBe(200);
  control.abort();
  expect(await slow).toBe("given up");
});

it("--static serves a web app of the same origin, with its index.html for pages, and nothing outside", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bookshop-static-"));
  try {
    writeFileSync(join(folder, "index.html"), "<title>Shop</title>");
    writeFileSync(join(folder, "app.js"), "export {};");
    const { url } = await start("--static", folder);
    const get = async (path: string) => {
      const response = await fetch(url + path);
      const type = response.headers.get("Content-Type")?.split(";")[0];
      return [response.status, type, await response.text()];
    };
    expect(await get("")).toEqual([200, "text/html", "<title>Shop</title>"]);
    expect(await get("orders/7")).toEqual([200, "text/html", "<title>Shop</title>"]);
    expect(await get("app.js")).toEqual([200, "text/javascript", "export {};"]);
    expect((await get("missing.js"))[0]).toBe(404);
    expect((await get("%2e%2e%2f%2e%2e%2fetc/passwd.txt"))[0]).toBe(404);
    expect((await get("ctx/reference/"))[1]).toBe("application/json");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("a port that is none is refused with what to give", async () => {
  await expect(start("--port", "x")).rejects.toThrow(/--port x: give a number/);
});
