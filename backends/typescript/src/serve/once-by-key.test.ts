import { describe, expect, it } from "vitest";
import { z } from "zod";
import { bookId, openAsRumi } from "../../test/bookshop.js";
import { createBrowser, type Browser } from "../../test/browser.js";
import { expectProblem } from "../../test/expect-problem.js";
import { memoryIdempotency } from "../idempotency/memory-idempotency.js";
import { createRegistry } from "../registry/registry.js";
import { createHandler } from "./create-handler.js";

const order = (browser: Browser, key: string | null, qty = 1) =>
  browser.post(
    "/call/place_order",
    { user_id: 7, lines: [{ book_id: bookId(1), qty }] },
    { "Idempotency-Key": key },
  );

describe("an idempotent call (protocol 3.8)", () => {
  it("happens once for each key; the answer comes again word for word", async () => {
    const rumi = await openAsRumi();
    const first = await order(rumi, "key-1");
    const second = await order(rumi, "key-1");
    expect(second).toMatchObject({ status: 200, text: first.text });
    expect(first.headers.get("X-Mizan-Replay")).toBeNull();
    expect(second.headers.get("X-Mizan-Replay")).toBe("1");
    expect(second.headers.get("X-Mizan-Invalidate")).toBe(first.headers.get("X-Mizan-Invalidate"));
    const { data } = (await rumi.get(`/ctx/book/?book_id=${bookId(1)}`)).body as {
      data: { book_detail: { stock: number } };
    };
    expect(data.book_detail.stock).toBe(1);
  });

  it("a domain error is an answer like any other", async () => {
    const rumi = await openAsRumi();
    expectProblem(await order(rumi, "key-2", 9), 409, "out_of_stock");
    const again = await order(rumi, "key-2", 9);
    expectProblem(again, 409, "out_of_stock");
    expect(again.headers.get("X-Mizan-Replay")).toBe("1");
  });

  it("needs a key, one payload a key, and keeps no call that never began", async () => {
    const rumi = await openAsRumi();
    expectProblem(await order(rumi, null), 400, "idempotency_key_missing");
    expectProblem(await order(rumi, "key-3", 100), 422, "validation");
    expect((await order(rumi, "key-3")).status).toBe(200);
    expectProblem(await order(rumi, "key-3", 2), 422, "idempotency_key_reused");
  });
});

describe("under way", () => {
  function serve(work: () => Promise<void>) {
    const registry = createRegistry({
      info: { title: "Once", version: "1" },
      session: null,
      contexts: {},
    });
    registry.mutation(
      "pay",
      { auth: "none", idempotent: true, input: { n: z.int() }, output: z.int() },
      async ({ n }) => {
        await work();
        return n;
      },
    );
    const browser = createBrowser(createHandler(registry));
    return (n: number, key = "k") => browser.post("/call/pay", { n }, { "Idempotency-Key": key });
  }

  it("the same call is told to wait; another payload is refused", async () => {
    let finish = (): void => {};
    let begin = (): void => {};
    const begun = new Promise<void>((done) => (begin = done));
    const work = new Promise<void>((done) => (finish = done));
    const pay = serve(() => {
      begin();
      return work;
    });
    const first = pay(1);
    await begun;
    const waiting = await pay(1);
    expectProblem(waiting, 409, "idempotency_in_flight");
    expect(waiting.headers.get("Retry-After")).toBe("1");
    expectProblem(await pay(2), 422, "idempotency_key_reused");
    finish();
    expect((await first).status).toBe(200);
    expect((await pay(1)).headers.get("X-Mizan-Replay")).toBe("1");
  });

  it("a failure of the server is not kept: the next call tries again", async () => {
    let calls = 0;
    const pay = serve(() =>
      ++calls === 1 ? Promise.reject(new Error("down")) : Promise.resolve(),
    );
    expectProblem(await pay(1), 500, "internal");
    expect((await pay(1)).body).toMatchObject({ result: 1 });
    expect(calls).toBe(2);
  });
});

describe("the store of one process", () => {
  const answer = { status: 200, headers: [], body: "" };

  it("forgets after a day, and the oldest when there are too many; never a call under way", async () => {
    let time = 0;
    const store = memoryIdempotency({ now: () => time, ttl: 10, capacity: 2 });
    await store.claim("a", "h");
    await store.settle("a", answer);
    expect(await store.claim("a", "h")).toEqual({ state: "answered", answer });
    time = 10;
    expect(await store.claim("a", "h")).toEqual({ state: "mine" });
    await store.claim("b", "h");
    await store.settle("b", answer);
    await store.claim("c", "h");
    await store.claim("d", "h");
    expect(await store.claim("a", "h")).toEqual({ state: "in_flight" });
    expect(await store.claim("b", "h")).toEqual({ state: "mine" });
  });
});
