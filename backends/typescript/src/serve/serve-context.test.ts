import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { bookId, openAsRumi, openBookshop } from "../../test/bookshop.js";
import { createBrowser } from "../../test/browser.js";
import { expectProblem } from "../../test/expect-problem.js";
import { registry as bookshop } from "../../examples/bookshop/bookshop.js";
import { exportDocument } from "../document/export-document.js";
import { MizanProblem } from "../problem/mizan-problem.js";
import { createRegistry } from "../registry/registry.js";
import { createHandler } from "./create-handler.js";

let fits: (component: string, value: unknown) => void;

beforeAll(async () => {
  const ajv = new Ajv2020({ strict: false, formats: { decimal: true, password: true } });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "doc", ...(await exportDocument(bookshop)) });
  fits = (component, value) => {
    const validate = ajv.compile({ $ref: `doc#/components/schemas/${component}` });
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
  };
});

describe("a bundle (protocol 3.3)", () => {
  it("has one member for each function, the params with their defaults, and a revision", async () => {
    const browser = await openAsRumi();
    const { status, headers, body } = await browser.get("/ctx/user/?user_id=7");
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["mizan", "context", "params", "rev", "data"]);
    expect(body).toMatchObject({ mizan: 1, context: "user", params: { user_id: 7 } });
    expect(Object.keys(body["data"] as object)).toEqual([
      "user_profile",
      "user_addresses",
      "user_favourites",
    ]);
    expect(Number.isSafeInteger(body["rev"])).toBe(true);
    fits("UserBundleEnvelope", body);
    expect(headers.get("X-Mizan-Protocol")).toBe("1");
    expect(headers.get("X-Mizan-Schema")).toMatch(/^sha256-/);
  });

  it("a list is a list on the wire (M19), an absent order is null (H15)", async () => {
    const browser = await openAsRumi();
    const { body } = await browser.get("/ctx/order/?order_id=999");
    expect(body["data"]).toEqual({ order_detail: null, order_lines: [] });
  });

  it("nothing leaves the server that the contract does not name", async () => {
    const browser = await openAsRumi();
    expect((await browser.get("/ctx/me/")).text).not.toMatch(/masnavi|password/);
  });

  it("addresses are taken with and without their last slash, and never redirect", async () => {
    const browser = openBookshop();
    expect((await browser.get("/ctx/reference")).status).toBe(200);
    expect((await browser.get("/ctx/reference/")).status).toBe(200);
  });

  it("params come back as understood: defaults at every depth, unknown names left out", async () => {
    const filter = encodeURIComponent('{"author":"Attar","nope":1}');
    const { body } = await openBookshop().get(`/ctx/catalog/?in_stock=True&filter=${filter}&x=1`);
    expect(body["params"]).toEqual({
      tags: [],
      in_stock: true,
      filter: { author: "Attar", max_price: null },
      page: 1,
    });
    fits("CatalogBundleEnvelope", body);
  });

  it("a UUID has one spelling", async () => {
    const id = bookId(1).replace("8000", "A000");
    const { body } = await openBookshop().get(`/ctx/book/?book_id=${id.toUpperCase()}`);
    expect(body["params"]).toEqual({ book_id: id.toLowerCase() });
  });

  it("long params are posted: the same answer, stored by nobody, without a token", async () => {
    const browser = openBookshop();
    const posted = await browser.post("/ctx/catalog/", { params: { page: 2, tags: [] } });
    const read = await browser.get("/ctx/catalog/?page=2");
    expect(posted.body).toEqual(read.body);
    expect(posted.headers.get("Cache-Control")).toBe("private, no-store");
    expectProblem(
      await browser.post("/ctx/catalog/", {}, { "X-Mizan-Protocol": null }),
      400,
      "protocol_unsupported",
    );
  });

  it("_only asks for some slots, each once; an unknown one is refused", async () => {
    const browser = await openAsRumi();
    const only = "_only=user_favourites&_only=user_favourites";
    const { body } = await browser.get(`/ctx/user/?user_id=7&${only}`);
    expect(Object.keys(body["data"] as object)).toEqual(["user_favourites"]);
    expectProblem(await browser.get("/ctx/user/?user_id=7&_only=nope"), 400, "malformed");
  });

  it("_rev is taken when it was given out, and refused when it was not", async () => {
    const browser = openBookshop();
    const { body } = await browser.get("/ctx/reference/");
    const rev = Number(body["rev"]);
    expect((await browser.get(`/ctx/reference/?_rev=${rev}`)).status).toBe(200);
    expectProblem(await browser.get(`/ctx/reference/?_rev=${rev * 2}`), 400, "malformed");
    expectProblem(await browser.get("/ctx/reference/?_rev=x"), 400, "malformed");
  });
});

describe("who may store a bundle", () => {
  it("a public one: everybody, with tags; no epoch, no cookie (M12)", async () => {
    const browser = await openAsRumi();
    const { headers } = await browser.get("/ctx/catalog/");
    expect(headers.get("Cache-Control")).toBe("public, max-age=0, must-revalidate");
    expect(headers.get("CDN-Cache-Control")).toBe("public, max-age=300, stale-while-revalidate=60");
    expect(headers.get("Cache-Tag")).toBe("mz-catalog");
    expect(headers.get("Surrogate-Key")).toBe("mz-catalog");
    expect(headers.get("Vary")).toBe("Accept-Encoding");
    expect(headers.get("X-Mizan-Epoch")).toBeNull();
    expect(headers.get("Set-Cookie")).toBeNull();
  });

  it("a private one: this browser, asking each time", async () => {
    const { headers } = await (await openAsRumi()).get("/ctx/user/?user_id=7");
    expect(headers.get("Cache-Control")).toBe("private, no-cache");
    expect(headers.get("Vary")).toBe("Accept-Encoding, Cookie");
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    expect(headers.get("X-Mizan-Epoch")).toMatch(/^e-/);
  });

  it("scope none: nobody", async () => {
    const { headers } = await (await openAsRumi()).get("/ctx/order/?order_id=6");
    expect(headers.get("Cache-Control")).toBe("private, no-store");
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    expect(headers.get("ETag")).toBeNull();
  });

  it("a known answer is a 304 with its revision; another revision is another answer", async () => {
    const browser = await openAsRumi();
    const first = await browser.get("/ctx/user/?user_id=7");
    const tag = first.headers.get("ETag") ?? "";
    expect(tag).toMatch(/^W\/"\d+-[0-9a-f]{8}"$/);
    const second = await browser.get("/ctx/user/?user_id=7", { "If-None-Match": `"x", ${tag}` });
    expect(second).toMatchObject({ status: 304, text: "" });
    expect(second.headers.get("X-Mizan-Rev")).toBe(String(first.body["rev"]));
    expect(second.headers.get("ETag")).toBe(tag);
    await browser.post("/call/rename_user", { user_id: 7, name: "R" });
    expect((await browser.get("/ctx/user/?user_id=7", { "If-None-Match": tag })).status).toBe(200);
  });

  it("declared scopes of params are tags of their own", async () => {
    const registry = createRegistry({
      info: { title: "Tags", version: "1" },
      session: null,
      contexts: { Book: { cache: { scope: "public", ttl: 1, tags: ["shop"] } } },
    });
    const of = { context: "Book", params: { book_id: z.int() } } as const;
    registry.query("book", { ...of, output: z.string(), auth: "none" }, () => "");
    registry.mutation(
      "change",
      { input: { book_id: z.int() }, affects: ["Book"] },
      () => undefined,
    );
    const { headers } = await createBrowser(createHandler(registry)).get("/ctx/Book/?book_id=7");
    // SHA-256 of "book_id=7".
    expect(headers.get("Cache-Tag")).toMatch(/^mz-book,shop,mz-book-[0-9a-f]{16}$/);
  });
});

describe("what can go wrong", () => {
  const Part = { context: "c", auth: "none" } as const;
  function failing(...statuses: (number | null)[]) {
    const onError = vi.fn();
    const registry = createRegistry({
      info: { title: "Failing", version: "1" },
      session: null,
      contexts: { c: { cache: { scope: "private", ttl: 1 } } },
    });
    statuses.forEach((status, index) => {
      registry.query(`q${index}`, { ...Part, output: z.string() }, () => {
        if (status === 500) throw new Error("SELECT secret FROM users");
        if (status !== null) throw new MizanProblem(status, `code_${index}`);
        return "fine";
      });
    });
    return { browser: createBrowser(createHandler(registry, { onError })), onError };
  }

  it("one function fails: 200, its problem in errors, its slot absent, stored by nobody", async () => {
    const { browser, onError } = failing(null, 500, 503);
    const { status, headers, body, text } = await browser.get("/ctx/c/");
    expect(status).toBe(200);
    expect(body["data"]).toEqual({ q0: "fine" });
    expect(body["errors"]).toMatchObject({
      q1: {
        status: 500,
        code: "internal",
        instance: expect.stringMatching(/^urn:uuid:/) as string,
      },
      q2: { status: 503, code: "code_2" },
    });
    expect(headers.get("Cache-Control")).toBe("private, no-store");
    expect(headers.get("ETag")).toBeNull();
    expect(text).not.toMatch(/SELECT/);
    expect(onError).toHaveBeenCalledOnce();
  });

  it("all fail: their common status, else 500", async () => {
    expectProblem(await failing(503, 503).browser.get("/ctx/c/"), 503, "code_0");
    expectProblem(await failing(503, 404).browser.get("/ctx/c/"), 500, "internal");
  });

  it("an answer that breaks the contract is an error of the server, not of the page", async () => {
    const registry = createRegistry({
      info: { title: "Wrong", version: "1" },
      session: null,
      contexts: { c: { cache: { scope: "none" } } },
    });
    registry.query("q", { ...Part, output: z.int() }, () => NaN);
    const onError = vi.fn();
    expectProblem(
      await createBrowser(createHandler(registry, { onError })).get("/ctx/c/"),
      500,
      "internal",
    );
    expect(String(onError.mock.calls[0]?.[0])).toMatch(/"q" answered with something else/);
  });

  it("who is not signed in, or asks for another's data, is told so", async () => {
    expectProblem(await openBookshop().get("/ctx/user/?user_id=7"), 401, "unauthenticated");
    const rumi = await openAsRumi();
    expectProblem(await rumi.get("/ctx/user/?user_id=8"), 403, "forbidden");
    expectProblem(await rumi.get("/ctx/user/?user_id=99"), 404, "not_found");
  });

  it.each([
    ["an invalid param", "/ctx/catalog/?page=0", 422, "validation"],
    ["text for a number", "/ctx/catalog/?page=x", 422, "validation"],
    ["a missing param", "/ctx/book/", 422, "validation"],
    ["json that is none", "/ctx/catalog/?filter=%7B", 422, "validation"],
    ["an empty item of a list of another type", "/ctx/catalog/?page=", 422, "validation"],
    ["a repeated scalar", "/ctx/catalog/?page=1&page=2", 400, "malformed"],
    ["NaN", "/ctx/catalog/?page=NaN", 400, "malformed"],
    ["an integer beyond 2^53-1", "/ctx/catalog/?page=9007199254740993", 400, "malformed"],
    ["a lone surrogate", "/ctx/catalog/?tags=%ED%A0%80", 400, "malformed"],
    ["broken percent-encoding", "/ctx/catalog/?tags=%zz", 400, "malformed"],
    [
      "deep nesting",
      `/ctx/catalog/?filter=${"%5B".repeat(40)}${"%5D".repeat(40)}`,
      400,
      "malformed",
    ],
    ["__proto__", "/ctx/catalog/?filter=%7B%22__proto__%22%3A1%7D", 400, "malformed"],
    ["a long json param", `/ctx/catalog/?filter=%22${"a".repeat(2048)}%22`, 414, "too_large"],
    ["more than 100 items", `/ctx/catalog/?${"tags=a&".repeat(101)}`, 414, "too_large"],
    [
      "more than 32 params",
      `/ctx/catalog/?${Array.from({ length: 33 }, (_, i) => `p${i}=1`).join("&")}`,
      414,
      "too_large",
    ],
    ["a long address", `/ctx/catalog/?tags=${"a".repeat(8192)}`, 414, "too_large"],
    ["an unknown context", "/ctx/nope/", 404, "unknown_context"],
    ["a member of every object", "/ctx/constructor/", 404, "unknown_context"],
  ])("%s", async (_what, path, status, code) => {
    expectProblem(await openBookshop().get(path), status, code);
  });

  it("100 items are taken", async () => {
    const { status } = await openBookshop().get(`/ctx/catalog/?${"tags=a&".repeat(100)}`);
    expect(status).toBe(200);
  });

  it("another method, version, or type of answer is refused", async () => {
    const handler = openBookshop();
    expectProblem(
      await handler.get("/ctx/me/", { "X-Mizan-Protocol": "2" }),
      400,
      "protocol_unsupported",
    );
    expect((await handler.get("/ctx/me/", { "X-Mizan-Protocol": "2" })).body).toMatchObject({
      supported: [1],
    });
    expectProblem(await handler.get("/ctx/me/", { Accept: "text/html" }), 406, "not_acceptable");
    expect((await handler.get("/ctx/me/", { Accept: "text/html, */*;q=0.1" })).status).toBe(200);
    expectProblem(
      await handler.post("/ctx/me/", "a=1", { "Content-Type": "text/plain" }),
      415,
      "content_type",
    );
  });
});

it("functions of a public context see neither cookies nor authorization nor a user", async () => {
  const seen = vi.fn();
  const registry = createRegistry({
    info: { title: "Public", version: "1" },
    session: null,
    contexts: { c: { cache: { scope: "public", ttl: 1 } } },
  });
  registry.query("q", { context: "c", auth: "none", output: z.null() }, (_args, call) => {
    const { headers } = call.request;
    seen(call.user, headers.get("Cookie"), headers.get("Authorization"), headers.get("X-Other"));
    return null;
  });
  await createBrowser(createHandler(registry)).get("/ctx/c/", {
    Cookie: "sessionid=1",
    Authorization: "Bearer x",
    "X-Other": "kept",
  });
  expect(seen).toHaveBeenCalledWith(null, null, null, "kept");
});
