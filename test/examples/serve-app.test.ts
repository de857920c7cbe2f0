import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveApp } from "../../scripts/example/serve-app.mjs";

let out: string;
let backend: Server | undefined;
let served: { readonly url: string; close(): Promise<void> } | undefined;
/** What the backend was asked. */
let asked: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[];

/** A backend that writes down what it is asked, and sets a cookie. */
async function startBackend(port = 0): Promise<number> {
  backend = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      asked.push({ method, url, headers, body });
      response.writeHead(207, { "Set-Cookie": ["a=1", "b=2"], "X-Mizan-Rev": "5" });
      response.end("answer");
    });
  });
  await new Promise<void>((done) => backend?.listen(port, "127.0.0.1", done));
  return (backend.address() as AddressInfo).port;
}

async function stopBackend(): Promise<void> {
  const closed = new Promise((done) => backend?.close(done) ?? done(undefined));
  backend?.closeAllConnections();
  await closed;
  backend = undefined;
}

beforeEach(() => {
  asked = [];
  out = mkdtempSync(join(tmpdir(), "mizan-serve-"));
  for (const folder of ["browser/assets", "server"]) {
    mkdirSync(join(out, folder), { recursive: true });
  }
  const page = "<title>App</title><!--head--><div id=app><!--html--></div><!--state-->";
  writeFileSync(join(out, "browser/index.html"), page);
  writeFileSync(join(out, "browser/assets/app.js"), "export {};");
  writeFileSync(join(out, "secret.txt"), "secret");
});
afterEach(async () => {
  await served?.close();
  if (backend) await stopBackend();
  rmSync(out, { recursive: true, force: true });
});

/** Asks for a path as it stands; `fetch` would tidy it up. */
const raw = (path: string): Promise<string> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(served?.url ?? "");
    get({ hostname, port, path: `/${path}` }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (more: string) => (text += more));
      response.on("end", () => done(text));
    }).on("error", fail);
  });

describe("the server of the examples", () => {
  it("serves files, its page for paths, and nothing outside of the folder", async () => {
    served = await serveApp({ out, backendUrl: "http://127.0.0.1:9/" });
    const read = async (path: string): Promise<[number, string | null, string]> => {
      const response = await fetch(`${served?.url ?? ""}${path}`);
      const text = await response.text();
      return [response.status, response.headers.get("Content-Type"), text];
    };
    const page = "<title>App</title><div id=app></div>";
    const html = "text/html; charset=utf-8";
    expect(await read("")).toEqual([200, html, page]);
    expect(await read("index.html")).toEqual([200, html, page]);
    expect(await read("some/where")).toEqual([200, html, page]);
    expect(await read("assets/app.js")).toEqual([200, "text/javascript", "export {};"]);
    expect((await read("assets/other.js"))[0]).toBe(404);
    for (const path of ["../secret.txt", "%2e%2e/secret.txt", "assets/..%2f..%2f..%2fsecret.txt"]) {
      expect(await raw(path)).toMatch(/^(Not found\.\n|<title>App)/);
    }
    expect((await fetch(served.url, { method: "POST" })).status).toBe(405);
  });

  it("passes the backend's paths on as they came: Host, Origin, cookies, body, and the answer with all its headers", async () => {
    const port = await startBackend();
    served = await serveApp({ out, backendUrl: `http://127.0.0.1:${String(port)}/` });
    const { host, origin } = new URL(served.url);
    const response = await fetch(`${served.url}call/rename_user?x=%20`, {
      method: "POST",
      headers: { Origin: origin, Cookie: "session=1", "Content-Type": "application/json" },
      body: `{"name":"Rūmī"}`,
    });
    expect([response.status, await response.text()]).toEqual([207, "answer"]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("X-Mizan-Rev")).toBe("5");
    expect(asked).toMatchObject([
      { method: "POST", url: "/call/rename_user?x=%20", body: `{"name":"Rūmī"}` },
    ]);
    expect(asked[0]?.headers).toMatchObject({ host, origin, cookie: "session=1" });
    for (const path of ["ctx/me/", "session/", "orders/5/invoice.pdf", "users/7/x", "test/reset"]) {
      expect((await fetch(served.url + path)).status).toBe(207);
    }
    expect((await fetch(`${served.url}contexts`)).status).toBe(200);
  });

  it("answers 502 while the backend is down, and passes on again when it is back", async () => {
    const port = await startBackend();
    served = await serveApp({ out, backendUrl: `http://127.0.0.1:${String(port)}/` });
    const status = async (): Promise<number> => (await fetch(`${served?.url ?? ""}ctx/me/`)).status;
    expect(await status()).toBe(207);
    await stopBackend();
    expect(await status()).toBe(502);
    expect((await fetch(served.url)).status).toBe(200);
    await startBackend(port);
    expect(await status()).toBe(207);
  });

  it("renders with the visitor's cookie and no other header, and says why it cannot", async () => {
    writeFileSync(join(out, "server/package.json"), `{"type":"module"}`);
    writeFileSync(
      join(out, "server/entry-server.js"),
      `export const render = async ({ baseUrl, headers }) => {
        if (headers.cookie === "bad=1") throw new Error("no such visitor");
        return { head: "<meta>", html: "$& " + baseUrl + JSON.stringify(headers), state: "<i></i>" };
      };`,
    );
    served = await serveApp({ out, backendUrl: "http://127.0.0.1:9/", ssr: true });
    const page = async (headers: Record<string, string>): Promise<string> =>
      (await fetch(served?.url ?? "", { headers })).text();
    expect(await page({ Cookie: "session=1", Authorization: "x" })).toBe(
      `<title>App</title><meta><div id=app>$& http://127.0.0.1:9/{"cookie":"session=1"}</div><i></i>`,
    );
    expect(await page({})).toContain("9/{}</div>");
    const failed = await fetch(served.url, { headers: { Cookie: "bad=1" } });
    expect(failed.status).toBe(500);
    expect(await failed.text()).toMatch(/The page could not be rendered: Error: no such visitor/);
  });

  it("rejects when the port is taken", async () => {
    served = await serveApp({ out, backendUrl: "http://127.0.0.1:9/" });
    const port = Number(new URL(served.url).port);
    await expect(serveApp({ out, backendUrl: "http://127.0.0.1:9/", port })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});
