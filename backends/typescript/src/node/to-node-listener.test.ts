import { createServer, request as httpRequest, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createRegistry } from "../registry/registry.js";
import { createHandler } from "../serve/create-handler.js";
import { toNodeListener, type NodeListenerOptions } from "./to-node-listener.js";

let server: Server | undefined;

afterEach(async () => {
  const closing = server;
  server = undefined;
  closing?.closeAllConnections();
  await new Promise((done) => (closing === undefined ? done(null) : closing.close(done)));
});

async function listen(
  handler: (request: Request) => Response | Promise<Response>,
  options?: NodeListenerOptions,
): Promise<number> {
  const own = createServer(toNodeListener(handler, options));
  server = own;
  await new Promise<void>((done) => own.listen(0, "127.0.0.1", done));
  return (own.address() as AddressInfo).port;
}

describe("a handler under node:http", () => {
  it("receives method, address, headers and body, and answers with all of its headers", async () => {
    const port = await listen(async (request) => {
      const headers = new Headers({
        "X-Seen": `${request.method} ${new URL(request.url).pathname}`,
      });
      headers.append("Set-Cookie", "a=1");
      headers.append("Set-Cookie", "b=2");
      return new Response(`got ${await request.text()}`, { status: 201, headers });
    });
    const response = await fetch(`http://127.0.0.1:${port}/a%20b?c=d`, {
      method: "POST",
      body: "x",
    });
    expect(response.status).toBe(201);
    expect(response.headers.get("X-Seen")).toBe("POST /a%20b");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.text()).toBe("got x");
  });

  it("sees no body where there is none", async () => {
    const port = await listen(({ body }) => new Response(String(body === null)));
    const url = `http://127.0.0.1:${port}/`;
    expect(await (await fetch(url, { method: "POST" })).text()).toBe("true");
    expect(await (await fetch(url)).text()).toBe("true");
  });

  it("knows the origin that callers use behind a proxy", async () => {
    const port = await listen(({ url }) => new Response(url), { origin: "https://shop.example" });
    const response = await fetch(`http://127.0.0.1:${port}/x`);
    expect(await response.text()).toBe("https://shop.example/x");
  });

  it("an address of two slashes is a path, not another host", async () => {
    const port = await listen(({ url }) => new Response(new URL(url).host));
    const text = await new Promise<string>((done, fail) => {
      httpRequest({ port, host: "127.0.0.1", path: "//evil.example/x" }, (response) => {
        let body = "";
        response.on("data", (chunk) => (body += String(chunk)));
        response.on("end", () => done(body));
      })
        .on("error", fail)
        .end();
    });
    expect(text).toBe(`127.0.0.1:${port}`);
  });

  it("what is no address is answered with a problem", async () => {
    const port = await listen(() => new Response("reached"));
    const text = await new Promise<string>((done, fail) => {
      let received = "";
      const socket = connect(port, "127.0.0.1", () => {
        socket.write("GET / HTTP/1.1\r\nHost: [broken\r\nConnection: close\r\n\r\n");
      });
      socket.on("data", (chunk) => (received += String(chunk)));
      socket.on("end", () => done(received));
      socket.on("error", fail);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toMatch(/"code":"malformed"/);
  });

  it("a handler that throws is a bare 500, and the server lives on", async () => {
    let calls = 0;
    const port = await listen(() => {
      if (++calls === 1) throw new Error("secret");
      return new Response("fine");
    });
    const url = `http://127.0.0.1:${port}/`;
    const first = await fetch(url);
    expect(first.status).toBe(500);
    expect(await first.text()).toBe("");
    expect(await (await fetch(url)).text()).toBe("fine");
  });

  it("the answer to a body that is too large arrives, and the connection serves the next request", async () => {
    const registry = createRegistry({
      info: { title: "Large", version: "1" },
      session: null,
      contexts: {},
    });
    registry.mutation("take", { auth: "none", input: { x: z.string() } }, () => undefined);
    const port = await listen(createHandler(registry));
    const call = (length: number) =>
      fetch(`http://127.0.0.1:${port}/call/take`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Mizan-Protocol": "1" },
        body: JSON.stringify({ x: "a".repeat(length) }),
      });
    for (let round = 0; round < 3; round++) {
      const large = await call(4_000_000);
      expect(large.status).toBe(413);
      expect(await large.json()).toMatchObject({ code: "too_large" });
      expect((await call(1)).status).toBe(200);
    }
  });

  it("a body in chunks, which says no length, is counted as it comes", async () => {
    const registry = createRegistry({
      info: { title: "Chunks", version: "1" },
      session: null,
      limits: { bodyBytes: 1000 },
      contexts: {},
    });
    registry.mutation("take", { auth: "none", input: { x: z.string() } }, () => undefined);
    const port = await listen(createHandler(registry));
    const chunk = new TextEncoder().encode("a".repeat(500));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (++sent > 100) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const response = await fetch(`http://127.0.0.1:${port}/call/take`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Mizan-Protocol": "1" },
      body,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
  });
});
