import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { data } from "../bookshop.js";
import { HttpServer, json, type Exchange } from "./http-server.js";
import type { CaseName, CaseResult } from "./wire-client.js";
import { describeCalls } from "./wire-calls.js";
import { describeViews } from "./wire-views.js";

/** Where the client's half of the cases runs. */
export interface Place {
  /** Once, before all cases. */
  readonly open?: () => Promise<void>;
  readonly close?: () => Promise<void>;
  readonly run: <Name extends CaseName>(
    name: Name,
    server: HttpServer,
  ) => Promise<CaseResult<Name>>;
}

/** A running server, and the client's half of a case against it. */
export interface Wire {
  readonly server: HttpServer;
  readonly run: <Name extends CaseName>(name: Name) => Promise<CaseResult<Name>>;
  /** Answers sessions, and leaves the rest to the test. */
  readonly answer: (handler: HttpServer["handler"]) => void;
}

export const params = { user_id: 7 };
export const envelope = { mizan: 1, context: "user", params, rev: 1, data };

/** The wire tests over real sockets: the same for every place that a client runs in. */
export function describeWire(where: string, place: Place): void {
  let server: HttpServer;
  const wire: Wire = {
    get server() {
      return server;
    },
    run: (name) => place.run(name, server),
    answer(handler) {
      server.handler = (exchange) => {
        if (exchange.path !== "/api/session/") return handler(exchange);
        const csrf = { header: "X-CSRFToken", token: "t" };
        json(exchange.response, { mizan: 1, csrf, epoch: "e1" });
      };
    },
  };

  describe(`over HTTP ${where}`, () => {
    beforeAll(() => place.open?.());
    afterAll(() => place.close?.());
    beforeEach(async () => {
      server = new HttpServer();
      server.keepAlive = false;
      await server.listen();
    });
    afterEach(() => server.close());

    describe("reads", () => describeReads(wire));
    describe("calls", () => describeCalls(wire));
    describe("views", () => describeViews(wire));
  });
}

function describeReads(wire: Wire): void {
  it("H6: reads a bundle at the context's own address, in chunks that are cut inside a character", async () => {
    const name = "Rūmī 😀";
    wire.answer(async ({ response }) => {
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
    expect((await wire.run("read")).user_profile?.name).toBe(name);
    const { headers, path } = wire.server.exchanges[0] as Exchange;
    expect(path).toBe("/api/ctx/user/?user_id=7");
    expect(headers).toMatchObject({
      "x-mizan-protocol": "1",
      "x-mizan-schema": "sha256-test",
      accept: "application/json",
    });
  });

  it("H3: a connection reset before and inside the answer is tried again", async () => {
    let tries = 0;
    wire.answer(({ response }) => {
      tries++;
      if (tries === 1) response.socket?.destroy();
      else if (tries === 2) {
        response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
        response.write('{"mizan":1,', () => response.socket?.destroy());
      } else json(response, envelope);
    });
    expect(await wire.run("read")).toEqual(data);
    expect(tries).toBe(3);
  });

  it.each([
    [503, 3],
    [404, 1],
  ])("H3 T9: a read that answers %s is sent %s times", async (status, times) => {
    wire.answer(({ response }) => json(response, { status, code: "x" }, {}, status));
    expect(await wire.run("readFails")).toMatchObject({ name: "MizanError", status, code: "x" });
    expect(wire.server.paths).toEqual(Array(times).fill("GET ctx/user/?user_id=7"));
  });

  it("a kept-alive connection that the server drops when it is used again is opened anew", async () => {
    wire.server.keepAlive = true;
    const served = new WeakSet<object>();
    let dropped = 0;
    wire.answer(({ response }) => {
      const { socket } = response;
      if (socket && served.has(socket)) {
        dropped++;
        socket.destroy();
      } else {
        if (socket) served.add(socket);
        json(response, envelope);
      }
    });
    expect(await wire.run("readAgain")).toEqual([data, data, data]);
    expect(dropped).toBeGreaterThan(0);
  });

  it("a body that trickles counts towards the time", async () => {
    wire.answer(({ response }) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      const timer = setInterval(() => response.write(" "), 10);
      response.on("close", () => clearInterval(timer));
    });
    expect(await wire.run("readOutOfTime")).toMatchObject({ code: "timeout" });
  });

  it("a port where nobody listens is a network error", async () => {
    expect(await wire.run("readNowhere")).toMatchObject({ code: "network", status: 0 });
  });

  it.each([
    ["HTML", "text/html", "<!doctype html><p>Sign in</p>"],
    ["truncated JSON", "application/json", '{"mizan":1,"data":{'],
    ["a body of another content type", "image/png", "\u0089PNG"],
    ["nothing", "application/json", ""],
  ])("bad input: %s: an error that says what came, and one request", async (_what, type, body) => {
    wire.answer(({ response }) => void response.writeHead(200, { "Content-Type": type }).end(body));
    const failure = await wire.run("readFails");
    expect(failure).toMatchObject({ name: "MizanError", code: "bad_response", source: "user" });
    expect(failure.message).toContain(`expected a JSON object, received ${type}: ${body}`);
    expect(wire.server.exchanges).toHaveLength(1);
  });

  it("bad input: a bundle of 10 MB is read", async () => {
    const note = "x".repeat(80);
    const user_orders = Array.from({ length: 100_000 }, (_, id) => ({ id, qty: id, note }));
    const body = JSON.stringify({ ...envelope, data: { ...data, user_orders } });
    expect(body.length).toBeGreaterThan(10_000_000);
    wire.answer(({ response }) => {
      response.writeHead(200, { "Content-Type": "application/json" }).end(body);
    });
    expect(await wire.run("readLarge")).toEqual({ orders: 100_000, same: true });
  });

  it("bad input: headers that cannot be sent: a typed error of the read and of the call, and nothing is sent", async () => {
    wire.answer(({ response }) => json(response, envelope));
    const [read, call] = await wire.run("invalidHeaders");
    expect(read).toMatchObject({ name: "MizanError", code: "network", source: "user" });
    expect(call).toMatchObject({ name: "MizanError", code: "session_failed" });
    expect(wire.server.exchanges).toHaveLength(0);
  });

  it("ETag: an unchanged bundle is 304, which keeps the reference and clears the stale flag", async () => {
    wire.answer(({ headers, response }) => {
      if (headers["if-none-match"] !== 'W/"1-x"') json(response, envelope, { ETag: 'W/"1-x"' });
      else response.writeHead(304, { ETag: 'W/"1-x"', "X-Mizan-Rev": "5" }).end();
    });
    const result = await wire.run("readInvalidated");
    expect(result).toEqual({ same: true, rev: 5, isStale: false });
    expect(wire.server.exchanges).toHaveLength(2);
  });

  it("ETag: after a merge a 304 still means what it meant", async () => {
    wire.answer(({ method, headers, response }) => {
      if (method === "POST") {
        const value = { id: 7, name: "Zoe" };
        const merge = [{ context: "user", slot: "user_profile", params, value, rev: 3 }];
        json(response, { result: value, merge });
      } else if (!headers["if-none-match"]) json(response, envelope, { ETag: 'W/"1-x"' });
      else response.writeHead(304, { "X-Mizan-Rev": "2" }).end();
    });
    expect((await wire.run("readRenamed")).user_profile?.name).toBe("Zoe");
    expect(wire.server.paths.at(-1)).toBe("GET ctx/user/?user_id=7");
  });

  it("a public context carries no credentials, no protocol headers, no app headers", async () => {
    wire.answer(({ response }) =>
      json(response, { mizan: 1, data: { book_list: { items: [] } } }, { "X-Mizan-Epoch": "e9" }),
    );
    await wire.run("readPublic");
    const { headers } = wire.server.exchanges[0] as Exchange;
    const names = Object.keys(headers);
    expect(names.filter((name) => /mizan|authorization|cookie|tenant/.test(name))).toEqual([]);
  });

  it("long params travel in a POST, without a session", async () => {
    wire.answer(({ response }) => json(response, { mizan: 1, data: { book_list: { items: [] } } }));
    await wire.run("readLong");
    expect(wire.server.paths).toEqual(["POST ctx/catalog/"]);
    const { headers, body } = wire.server.exchanges[0] as Exchange;
    const tags = Array.from({ length: 1000 }, (_, n) => `tag${n}`);
    expect(JSON.parse(body.toString())).toEqual({ params: { tags } });
    expect(headers).toMatchObject({ "content-type": "application/json", "x-mizan-protocol": "1" });
    expect(headers["x-csrftoken"]).toBeUndefined();
  });

  it("a stale read through an edge is repeated past it until it has caught up", async () => {
    wire.answer(({ path, response }) =>
      json(response, { ...envelope, rev: path.includes("_rev=9") ? 9 : 3 }),
    );
    await wire.run("readBehind");
    expect(wire.server.paths).toEqual([
      "GET ctx/user/?user_id=7",
      "GET ctx/user/?user_id=7",
      "GET ctx/user/?user_id=7&_rev=9",
    ]);
  });

  it("C4: one that never catches up is given up after three repetitions, as stale", async () => {
    wire.answer(({ response }) => json(response, { ...envelope, rev: 3 }));
    const { data: seen, events, state } = await wire.run("readBehind");
    expect(seen).toEqual(data);
    expect(wire.server.exchanges).toHaveLength(5);
    expect(state).toMatchObject({ status: "success", isStale: true });
    expect(events).toContain("stale");
  });
}
