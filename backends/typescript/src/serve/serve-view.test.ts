import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { openAsRumi, openBookshop } from "../../test/bookshop.js";
import { createBrowser } from "../../test/browser.js";
import { expectProblem } from "../../test/expect-problem.js";
import { createRegistry } from "../registry/registry.js";
import { createHandler } from "./create-handler.js";

const form = { "Content-Type": "application/x-www-form-urlencoded" };

describe("views of the bookshop", () => {
  it("answer with their own media type (M11), stored by nobody", async () => {
    const { status, headers, text } = await (await openAsRumi()).get("/orders/5/invoice.pdf");
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("application/pdf");
    expect(headers.get("Cache-Control")).toBe("private, no-store");
    expect(text).toMatch(/^%PDF-1\.4[^]*%%EOF\n$/);
  });

  it("say in a header what they changed, and move its revision (C7)", async () => {
    const rumi = await openAsRumi();
    const reply = await rumi.post("/users/7/orders/archive", null, { "X-Mizan-Protocol": null });
    expect(reply).toMatchObject({ status: 200, text: "5,20.50,2026-03-01T10:00:00Z\n" });
    expect(reply.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    const [, rev] = /^orders;p="user_id=7";rev=(\d+)$/.exec(
      reply.headers.get("X-Mizan-Invalidate") ?? "",
    ) ?? ["", ""];
    const { body } = await rumi.get("/ctx/orders/?user_id=7");
    expect(String(body["rev"])).toBe(rev);
    expect(body).toMatchObject({ data: { user_orders: { items: [{ id: 6 }] } } });
    // Only the list is said to have changed, so nothing else may have.
    const order = await rumi.get("/ctx/order/?order_id=5");
    expect(order.body).toMatchObject({ data: { order_detail: { id: 5, status: "shipped" } } });
  });

  it("take the token in a field, as forms without scripts send it", async () => {
    const rumi = await openAsRumi();
    const send = (token: string) =>
      rumi.post("/users/7/orders/archive", `csrfmiddlewaretoken=${token}`, {
        ...form,
        "X-CSRFToken": null,
      });
    expectProblem(await send("a.b"), 403, "csrf_failed");
    expect((await send(encodeURIComponent(rumi.token()))).status).toBe(200);
  });

  it.each([
    ["another site", { "Sec-Fetch-Site": "cross-site" }, 403, "csrf_failed"],
    ["no token", { "X-CSRFToken": null }, 403, "csrf_failed"],
    ["text/plain", { "Content-Type": "text/plain" }, 415, "content_type"],
  ])("are guarded: %s", async (_what, headers, status, code) => {
    expectProblem(
      await (await openAsRumi()).post("/users/7/orders/archive", "x", headers),
      status,
      code,
    );
  });

  it("answer with problems like everything else", async () => {
    expectProblem(await openBookshop().get("/orders/5/invoice.pdf"), 401, "unauthenticated");
    const rumi = await openAsRumi();
    expectProblem(await rumi.get("/orders/99/invoice.pdf"), 404, "not_found");
    expectProblem(await rumi.get("/orders/x/invoice.pdf"), 422, "validation");
    expectProblem(await rumi.get("/orders/%zz/invoice.pdf"), 400, "malformed");
    expectProblem(await rumi.get("/users/7/orders/archive"), 405, "method");
    expectProblem(await rumi.post("/users/8/orders/archive"), 403, "forbidden");
  });
});

describe("other views", () => {
  function serve() {
    const seen = vi.fn();
    const registry = createRegistry({
      info: { title: "Views", version: "1" },
      session: null,
      contexts: { c: { cache: { scope: "none" } } },
    });
    registry.query("q", { context: "c", output: z.null(), auth: "none" }, () => null);
    registry.view(
      "pay",
      {
        method: "POST",
        auth: "none",
        path: "/pay/{id}",
        params: { id: z.string(), copy: z.boolean().default(false) },
        input: { amount: z.int(), tags: z.array(z.string()).default([]) },
        produces: ["text/html"],
        affects: ["c"],
      },
      (args) => {
        seen(args);
        return new Response("<p>", { status: 201, headers: { "Content-Type": "text/html" } });
      },
    );
    registry.view(
      "read",
      { path: "/read", auth: "none", produces: ["text/plain"], affects: ["c"] },
      () => "x",
    );
    return { browser: createBrowser(createHandler(registry)), seen };
  }

  it("fields of a form are typed by the schema; the answer may be a Response", async () => {
    const { browser, seen } = serve();
    const reply = await browser.post("/pay/a%2Fb?copy=true", "amount=3&tags=x&tags=y", form);
    expect(reply).toMatchObject({ status: 201, text: "<p>" });
    expect(seen).toHaveBeenCalledWith({ id: "a/b", copy: true, amount: 3, tags: ["x", "y"] });
    expect(reply.headers.get("X-Mizan-Invalidate")).toMatch(/^c;rev=\d+$/);
    expectProblem(await browser.post("/pay/a", "amount=x", form), 422, "validation");
    expect((await browser.post("/pay/a", { amount: 1 })).status).toBe(201);
  });

  it("a read tells nobody to forget anything", async () => {
    const { headers, text } = await serve().browser.get("/read");
    expect(text).toBe("x");
    expect(headers.get("X-Mizan-Invalidate")).toBeNull();
  });
});
