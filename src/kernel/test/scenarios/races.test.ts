import { describe, expect, it } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  mergeOrders,
  mergeProfile,
  observe,
  pass,
  placeOrder,
  renameUser,
  userContext,
  userData,
  start,
  useVirtualTime,
  type Order,
} from "../harness.js";

useVirtualTime();

const input = { user_id: 7, name: "v2" };

// The table of kernel.md: what popular runtimes get wrong. Without revisions, where the order of sending decides.
describe("C5: races without revisions", () => {
  it("race 1: merge v2 lands, then an older refetch answers v1: v2 stays", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    const refetch = b.server.one;
    start(b.mizan.call(renameUser, input));
    await idle();
    await b.server.call(0).result(null, { merge: [mergeProfile("v2")] });
    await refetch.bundle(userData("v1"));
    expect(line(trace.state)).toBe("success stale fetching v2 [1x1]");
    await b.server.one.bundle(userData("v2"));
    expect(line(trace.state)).toBe("success v2 [1x1]");
    expect(b.server.reads).toHaveLength(3);
    expect(trace.seen.map(line).join(" | ")).not.toContain("v1");
  });

  it("race 1: with revisions there is no third read", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b, { rev: 1 });
    void handle.refetch();
    await idle();
    const refetch = b.server.one;
    start(b.mizan.call(renameUser, input));
    await idle();
    await b.server.call(0).result(null, { merge: [mergeProfile("v2", { rev: 2 })] });
    await refetch.bundle(userData("v1"), { rev: 1 });
    expect(line(trace.state)).toBe("success v2 [1x1]");
    expect(b.server.reads).toHaveLength(2);
  });

  it.each([undefined, 3])(
    "race 1b: a refetch answers A1,B2 after merge A2: A2 and B2 are seen (merge rev %s)",
    async (rev) => {
      const b = bench();
      const { trace } = await loaded(b, rev ? { rev: 1 } : {});
      b.mizan.invalidate(userContext, { user_id: 7 });
      await idle();
      const refetch = b.server.one;
      start(b.mizan.call(renameUser, input));
      await idle();
      await b.server.call(0).result(null, { merge: [mergeProfile("A2", { rev })] });
      await refetch.bundle(userData("A1", 2), rev ? { rev: 2 } : {});
      expect(trace.state.data).toEqual(userData("A2", 2));
      expect(b.server.reads).toHaveLength(rev ? 2 : 3);
    },
  );

  it("race 2: merge v2 during the first load, which answers v1: v2 is seen", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    const load = b.server.one;
    start(b.mizan.call(renameUser, input));
    await idle();
    await b.server.call(0).result(null, { merge: [mergeProfile("v2")] });
    expect(trace.state.data).toBeUndefined();
    await load.bundle(userData("v1"));
    expect(trace.state.data).toEqual(userData("v2"));
    expect(trace.seen.map(line).join(" | ")).not.toContain("v1");
  });

  it("race 3: invalidate during the first load: the new data is seen, after two reads", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    b.mizan.invalidate("user");
    await idle();
    await b.server.one.bundle(userData("old"));
    await b.server.one.bundle(userData("new"));
    expect(line(trace.state)).toBe("success new [1x1]");
    expect(b.server.reads).toHaveLength(2);
  });

  it("race 3b: invalidating one context does not wait for another that hangs", async () => {
    const b = bench();
    await loaded(b);
    observe(b.mizan.registerContext(userContext, { user_id: 8 }));
    await idle();
    expect(b.server.one.path).toBe("ctx/user/?user_id=8");
    b.mizan.invalidate("user", { user_id: 7 });
    await idle();
    expect(b.server.open.map(({ path }) => path)).toEqual([
      "ctx/user/?user_id=8",
      "ctx/user/?user_id=7",
    ]);
  });

  it.each(["in order", "reversed"])(
    "race 4, scenario 10: invalidate during a refetch, answers %s: the new data stays",
    async (order) => {
      const b = bench();
      const { handle, trace } = await loaded(b);
      void handle.refetch();
      await idle();
      const first = b.server.one;
      b.mizan.invalidate("user");
      await idle();
      if (order === "in order") {
        await first.bundle(userData("old"));
        await b.server.one.bundle(userData("new"));
      } else {
        void handle.refetch({ force: true });
        await idle();
        await b.server.one.bundle(userData("new"));
        await first.bundle(userData("old"));
      }
      expect(line(trace.state)).toBe("success new [1x1]");
      expect(b.server.reads).toHaveLength(3);
    },
  );

  it("race 5: three invalidations in one tick are one read", async () => {
    const b = bench();
    await loaded(b);
    for (let times = 0; times < 3; times++) b.mizan.invalidate("user", { user_id: 7 });
    await idle();
    expect(b.server.reads).toHaveLength(2);
  });

  it("race 6: unmount and remount in one tick during the load: one read, none aborted", async () => {
    const b = bench();
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    const first = observe(handle);
    await idle();
    first.stop();
    const second = observe(handle);
    await pass(10_000);
    await b.server.one.bundle(data);
    expect(line(second.state)).toBe("success Alice [1x1]");
    expect([b.server.reads.length, b.server.aborted]).toEqual([1, 0]);
  });

  it("race 7: unmount for good during the load: the read is aborted", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    trace.stop();
    await pass(1000);
    expect([b.server.reads.length, b.server.aborted]).toEqual([1, 1]);
  });

  it("race 8: a refetch that fails keeps the data and shows the error", async () => {
    const b = bench({ retry: 0 });
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.problem(500, "internal");
    expect(line(trace.state)).toBe("error Alice [1x1]");
    expect(trace.state.error?.code).toBe("internal");
  });

  it("race 9: an equal refetch gives the same reference", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const before = trace.state.data;
    void handle.refetch();
    await idle();
    await b.server.one.json({ mizan: 1, data: structuredClone(data), context: "user", extra: 1 });
    expect(trace.state.data).toBe(before);
  });

  it("race 10, scenario 45: optimistic A and B overlap; B succeeds, A fails: A,B is seen, then B alone", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const place = (id: number): Promise<Order> =>
      b.mizan.call(
        placeOrder,
        { user_id: 7, qty: id },
        { optimistic: { user: { user_orders: (orders) => [...orders, { id, qty: id }] } } },
      );
    const failed = place(2);
    const placed = place(3);
    await idle();
    expect(line(trace.state)).toBe("success Alice [1x1,2x2,3x3]");
    const orders = [
      { id: 1, qty: 1 },
      { id: 3, qty: 3 },
    ];
    await b.server.call(1).result(null, { merge: [mergeOrders(0, { value: orders })] });
    await placed;
    expect(line(trace.state)).toBe("success Alice [1x1,3x3,2x2]");
    void b.server.call(0).problem(409, "out_of_stock");
    await expect(failed).rejects.toMatchObject({ code: "out_of_stock" });
    expect(line(trace.state)).toBe("success Alice [1x1,3x3]");
    expect(trace.seen.map(line)).toEqual([
      "success Alice [1x1,2x2,3x3]",
      "success Alice [1x1,3x3,2x2]",
      "success Alice [1x1,3x3]",
    ]);
  });

  it("race 11: a retry sleeps, the last observer leaves: no more reads", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.problem(503, "unavailable");
    trace.stop();
    await pass(120_000);
    expect(b.server.reads).toHaveLength(1);
  });

  it("race 12: a call that fails on the network is sent once", async () => {
    const b = bench({ retry: 5 });
    const call = b.mizan.call(renameUser, input);
    await idle();
    void b.server.call(0).break();
    await expect(call).rejects.toMatchObject({ code: "network", outcomeUnknown: true });
    await pass(120_000);
    expect(b.server.calls).toHaveLength(1);
  });

  it.each([
    ["without revisions", undefined, undefined],
    ["with revisions", 1, 2],
  ])(
    "race 14: hydration computed before an invalidation stays stale, %s",
    async (_name, rev, at) => {
      const b = bench();
      const rendered = bench({ server: true });
      void rendered.mizan.fetchContext(userContext, { user_id: 7 });
      await idle();
      await rendered.server.one.bundle(data, rev ? { rev } : {});
      const payload = rendered.mizan.dehydrate();
      const handle = b.mizan.registerContext(userContext, { user_id: 7 });
      const call = b.mizan.call(renameUser, input);
      await idle();
      await b.server.call(0).result(null, { invalidate: [{ context: "user", rev: at }] });
      await call;
      b.mizan.hydrate(payload);
      expect(line(handle.getState())).toBe("success stale Alice [1x1]");
      observe(handle);
      await idle();
      expect(b.server.reads).toHaveLength(1);
    },
  );

  it("race 15: the server's clock is an hour ahead; data is stale 2 minutes later all the same", async () => {
    const b = bench({ staleTime: 60_000 });
    const { handle, trace } = await loaded(b);
    const later = { Date: new Date(Date.now() + 3_600_000).toUTCString() };
    void handle.refetch();
    await idle();
    await b.server.one.bundle(userData("v2"), {}, { headers: later });
    trace.stop();
    await pass(120_000);
    const second = observe(handle);
    await idle();
    expect(line(second.state)).toBe("success stale fetching v2 [1x1]");
    expect(b.server.reads).toHaveLength(3);
  });

  it("race 17: what one tab changes, another reads anew", async () => {
    const a = bench();
    const b = bench();
    const { trace } = await loaded(b);
    void a.mizan.call(renameUser, input);
    await idle();
    await a.server.call(0).result(null, { merge: [mergeProfile("v2")] });
    expect(line(trace.state)).toBe("success stale fetching Alice [1x1]");
    await b.server.one.bundle(userData("v2"));
    expect(line(trace.state)).toBe("success v2 [1x1]");
  });
});
