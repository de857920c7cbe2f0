import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { bookId, openAsRumi, openBookshop } from "../../test/bookshop.js";
import { createBrowser, type Browser } from "../../test/browser.js";
import { expectProblem } from "../../test/expect-problem.js";
import { invalid } from "../problem/problems.js";
import { createRegistry } from "../registry/registry.js";
import { createHandler } from "./create-handler.js";

let rumi: Browser;

beforeEach(async () => {
  rumi = await openAsRumi();
});

const item = (body: Record<string, unknown>, list: "merge" | "invalidate", index = 0) =>
  (body[list] as Record<string, unknown>[])[index] ?? {};

describe("a call (protocol 3.4)", () => {
  it("answers with its result and what it changed: a merge after the commit equals a read right after", async () => {
    const { status, headers, body } = await rumi.post("/call/rename_user", {
      user_id: 7,
      name: "Jalāl",
    });
    expect(status).toBe(200);
    const { rev } = item(body, "merge");
    expect(body).toEqual({
      result: expect.objectContaining({ id: 7, name: "Jalāl" }) as object,
      invalidate: [],
      merge: [
        {
          context: "user",
          slot: "user_profile",
          mode: "replace",
          params: { user_id: 7 },
          value: body["result"],
          rev,
        },
        { context: "me", slot: "current_user", mode: "replace", value: body["result"], rev },
      ],
    });
    expect(headers.get("X-Mizan-Invalidate")).toBe(
      `user;p="user_id=7";rev=${String(rev)}, me;rev=${String(rev)}`,
    );
    expect(headers.get("Cache-Control")).toBe("private, no-store");
    const read = await rumi.get("/ctx/user/?user_id=7");
    expect(read.body["rev"]).toBe(rev);
    expect((read.body["data"] as Record<string, unknown>)["user_profile"]).toEqual(body["result"]);
  });

  it("an item of a list comes by its key, its context is fetched again as well (S5)", async () => {
    const input = { order_id: 6, line_id: 3, qty: 4 };
    const { body } = await rumi.post("/call/update_line", input);
    const { rev } = item(body, "merge");
    expect(item(body, "merge")).toMatchObject({
      mode: "update",
      key: ["id"],
      params: { order_id: 6 },
    });
    expect(body["invalidate"]).toEqual([{ context: "order", params: { order_id: 6 }, rev }]);
    const { data } = (await rumi.get("/ctx/order/?order_id=6")).body as {
      data: { order_lines: unknown[]; order_detail: unknown };
    };
    expect(data.order_lines).toEqual([body["result"]]);
    expect(data.order_detail).toMatchObject({ total: "30.00" });
  });

  it("every change moves the revision of what it reaches, and of nothing else", async () => {
    const rev = async (path: string): Promise<unknown> => (await rumi.get(path)).body["rev"];
    const before = await rev("/ctx/reference/");
    const { body } = await rumi.post("/call/rename_user", { user_id: 7, name: "R" });
    expect(await rev("/ctx/me/")).toBe(item(body, "merge")["rev"]);
    expect(await rev("/ctx/reference/")).toBe(before);
  });

  it("a function without arguments takes null, nothing, or an object", async () => {
    for (const body of ["null", "", "{}"]) {
      const browser = await openAsRumi();
      expect(await browser.post("/call/logout", body)).toMatchObject({
        status: 200,
        body: { result: null, merge: [], invalidate: [{ context: "*" }] },
      });
    }
  });

  it("_validate=1 checks and does nothing", async () => {
    const path = "/call/update_profile?_validate=1";
    const before = (await rumi.get("/ctx/user/?user_id=7")).text;
    const good = await rumi.post(path, { user_id: 7, form: { name: "X", email: "x@y.example" } });
    expect(good).toMatchObject({ status: 204, text: "" });
    expect(good.headers.get("X-Mizan-Invalidate")).toBeNull();
    expect((await rumi.get("/ctx/user/?user_id=7")).text).toBe(before);
    const bad = await rumi.post(path, { user_id: 7, form: { name: "", email: "x" } });
    expectProblem(bad, 422, "validation");
    expect((bad.body["errors"] as { path: unknown }[]).map(({ path }) => path)).toEqual([
      ["form", "name"],
      ["form", "email"],
    ]);
  });
});

describe("declared errors", () => {
  it("carry their typed data; nothing has changed", async () => {
    const lines = [
      { book_id: bookId(3), qty: 1 },
      { book_id: bookId(1), qty: 3 },
    ];
    const before = (await rumi.get(`/ctx/book/?book_id=${bookId(3)}`)).text;
    const reply = await rumi.post(
      "/call/place_order",
      { user_id: 7, lines },
      { "Idempotency-Key": "1" },
    );
    expectProblem(reply, 409, "out_of_stock");
    expect(reply.body["data"]).toEqual({ book_id: bookId(1), left: 2 });
    expect(reply.headers.get("X-Mizan-Invalidate")).toBeNull();
    expect((await rumi.get(`/ctx/book/?book_id=${bookId(3)}`)).text).toBe(before);
  });

  it("without data: their code says all", async () => {
    const reply = await rumi.post("/call/update_line", { order_id: 5, line_id: 1, qty: 1 });
    expectProblem(reply, 409, "order_closed");
    expect(reply.body).not.toHaveProperty("data");
  });
});

describe("bad input never reaches the handler, nor half of it", () => {
  it.each([
    ["text that is no JSON", "{nope", 400, "malformed"],
    ["NaN", '{"user_id":7,"name":NaN}', 400, "malformed"],
    ["a lone surrogate", '{"user_id":7,"name":"\\ud800"}', 400, "malformed"],
    ["__proto__", '{"user_id":7,"name":"x","__proto__":{"id":8}}', 400, "malformed"],
    ["deep nesting", `{"user_id":7,"name":${"[".repeat(50)}${"]".repeat(50)}}`, 400, "malformed"],
    ["nothing but white space", " \n", 400, "malformed"],
    ["a list in place of arguments", "[7]", 400, "malformed"],
    ["bytes that are no UTF-8", "bytes", 400, "malformed"],
    ["a body of more than 1 MiB", `{"name":"${"a".repeat(1_048_576)}"}`, 413, "too_large"],
    ["a missing member", '{"user_id":7}', 422, "validation"],
    ["a member of another type", '{"user_id":"7","name":"x"}', 422, "validation"],
    ["an integer beyond 2^53-1", '{"user_id":9007199254740993,"name":"x"}', 422, "validation"],
    ["an empty body", "", 422, "validation"],
  ])("%s", async (_what, body, status, code) => {
    const before = (await rumi.get("/ctx/user/?user_id=7")).text;
    const raw = body === "bytes" ? new Blob([new Uint8Array([0x22, 0xff, 0x22])]) : body;
    const reply = await rumi.post("/call/rename_user", raw);
    expectProblem(reply, status, code);
    expect((await rumi.get("/ctx/user/?user_id=7")).text).toBe(before);
  });

  it("a secret is never told, whatever its validator says of it", async () => {
    const registry = createRegistry({
      info: { title: "Secret", version: "1" },
      session: null,
      contexts: {},
    });
    const word = z.string().refine(() => false, { error: ({ input }) => `${String(input)}?` });
    registry.mutation(
      "sign",
      {
        auth: "none",
        input: { password: word.meta({ format: "password" }), pin: word, open: word },
        form: { fields: { pin: { sensitive: true } } },
      },
      () => undefined,
    );
    const { body } = await createBrowser(createHandler(registry)).post("/call/sign", {
      password: "a",
      pin: "b",
      open: "c",
    });
    expect(body["errors"]).toMatchObject([
      { path: ["password"], message: "Invalid value" },
      { path: ["pin"], message: "Invalid value" },
      { path: ["open"], message: "c?" },
    ]);
  });

  it.each([
    ["an unknown function", "POST", "/call/nope", 404, "unknown_function"],
    ["a member of every object", "POST", "/call/toString", 404, "unknown_function"],
    ["a query", "POST", "/call/user_profile", 404, "unknown_function"],
    ["GET", "GET", "/call/rename_user", 405, "method"],
  ])("%s", async (_what, method, path, status, code) => {
    const reply = method === "GET" ? await rumi.get(path) : await rumi.post(path, {});
    expectProblem(reply, status, code);
    if (status === 405) expect(reply.headers.get("Allow")).toBe("POST");
  });

  it("without a session, or for another user", async () => {
    const visitor = openBookshop();
    await visitor.startSession();
    const input = { user_id: 7, name: "x" };
    expectProblem(await visitor.post("/call/rename_user", input), 401, "unauthenticated");
    const other = await openAsRumi();
    expectProblem(
      await other.post("/call/rename_user", { user_id: 8, name: "x" }),
      403,
      "forbidden",
    );
  });
});

describe("a handler", () => {
  function serve(
    handler: (call: { redirect: (path: string) => void; request: Request }) => void,
    onError = vi.fn(),
  ) {
    const registry = createRegistry({
      info: { title: "Handler", version: "1" },
      session: null,
      contexts: {},
    });
    registry.mutation("run", { auth: "none" }, (_args, call) => handler(call));
    return { browser: createBrowser(createHandler(registry, { onError })), onError };
  }

  it("may send the page elsewhere on its origin, and nowhere else", async () => {
    const good = serve(({ redirect }) => redirect("/orders/7"));
    expect((await good.browser.post("/call/run")).body).toMatchObject({ redirect: "/orders/7" });
    for (const path of ["//evil.example", "/\\evil.example", "https://evil.example", "/a\nb"]) {
      const bad = serve(({ redirect }) => redirect(path));
      expectProblem(await bad.browser.post("/call/run"), 500, "internal");
      expect(bad.onError).toHaveBeenCalledOnce();
    }
  });

  it("may find the input invalid by itself", async () => {
    const { browser } = serve(() => {
      throw invalid([{ path: [], code: "form", message: "Nothing to change" }]);
    });
    const reply = await browser.post("/call/run");
    expectProblem(reply, 422, "validation");
    expect(reply.body["errors"]).toEqual([
      { path: [], code: "form", message: "Nothing to change" },
    ]);
  });

  it("that throws is an internal error with a number for the log", async () => {
    const { browser, onError } = serve(() => {
      throw new Error("SELECT password FROM users");
    });
    const reply = await browser.post("/call/run");
    expectProblem(reply, 500, "internal");
    expect(reply.text).not.toMatch(/SELECT/);
    const where = onError.mock.calls[0]?.[1] as { instance: string };
    expect(reply.body["instance"]).toBe(where.instance);
  });
});
