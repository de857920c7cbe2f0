import { describe, expect, it } from "vitest";
import {
  bench,
  catalogContext,
  data,
  idle,
  line,
  loaded,
  observe,
  pass,
  renameUser,
  userContext,
  userData,
  useVirtualTime,
  answer,
} from "../harness.js";

useVirtualTime();

const input = { user_id: 7, name: "Zoe" };

describe("invalidation", () => {
  it("scenario 9: during the first load the answer is shown as stale, and read once more", async () => {
    const { mizan, server } = bench();
    const trace = observe(mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    mizan.invalidate("user");
    await idle();
    await server.one.bundle(userData("first"));
    await server.one.bundle(userData("second"));
    expect(trace.seen.map(line)).toEqual([
      "loading stale fetching",
      "success stale fetching first [1x1]",
      "success second [1x1]",
    ]);
    expect(server.reads).toHaveLength(2);
  });

  it("scenario 10: during a refetch there are at most two reads, and the newer data stays", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    b.mizan.invalidate("user");
    b.mizan.invalidate("user");
    await idle();
    await b.server.one.bundle(userData("older"));
    await b.server.one.bundle(userData("newer"));
    await pass(60_000);
    expect(line(trace.state)).toBe("success newer [1x1]");
    expect(b.server.reads).toHaveLength(3);
  });

  it("scenario 11: three in one tick, by one answer and by hand, are one read", async () => {
    const b = bench();
    await loaded(b);
    const call = b.mizan.call(renameUser, input);
    await idle();
    b.mizan.invalidate("user");
    void b.server.call(0).result(null, { invalidate: [{ context: "user" }, { context: "user" }] });
    b.mizan.invalidate(userContext, { user_id: 7 });
    await call;
    await idle();
    expect(b.server.reads).toHaveLength(2);
  });

  it("scenario 11: three answers in one tick are one read", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const calls = [1, 2, 3].map(() => b.mizan.call(renameUser, input));
    await idle();
    for (const call of b.server.calls)
      void call.result(null, { invalidate: [{ context: "user" }] });
    await Promise.all(calls);
    await idle();
    expect(b.server.reads).toHaveLength(2);
    await b.server.one.bundle(userData("second"));
    await pass(60_000);
    expect(line(trace.state)).toBe("success second [1x1]");
    expect(b.server.reads).toHaveLength(2);
  });

  it("scenario 11: with revisions three answers in one tick are one read, which holds all three", async () => {
    const b = bench();
    const { trace } = await loaded(b, { rev: 1 });
    const calls = [1, 2, 3].map(() => b.mizan.call(renameUser, input));
    await idle();
    for (const [index, call] of b.server.calls.entries())
      void call.result(null, { invalidate: [{ context: "user", rev: 2 + index }] });
    await Promise.all(calls);
    await idle();
    await b.server.one.bundle(userData("second"), { rev: 4 });
    await pass(60_000);
    expect(line(trace.state)).toBe("success second [1x1]");
    expect(b.server.reads).toHaveLength(2);
  });

  it("H1 scenario 12: a whole context and one entry of it in one batch: each entry once", async () => {
    const b = bench();
    await loaded(b, {}, 7);
    await loaded(b, {}, 8);
    await answer(b, [{ context: "user" }, { context: "user", params: { user_id: 7 } }]);
    expect(b.server.open.map(({ path }) => path)).toEqual([
      "ctx/user/?user_id=7",
      "ctx/user/?user_id=8",
    ]);
  });

  it("H1 gaps: any number of scoped invalidations in one tick: each entry is read once", async () => {
    const b = bench();
    for (const id of [1, 2, 3, 4]) await loaded(b, {}, id);
    await answer(b, [
      { context: "user", params: { user_id: 1 } },
      { context: "user", params: { user_id: 3 } },
      { context: "user", params: { user_id: 1 } },
    ]);
    expect(b.server.open.map(({ path }) => path)).toEqual([
      "ctx/user/?user_id=1",
      "ctx/user/?user_id=3",
    ]);
  });

  it("C6 R4 scenario 14: an unobserved entry is read at the next mount, which sees the old data at once", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    trace.stop();
    b.mizan.invalidate("user");
    await pass(1000);
    expect(b.server.open).toHaveLength(0);
    expect(line(handle.getState())).toBe("success stale Alice [1x1]");
    const next = observe(handle);
    await idle();
    expect(line(next.state)).toBe("success stale fetching Alice [1x1]");
    await b.server.one.bundle(userData("Zoe"));
    expect(line(next.state)).toBe("success Zoe [1x1]");
  });

  it("scenario 15: invalidate, then unmount before the microtask: nothing is sent, the entry stays stale", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    b.mizan.invalidate("user");
    trace.stop();
    await pass(1000);
    expect(b.server.reads).toHaveLength(1);
    expect(handle.getState().isStale).toBe(true);
  });

  it("scenario 15: mount, then invalidate in one tick: one read", async () => {
    const { mizan, server } = bench();
    const trace = observe(mizan.registerContext(userContext, { user_id: 7 }));
    mizan.invalidate("user");
    await idle();
    await server.one.bundle(data);
    await pass(1000);
    expect(server.reads).toHaveLength(1);
    expect(line(trace.state)).toBe("success Alice [1x1]");
  });

  it("scenario 16: an entry in error is read once; the error goes only with a success", async () => {
    const b = bench({ retry: 0 });
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.problem(500, "internal");
    b.mizan.invalidate("user");
    await idle();
    expect(line(trace.state)).toBe("error stale fetching Alice [1x1]");
    await b.server.one.problem(500, "internal");
    expect(trace.state.error?.code).toBe("internal");
    b.mizan.invalidate("user");
    await idle();
    await b.server.one.bundle(userData("Zoe"));
    expect(line(trace.state)).toBe("success Zoe [1x1]");
    expect(b.server.reads).toHaveLength(4);
  });

  it("scenario 17: a storm of invalidations: data advances, the last read starts after the last of them", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    let version = 0;
    let lastInvalidation = 0;
    let lastRead = 0;
    const values = new Set<string>();
    for (let at = 0; at <= 3000; at += 10) {
      if (at <= 2000) {
        b.mizan.invalidate("user");
        lastInvalidation = at;
      }
      await idle();
      for (const read of b.server.open) {
        if (sentAt.has(read)) continue;
        sentAt.set(read, at);
        lastRead = at;
      }
      for (const read of b.server.open) {
        if (at - (sentAt.get(read) ?? 0) >= 100) await read.bundle(userData(`v${++version}`));
      }
      values.add(line(trace.state));
      await pass(10);
    }
    expect(b.server.reads.length - 1).toBeLessThanOrEqual(21);
    expect(values.size).toBeGreaterThan(15);
    expect(lastRead).toBeGreaterThanOrEqual(lastInvalidation);
    expect(line(trace.state)).toBe(`success v${version} [1x1]`);
    expect(trace.state.isStale).toBe(false);
  });

  it("scenario 18: an unrelated read hangs; this refetch starts at once", async () => {
    const b = bench();
    await loaded(b);
    observe(b.mizan.registerContext(catalogContext, {}));
    await idle();
    b.mizan.invalidate("user");
    await idle();
    expect(b.server.open.map(({ path }) => path)).toEqual(["ctx/catalog/", "ctx/user/?user_id=7"]);
  });

  it("scenario 19: unknown contexts, params and things are ignored; the rest of the list counts", async () => {
    const b = bench();
    await loaded(b);
    await answer(b, [
      { context: "nobody" },
      null,
      7,
      { context: 7 },
      { params: {} },
      { context: "constructor" },
      { context: "__proto__" },
      { context: "user", params: { user_id: 7, unheard_of: 1 } },
    ]);
    expect(b.server.one.path).toBe("ctx/user/?user_id=7");
  });

  it("scenario 20: an invalidation from inside an observer waits for the next flush", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    let depth = 0;
    let deepest = 0;
    let told = 0;
    handle.subscribe(() => {
      deepest = Math.max(deepest, ++depth);
      if (++told <= 3) b.mizan.invalidate("user");
      depth--;
    });
    b.mizan.invalidate("user");
    await idle();
    expect(deepest).toBe(1);
    let version = 0;
    while (b.server.open.length) await b.server.one.bundle(userData(`v${++version}`));
    // The load, the first invalidation's read, and one after each of the three that the observer made.
    expect(b.server.reads.length).toBeLessThanOrEqual(5);
    expect(told).toBeGreaterThan(3);
  });
});

const sentAt = new WeakMap<object, number>();
