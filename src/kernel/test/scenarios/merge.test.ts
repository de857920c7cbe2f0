import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import {
  bench,
  contract,
  idle,
  line,
  loaded,
  mergeOrders,
  mergeProfile,
  observe,
  page,
  pass,
  renameUser,
  start,
  userContext,
  userData,
  useVirtualTime,
  type Bench,
} from "../harness.js";
import { mergeParts, mutation, type Mutation } from "../../index.js";

useVirtualTime();

/** A function whose document declares no merge of parts. */
const logOrder: Mutation<"log_order", { user_id: number }> = mutation({
  contract,
  name: "log_order",
  path: "call/log_order",
});

/** A call whose answer has these effects. */
async function answer(
  { mizan, server }: Bench,
  effects: { merge?: unknown[]; invalidate?: unknown[] },
) {
  const call = mizan.call(renameUser, { user_id: 7, name: "Zoe" });
  await idle();
  await server.calls.at(-1)?.result(null, effects);
  await call;
}

describe("merge", () => {
  it("H14 scenario 21: an idle entry: no read, one slot has a new reference, the stale flag is as before", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const before = trace.state;
    await answer(b, { merge: [mergeProfile("Zoe")] });
    expect(trace.seen.map(line)).toEqual(["success Zoe [1x1]"]);
    expect(trace.state.data?.user_orders).toBe(before.data?.user_orders);
    expect(trace.state.data?.user_profile).not.toBe(before.data?.user_profile);
    expect(b.server.reads).toHaveLength(1);
  });

  it("scenario 21: a stale entry stays stale", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    trace.stop();
    b.mizan.invalidate("user");
    await idle();
    await answer(b, { merge: [mergeProfile("Zoe")] });
    expect(line(handle.getState())).toBe("success stale Zoe [1x1]");
  });

  it("scenario 22: a refetch under way that brings the merged value needs no other read", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    const refetch = b.server.one;
    await answer(b, { merge: [mergeProfile("Zoe")] });
    const merged = trace.state.data?.user_profile;
    await refetch.bundle(userData("Zoe"));
    expect(line(trace.state)).toBe("success Zoe [1x1]");
    expect(trace.state.data?.user_profile).toBe(merged);
    expect(b.server.reads).toHaveLength(2);
  });

  it("scenario 23: during the first load it is held, and laid over the answer; no partial bundle is ever seen", async () => {
    const { mizan, server } = bench();
    const b = { mizan, server, events: [] };
    const trace = observe(mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    const load = server.one;
    await answer(b, { merge: [mergeProfile("Zoe"), mergeOrders(2)] });
    await load.bundle(userData("Alice", 1));
    await server.one.bundle(userData("Zoe", 2));
    expect(trace.seen.map(line)).toEqual(["success stale fetching Zoe [1x2]", "success Zoe [1x2]"]);
  });

  it("scenario 23: with a newer revision than the answer it is kept without another read", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    const load = b.server.one;
    await answer(b, { merge: [mergeProfile("Zoe", { rev: 5 })] });
    await load.bundle(userData("Alice"), { rev: 4 });
    expect(trace.seen.map(line)).toEqual(["success Zoe [1x1]"]);
  });

  it("scenario 24: nobody holds the entry: none is made, whatever the number of merges", async () => {
    const b = bench();
    await loaded(b);
    for (let id = 100; id < 10_100; id++)
      b.mizan.merge({
        context: "user",
        slot: "user_profile",
        params: { user_id: id },
        value: null,
      });
    b.mizan.merge({ context: "nobody", slot: "x", value: 1 });
    await idle();
    expect(b.mizan.inspect().entries).toHaveLength(1);
    expect(b.server.reads).toHaveLength(1);
  });

  it("scenario 24: nor does anything else grow", async () => {
    const b = bench();
    await loaded(b);
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const heapAfter = async (merges: number): Promise<number> => {
      for (let id = 0; id < merges; id++) {
        const item = { context: "user", slot: "user_profile", value: { id, name: `user ${id}` } };
        b.mizan.merge({ ...item, params: { user_id: 100 + id } });
        if (id % 100 === 0) await idle();
      }
      await idle();
      page.posted.length = 0;
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = await heapAfter(10_000);
    // 20 000 items that were kept would take some 8 MB.
    expect((await heapAfter(20_000)) - before).toBeLessThan(2_000_000);
  });

  it("scenario 25: a cached, unobserved entry: applied, and its end is not put off", async () => {
    const b = bench({ gcTime: 1000 });
    const { handle, trace } = await loaded(b);
    trace.stop();
    await pass(900);
    await answer(b, { merge: [mergeProfile("Zoe")] });
    expect(line(handle.getState())).toBe("success Zoe [1x1]");
    expect(trace.seen).toHaveLength(0);
    await pass(101);
    expect(b.mizan.inspect().entries).toHaveLength(0);
  });

  it("scenario 26: merge and invalidate in one answer: the merge is in the first notification, the read wins later", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    await answer(b, { merge: [mergeProfile("Zoe")], invalidate: [{ context: "user" }] });
    expect(trace.seen.map(line)).toEqual(["success stale fetching Zoe [1x1]"]);
    await b.server.one.bundle(userData("Zoë", 2));
    expect(trace.seen.map(line).slice(1)).toEqual(["success Zoë [1x2]"]);
    expect(b.server.reads).toHaveLength(2);
  });

  it("scenario 27: an equal value: the same reference, no notification", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const before = trace.state;
    await answer(b, { merge: [mergeProfile("Alice")] });
    expect(trace.seen).toHaveLength(0);
    expect(trace.state).toBe(before);
  });

  it("scenario 28: the same context with other params is not touched", async () => {
    const b = bench();
    const other = await loaded(b, {}, 8);
    await loaded(b, {}, 7);
    const before = other.trace.state;
    await answer(b, { merge: [mergeProfile("Zoe")] });
    expect(other.trace.state).toBe(before);
    expect(other.trace.seen).toHaveLength(0);
  });

  it.each([
    ["an unknown slot", { slot: "user_friends" }],
    ["null into an unknown slot", { slot: "user_friends", value: null }],
    ["a value of another kind", { value: [1, 2] }],
    ["an item for a slot that is no list", { mode: "update", value: { id: 1 } }],
    [
      "an item that the list does not have",
      { slot: "user_orders", mode: "update", value: { id: 9 } },
    ],
    ["an item without a place", { slot: "user_orders", mode: "upsert", value: { id: 9 } }],
    ["null where an item belongs", { slot: "user_orders", mode: "update", value: null }],
    ["a mode of a later protocol", { slot: "user_orders", mode: "teleport", value: { id: 9 } }],
  ])("scenario 29: %s is not written; the entry is stale and read anew", async (_what, change) => {
    const b = bench();
    const { trace } = await loaded(b);
    await answer(b, { merge: [mergeProfile("Zoe", change)] });
    expect(trace.seen.map(line)).toEqual(["success stale fetching Alice [1x1]"]);
    await b.server.one.bundle(userData("Zoe"));
    expect(line(trace.state)).toBe("success Zoe [1x1]");
  });

  it.each([
    ["", {}],
    [", whatever the answer says of how to merge", { apply: "upsert" }],
  ])("H14: a mode that the function does not declare is read anew%s", async (_what, more) => {
    const b = bench();
    const { trace } = await loaded(b);
    start(b.mizan.call(logOrder, { user_id: 7 }));
    await idle();
    const item = { mode: "upsert", at: "end", value: { id: 2, qty: 1 }, ...more };
    await b.server.call(0).result(null, { merge: [mergeOrders(0, item)] });
    expect(trace.seen.map(line)).toEqual(["success stale fetching Alice [1x1]"]);
    await b.server.one.bundle(userData("Alice", 5));
    expect(line(trace.state)).toBe("success Alice [1x5]");
  });

  it("H14: a merge by hand of an item needs no call", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const value = { id: 1, qty: 4 };
    const at = { context: "user", slot: "user_orders", params: { user_id: 7 } };
    b.mizan.merge({ ...at, mode: "update", value, apply: mergeParts });
    await idle();
    expect(trace.seen.map(line)).toEqual(["success Alice [1x4]"]);
  });

  it("scenario 30: two merges of one slot in one answer: in order, one notification", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const item = (id: number, qty: number): object =>
      mergeOrders(0, { mode: "upsert", at: "end", value: { id, qty } });
    await answer(b, { merge: [item(2, 1), item(2, 5), item(1, 3)] });
    expect(trace.seen.map(line)).toEqual(["success Alice [1x3,2x5]"]);
  });

  it("scenario 31: an entry in error: the slot is written, the error stays until a load succeeds", async () => {
    const b = bench({ retry: 0 });
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.problem(500, "internal");
    await answer(b, { merge: [mergeProfile("Zoe")] });
    expect(line(trace.state)).toBe("error Zoe [1x1]");
    expect(b.server.reads).toHaveLength(2);
  });

  it("scenario 32: while a retry sleeps: laid over the answer, and the retry runs", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.problem(503, "unavailable");
    await answer(b, { merge: [mergeProfile("Zoe")] });
    await pass(600);
    // Sent after the merge, so what it brings is newer.
    await b.server.one.bundle(userData("Zoë"));
    expect(line(trace.state)).toBe("success Zoë [1x1]");
    expect(b.server.reads).toHaveLength(2);
  });

  it("scenario 32: a loaded entry whose refetch sleeps shows the merge at once", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.problem(503, "unavailable");
    await answer(b, { merge: [mergeProfile("Zoe")] });
    expect(line(trace.state)).toBe("success fetching Zoe [1x1]");
    await pass(600);
    await b.server.one.bundle(userData("Zoe"));
    expect(line(trace.state)).toBe("success Zoe [1x1]");
  });

  it("protocol 4: a slot that failed is not merged into", async () => {
    const b = bench();
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    const trace = observe(handle);
    await idle();
    await b.server.one.bundle(
      { user_orders: [] },
      { errors: { user_profile: { status: 503, code: "upstream" } } },
    );
    await answer(b, { merge: [mergeProfile("Zoe")] });
    expect(trace.state.data).toEqual({ user_orders: [] });
    await b.server.one.bundle(userData("Zoe"));
    expect(line(trace.state)).toBe("success Zoe [1x1]");
  });
});
