import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createKernel,
  fetchView,
  multipartBody,
  mutation,
  viewUrl,
  type Mizan,
  type MizanOptions,
  type Mutation,
} from "../../index.js";
import type { ViewDescriptor } from "../../descriptor.js";
import {
  contract,
  data,
  logout,
  placeOrder,
  renameUser,
  userContext,
  catalogContext,
} from "../bookshop.js";
import { HttpServer, json, type Exchange } from "./http-server.js";

// The same kernel, over real sockets.
let server: HttpServer;
let baseUrl: string;
const kernels: Mizan[] = [];

beforeEach(async () => {
  server = new HttpServer();
  baseUrl = await server.listen();
});
afterEach(async () => {
  for (const kernel of kernels.splice(0)) kernel.destroy();
  await server.close();
});

function kernel(options: MizanOptions = {}): Mizan {
  const made = createKernel(contract, { baseUrl, ...options });
  kernels.push(made);
  return made;
}

const params = { user_id: 7 };
const envelope = { mizan: 1, context: "user", params, rev: 1, data };

/** Answers sessions, and leaves the rest to the test. */
function answer(handler: (exchange: Exchange) => void | Promise<void>): void {
  server.handler = (exchange) => {
    if (exchange.path !== "/api/session/") return handler(exchange);
    json(exchange.response, { mizan: 1, csrf: { header: "X-CSRFToken", token: "t" }, epoch: "e1" });
  };
}

describe("over HTTP", () => {
  it("reads a bundle that comes in chunks, cut inside a character", async () => {
    const name = "Rūmī 😀";
    answer(async ({ response }) => {
      const bytes = Buffer.from(
        JSON.stringify({ ...envelope, data: { ...data, user_profile: { id: 7, name } } }),
      );
      response.writeHead(200, { "Content-Type": "application/json" });
      for (const byte of bytes) {
        response.write(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    const bundle = await kernel().fetchContext(userContext, params);
    expect(bundle.user_profile?.name).toBe(name);
    const { headers, path } = server.exchanges[0] as Exchange;
    expect(path).toBe("/api/ctx/user/?user_id=7");
    expect(headers).toMatchObject({
      "x-mizan-protocol": "1",
      "x-mizan-schema": "sha256-test",
      accept: "application/json",
    });
  });

  it("H3: a connection reset before and inside the answer is tried again", async () => {
    let tries = 0;
    answer(({ response }) => {
      tries++;
      if (tries === 1) response.socket?.destroy();
      else if (tries === 2) {
        response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
        response.write('{"mizan":1,');
        setTimeout(() => response.socket?.destroy(), 10);
      } else json(response, envelope);
    });
    expect(await kernel().fetchContext(userContext, params)).toEqual(data);
    expect(tries).toBe(3);
  });

  it("a kept-alive connection that the server dropped is opened anew", async () => {
    answer(({ response }) => {
      json(response, envelope, { Connection: "keep-alive" });
      setTimeout(() => response.socket?.destroy(), 5);
    });
    const mizan = kernel({ staleTime: -1 });
    for (let times = 0; times < 3; times++) {
      expect(await mizan.fetchContext(userContext, params)).toEqual(data);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  it("T9: a slow answer to a call ends it: one POST, of unknown outcome", async () => {
    answer(() => undefined);
    const call = kernel().call(renameUser, { user_id: 7, name: "x" }, { timeout: 1500 });
    await expect(call).rejects.toMatchObject({ code: "timeout", outcomeUnknown: true });
    expect(server.paths).toEqual(["GET session/", "POST call/rename_user"]);
  });

  it("a body that trickles counts towards the time", async () => {
    answer(({ response }) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      const timer = setInterval(() => response.write(" "), 10);
      response.on("close", () => clearInterval(timer));
    });
    const read = kernel({ timeout: 150, retry: 0 }).fetchContext(userContext, params);
    await expect(read).rejects.toMatchObject({ code: "timeout" });
  });

  it("a port where nobody listens is a network error", async () => {
    const mizan = kernel({ baseUrl: "http://127.0.0.1:1/", retry: 0 });
    await expect(mizan.fetchContext(userContext, params)).rejects.toMatchObject({
      code: "network",
      status: 0,
    });
  });

  it("ETag: an unchanged bundle is 304, which keeps the reference and clears the stale flag", async () => {
    answer(({ headers, response }) => {
      if (headers["if-none-match"] !== 'W/"1-x"') json(response, envelope, { ETag: 'W/"1-x"' });
      else {
        response.writeHead(304, { ETag: 'W/"1-x"', "X-Mizan-Rev": "5" });
        response.end();
      }
    });
    const mizan = kernel();
    const first = await mizan.fetchContext(userContext, params);
    mizan.invalidate(userContext);
    expect(await mizan.fetchContext(userContext, params)).toBe(first);
    expect(server.exchanges).toHaveLength(2);
    expect(mizan.inspect().entries[0]).toMatchObject({ rev: 5, state: { isStale: false } });
  });

  it("ETag: after a merge a 304 still means what it meant", async () => {
    answer(({ method, headers, response }) => {
      if (method === "POST") {
        const value = { id: 7, name: "Zoe" };
        json(response, {
          result: value,
          merge: [{ context: "user", slot: "user_profile", params, value, rev: 3 }],
        });
      } else if (!headers["if-none-match"]) json(response, envelope, { ETag: 'W/"1-x"' });
      else response.writeHead(304, { "X-Mizan-Rev": "2" }).end();
    });
    const mizan = kernel({ staleTime: -1 });
    await mizan.fetchContext(userContext, params);
    await mizan.call(renameUser, { user_id: 7, name: "Zoe" });
    const bundle = await mizan.fetchContext(userContext, params);
    expect(bundle.user_profile?.name).toBe("Zoe");
  });

  it("a public context carries no credentials, no protocol headers, no app headers", async () => {
    answer(({ response }) =>
      json(response, { mizan: 1, data: { book_list: { items: [] } } }, { "X-Mizan-Epoch": "e9" }),
    );
    const mizan = kernel({ headers: { Authorization: "Bearer x", "X-Tenant": "a" } });
    await mizan.fetchContext(catalogContext, {});
    const { headers } = server.exchanges[0] as Exchange;
    expect(
      Object.keys(headers).filter((name) => /mizan|authorization|cookie|tenant/.test(name)),
    ).toEqual([]);
  });

  it("long params travel in a POST, without a session", async () => {
    answer(({ response }) => json(response, { mizan: 1, data: { book_list: { items: [] } } }));
    const tags = Array.from({ length: 1000 }, (_, n) => `tag${n}`);
    await kernel().fetchContext(catalogContext, { tags });
    expect(server.paths).toEqual(["POST ctx/catalog/"]);
    const { headers, body } = server.exchanges[0] as Exchange;
    expect(JSON.parse(body.toString())).toEqual({ params: { tags } });
    expect(headers).toMatchObject({ "content-type": "application/json", "x-mizan-protocol": "1" });
    expect(headers["x-csrftoken"]).toBeUndefined();
  });

  it("C2: many calls at once share one session; a refused token is renewed once for all", async () => {
    let tokens = 0;
    server.handler = ({ path, headers, response }) => {
      if (path === "/api/session/")
        json(response, { csrf: { header: "X-CSRFToken", token: `t${++tokens}` } });
      else if (headers["x-csrftoken"] === "t2") json(response, { result: "ok" });
      else json(response, { status: 403, code: "csrf_failed" }, {}, 403);
    };
    const mizan = kernel();
    const calls = Array.from({ length: 10 }, () =>
      mizan.call(renameUser, { user_id: 7, name: "x" }),
    );
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["ok"]));
    expect(tokens).toBe(2);
    expect(server.paths.filter((path) => path.startsWith("POST"))).toHaveLength(20);
  });

  it("C2: the session fails three times: the caller is told, and the next call works", async () => {
    let failures = 0;
    server.handler = ({ path, response }) => {
      if (path !== "/api/session/") json(response, { result: "ok" });
      else if (++failures <= 3) response.socket?.destroy();
      else json(response, { csrf: { header: "X-CSRFToken", token: "t" } });
    };
    const mizan = kernel();
    const call = (): Promise<unknown> => mizan.call(renameUser, { user_id: 7, name: "x" });
    await expect(call()).rejects.toMatchObject({ code: "session_failed" });
    expect(await call()).toBe("ok");
    expect(failures).toBe(4);
  });

  it("an idempotent call survives a connection that breaks after it was carried out", async () => {
    const seen = new Set<unknown>();
    let orders = 0;
    answer(({ headers, response }) => {
      const key = headers["idempotency-key"];
      if (!seen.has(key)) {
        seen.add(key);
        orders++;
        response.socket?.destroy();
      } else json(response, { result: { id: orders, qty: 1 } }, { "X-Mizan-Replay": "1" });
    });
    const order = await kernel().call(placeOrder, { user_id: 7, qty: 1 });
    expect([order, orders]).toEqual([{ id: 1, qty: 1 }, 1]);
  });

  it("multipart: one part with the input, one for each file", async () => {
    const upload: Mutation<
      "upload",
      { user_id: number; image: Blob; pages: (Blob | null)[]; meta: { title: string } },
      string
    > = mutation({
      contract,
      name: "upload",
      path: "call/upload",
      encode: multipartBody,
      files: [["image"], ["pages"], ["absent", "deep"]],
    });
    let form: FormData | undefined;
    answer(async ({ headers, body, response }) => {
      form = await new Response(new Uint8Array(body), {
        headers: { "Content-Type": String(headers["content-type"]) },
      }).formData();
      json(response, { result: "ok" });
    });
    const input = {
      user_id: 7,
      image: new Blob(["png"], { type: "image/png" }),
      pages: [new Blob(["one"]), null, new Blob(["three"])],
      meta: { title: "Ä" },
    };
    expect(await kernel().call(upload, input)).toBe("ok");
    expect([...(form?.keys() ?? [])]).toEqual(["payload", "image", "pages.0", "pages.2"]);
    expect(JSON.parse(form?.get("payload") as string)).toEqual({
      user_id: 7,
      image: null,
      pages: [null, null, null],
      meta: { title: "Ä" },
    });
    const image = form?.get("image") as File;
    expect([image.type, await image.text()]).toEqual(["image/png", "png"]);
    expect(server.exchanges.at(-1)?.headers["x-csrftoken"]).toBe("t");
  });

  it("a call without input sends null; no answer body is null", async () => {
    answer(({ response }) => void response.writeHead(204).end());
    expect(await kernel().call(logout)).toBeNull();
    expect(server.exchanges.at(-1)?.body.toString()).toBe("null");
  });

  it("skew: another fingerprint is told once, and an unknown function says so", async () => {
    const events: string[] = [];
    answer(({ path, response }) => {
      const schema = { "X-Mizan-Schema": "sha256-newer" };
      if (path.includes("ctx")) json(response, envelope, schema);
      else json(response, { status: 404, code: "unknown_function" }, schema, 404);
    });
    const mizan = kernel({ onEvent: (event) => events.push(event.type) });
    await mizan.fetchContext(userContext, params);
    await expect(mizan.call(renameUser, { user_id: 7, name: "x" })).rejects.toMatchObject({
      code: "unknown_function",
      skew: true,
    });
    expect(events.filter((type) => type === "skew")).toHaveLength(1);
  });

  it("a stale read through an edge is repeated past it until it has caught up", async () => {
    answer(({ path, response }) =>
      json(response, { ...envelope, rev: path.includes("_rev=9") ? 9 : 3 }),
    );
    const mizan = kernel();
    await mizan.fetchContext(userContext, params);
    mizan.hydrate({ mizan: 1, entries: [], invalidate: [{ context: "user", rev: 9 }] });
    await mizan.fetchContext(userContext, params);
    expect(server.paths).toEqual([
      "GET ctx/user/?user_id=7",
      "GET ctx/user/?user_id=7",
      "GET ctx/user/?user_id=7&_rev=9",
    ]);
  });

  it("C4: one that never catches up is given up after three repetitions, as stale", async () => {
    const events: string[] = [];
    answer(({ response }) => json(response, { ...envelope, rev: 3 }));
    const mizan = kernel({ onEvent: ({ type }) => events.push(type) });
    await mizan.fetchContext(userContext, params);
    mizan.hydrate({ mizan: 1, entries: [], invalidate: [{ context: "user", rev: 9 }] });
    expect(await mizan.fetchContext(userContext, params)).toEqual(data);
    expect(server.exchanges).toHaveLength(5);
    expect(mizan.inspect().entries[0]?.state).toMatchObject({ status: "success", isStale: true });
    expect(events).toContain("stale");
  });

  describe("views", () => {
    const pdf: ViewDescriptor<"invoice_pdf", { order_id: number; page?: number }> = {
      kind: "view",
      contract,
      name: "invoice_pdf",
      method: "GET",
      path: "orders/{order_id}/invoice.pdf",
      params: { order_id: "number", page: "number" },
    };
    const pay: ViewDescriptor<"pay", { order_id: string }> = {
      kind: "view",
      contract,
      name: "pay",
      method: "POST",
      path: "/orders/{order_id}/pay/",
      params: { order_id: "string" },
      encoding: "form",
    };

    it("have an address", () => {
      const mizan = kernel();
      expect(viewUrl(pdf, { order_id: 5, page: 2 }, { mizan })).toBe(
        `${baseUrl}orders/5/invoice.pdf?page=2`,
      );
      expect(viewUrl(pay, { order_id: "a/b?c" }, { mizan })).toBe(
        `${new URL(baseUrl).origin}/orders/a%2Fb%3Fc/pay/`,
      );
    });

    it("give any answer, and what they change is read anew", async () => {
      answer(({ path, response }) => {
        if (path.includes("ctx")) json(response, envelope);
        else {
          response.writeHead(200, {
            "Content-Type": "text/html",
            "X-Mizan-Invalidate": 'user;p="user_id=7"',
          });
          response.end("<p>paid</p>");
        }
      });
      const mizan = kernel();
      await mizan.fetchContext(userContext, params);
      const response = await fetchView(
        pay,
        { order_id: "5" },
        { mizan, body: { amount: 3, tags: ["a", "b"], note: null } },
      );
      expect(await response.text()).toBe("<p>paid</p>");
      const { body, headers } = server.exchanges.at(-1) as Exchange;
      expect(body.toString()).toBe("amount=3&tags=a&tags=b");
      expect(headers["content-type"]).toMatch("application/x-www-form-urlencoded");
      expect(headers["x-csrftoken"]).toBe("t");
      expect(mizan.inspect().entries[0]?.state.isStale).toBe(true);
    });

    it("throw for a status that is not 2xx", async () => {
      answer(({ response }) => json(response, { code: "gone", status: 410 }, {}, 410));
      await expect(fetchView(pdf, { order_id: 5 }, { mizan: kernel() })).rejects.toMatchObject({
        code: "gone",
        source: "invoice_pdf",
      });
    });

    it("end with the caller's signal, also in the middle of the body", async () => {
      answer(({ response }) => {
        response.writeHead(200);
        response.write("part");
      });
      const control = new AbortController();
      const response = await fetchView(
        pdf,
        { order_id: 5 },
        { mizan: kernel(), signal: control.signal },
      );
      control.abort();
      await expect(response.text()).rejects.toThrow();
    });
  });
});
