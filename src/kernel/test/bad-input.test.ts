import { afterEach, describe, expect, it, vi } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  observe,
  pass,
  renameUser,
  reported,
  userContext,
  useVirtualTime,
} from "./harness.js";

useVirtualTime();

// Nothing is ever thrown from a listener, a timer or a message handler.
afterEach(() => {
  expect(reported).toEqual([]);
});

const input = { user_id: 7, name: "Zoe" };

// Section "Bad input" of the kernel's issue; HTML, truncated JSON, wrong types and contexts of reads are scenario 8.
describe("bad input", () => {
  it.each([
    ["HTML", "<html>Bad gateway</html>", "text/html", "text/html"],
    ["truncated JSON", '{"result":{"id":', "application/json", "application/json"],
    ["an HTML body that claims to be JSON", "<html>", "application/json", "<html>"],
  ])(
    "an answer to a call that is %s says what was expected and what came",
    async (_what, body, type, part) => {
      const b = bench();
      const { trace } = await loaded(b);
      const call = b.mizan.call(renameUser, input);
      const failed = expect(call).rejects.toMatchObject({
        code: "bad_response",
        message: expect.stringMatching(/expected a JSON object.*received/) as string,
      });
      const saysWhat = expect(call).rejects.toThrow(part);
      await idle();
      await b.server.call(0).text(body, { headers: { "Content-Type": type } });
      await failed;
      await saysWhat;
      expect(line(trace.state)).toBe("success stale fetching Alice [1x1]");
    },
  );

  it("JSON with another content type is read for what it is", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.text(JSON.stringify({ mizan: 1, data }), {
      headers: { "Content-Type": "text/plain" },
    });
    expect(line(trace.state)).toBe("success Alice [1x1]");
  });

  it("the bundle of another context is refused, whatever its slots are called", async () => {
    const b = bench({ retry: 0 });
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.json({ mizan: 1, context: "catalog", params: {}, data });
    expect(trace.state.error?.code).toBe("bad_response");
    expect(trace.state.data).toBeUndefined();
  });

  it("slots that the client does not know do no harm", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.text(
      `{"mizan":1,"data":{"__proto__":{"x":1},"later":1,"then":1,${JSON.stringify(data).slice(1)}}`,
    );
    expect(line(trace.state)).toBe("success Alice [1x1]");
    expect(Object.getPrototypeOf(trace.state.data)).toBe(Object.prototype);
    expect("x" in {}).toBe(false);
    expect(await b.mizan.fetchContext(userContext, { user_id: 7 })).toBe(trace.state.data);
  });

  it("a slot that is neither answered nor failed is an error of that slot", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.bundle({ user_profile: data.user_profile });
    await pass(60_000);
    expect(trace.state).toMatchObject({
      status: "error",
      data: { user_profile: data.user_profile },
      slotErrors: { user_orders: { code: "bad_response" } },
    });
    expect(b.server.reads).toHaveLength(1);
  });

  it("a slot that fails in a refetch keeps its value, as stale, and says so", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.bundle(
      { user_profile: { id: 7, name: "Zoe" } },
      { errors: { user_orders: { status: 503, code: "upstream_unavailable", title: "Later" } } },
    );
    expect(line(trace.state)).toBe("success stale Zoe [1x1]");
    expect(trace.state.slotErrors.user_orders).toMatchObject({
      code: "upstream_unavailable",
      status: 503,
      message: "Later",
      source: "user_orders",
    });
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data);
    expect(line(trace.state)).toBe("success Alice [1x1]");
    expect(trace.state.slotErrors).toEqual({});
  });

  it("an optional slot may fail while the context succeeds", async () => {
    const b = bench();
    const context = { ...userContext, optional: ["user_orders"] };
    const handle = b.mizan.registerContext(context, { user_id: 7 });
    observe(handle);
    await idle();
    await b.server.one.bundle(
      { user_profile: data.user_profile },
      { errors: { user_orders: { status: 503, code: "x" } } },
    );
    expect(handle.getState()).toMatchObject({ status: "success", error: undefined });
  });

  it.each([
    ["errors that are a list", { errors: [1] }],
    ["errors that are a text", { errors: "no" }],
    ["a problem that is null", { errors: { user_orders: null } }],
    ["a revision that is a text", { rev: "7" }],
    ["params that are a list", { params: [1] }],
    ["params that cannot be read", { params: { user_id: {} } }],
  ])("a bundle with %s is read as far as it goes", async (_what, more) => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.bundle(data, more as object);
    expect(line(trace.state)).toBe("success Alice [1x1]");
  });

  it.each([
    ["no list", { merge: 7, invalidate: "user" }],
    ["wrong things", { merge: [null, 1, "x", {}], invalidate: [null, 1, {}] }],
    [
      "hostile names",
      {
        merge: [
          { context: "__proto__", slot: "x", value: 1 },
          { context: "user", slot: "__proto__", params: { user_id: 8 }, value: 1 },
        ],
      },
    ],
  ])("effects that are %s are left out", async (_what, effects) => {
    const b = bench();
    const { trace } = await loaded(b);
    const call = b.mizan.call(renameUser, input);
    await idle();
    await b.server.call(0).json({ result: "ok", ...effects });
    expect(await call).toBe("ok");
    expect(line(trace.state)).toBe("success Alice [1x1]");
  });

  it("a merge into a slot called __proto__ changes no prototype", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const call = b.mizan.call(renameUser, input);
    await idle();
    await b.server
      .call(0)
      .text(
        '{"result":1,"merge":[{"context":"user","slot":"__proto__","value":{"x":1},"params":{"__proto__":{"y":1},"user_id":7}}]}',
      );
    await call;
    expect(trace.state.data).toEqual(data);
    expect("x" in {} || "y" in {}).toBe(false);
  });

  it("a body of 10 MB is read, compared and kept without its text", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const orders = Array.from({ length: 100_000 }, (_, id) => ({
      id,
      qty: id,
      note: "x".repeat(80),
    }));
    const parse = vi.spyOn(JSON, "parse");
    for (let times = 0; times < 2; times++) {
      void handle.refetch();
      await idle();
      await b.server.one.bundle({ ...data, user_orders: orders });
    }
    // A short text would have been kept, and the second one not parsed.
    expect(parse).toHaveBeenCalledTimes(2);
    expect(trace.state.data?.user_orders).toHaveLength(100_000);
    expect(new Set(trace.seen.map((state) => state.data?.user_orders)).size).toBe(2);
  });

  it("JSON nested 50 000 deep is read without overflowing the stack", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    for (const end of ["", " "]) {
      void handle.refetch();
      await idle();
      await b.server.one.text(`{"mizan":1,"data":{"user_profile":${deep},"user_orders":[]}}${end}`);
    }
    expect(trace.state.status).toBe("success");
  });

  it.each([
    ["a name", { "bad header": "x" }],
    ["a value", { "X-Bad": "a\r\nb" }],
  ])("an invalid header: %s: a typed error, and no storm", async (_what, headers) => {
    const fetch = vi.fn((url: string, init: RequestInit) => {
      new Request(`http://localhost${url}`, init);
      return Promise.reject(new Error("never sent"));
    });
    const b = bench({ headers, fetch });
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await pass(600_000);
    expect(trace.state.error).toMatchObject({ name: "MizanError", code: "network" });
    expect(fetch.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no token");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no token"))],
  ])(
    "a headers function that %s: an error of the read and of the call, and no storm",
    async (_what, headers) => {
      const asked = vi.fn(headers);
      const b = bench({ headers: asked });
      const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
      await expect(b.mizan.call(renameUser, input)).rejects.toMatchObject({
        name: "MizanError",
        message: expect.stringContaining("no token") as string,
        outcomeUnknown: false,
      });
      await pass(600_000);
      expect(trace.state.error?.message).toContain("no token");
      expect(b.server.requests).toHaveLength(0);
      // Once by the read, once by the call.
      expect(asked).toHaveBeenCalledTimes(2);
    },
  );

  it("a fetch that throws instead of rejecting is a network error", async () => {
    const b = bench({
      retry: 0,
      fetch: () => {
        throw new Error("sync");
      },
    });
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    expect(trace.state.error).toMatchObject({ code: "network" });
  });

  it.each([
    [
      "FastAPI",
      422,
      { detail: [{ type: "missing", loc: ["body", "form", "name"], msg: "Field required" }] },
      "validation",
      [{ path: ["form", "name"], code: "missing", message: "Field required" }],
    ],
    [
      "Django",
      400,
      { name: ["Too long."], __all__: [{ message: "Nothing to change", code: "empty" }] },
      "malformed",
      [
        { path: ["name"], code: "invalid", message: "Too long." },
        { path: [], code: "empty", message: "Nothing to change" },
      ],
    ],
    [
      "the protocol",
      422,
      { code: "validation", errors: [{ path: ["a", 0], code: "x", message: "y" }, null, 7] },
      "validation",
      [{ path: ["a", 0], code: "x", message: "y" }],
    ],
    ["nothing known", 422, { errors: "no" }, "validation", []],
    ["Starlette", 404, { detail: "Not Found" }, "not_found", []],
    ["a bare list", 422, [1, 2], "validation", []],
  ] as const)("validation errors of %s", async (_of, status, body, code, fields) => {
    const b = bench();
    const call = b.mizan.call(renameUser, input);
    const failed = expect(call).rejects.toMatchObject({ status, code, fields });
    await idle();
    await b.server.call(0).json(body, { status });
    await failed;
  });

  it.each([
    [418, "http"],
    [429, "rate_limited"],
    [413, "too_large"],
    [507, "internal"],
  ])("status %s with plain text has the code %s and the text as message", async (status, code) => {
    const b = bench();
    const call = b.mizan.call(renameUser, input);
    const failed = expect(call).rejects.toMatchObject({ code, message: "Short and stout" });
    await idle();
    await b.server.call(0).text("Short and stout", { status });
    await failed;
  });
});
