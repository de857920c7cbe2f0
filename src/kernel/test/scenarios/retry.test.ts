import { describe, expect, it, vi } from "vitest";
import {
  bench,
  catalogContext,
  data,
  idle,
  line,
  observe,
  pass,
  renameUser,
  userContext,
  userData,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

const params = { user_id: 7 };

describe("retries, network and visibility", () => {
  it.each([500, 502, 503, 504])(
    "H3 T9: a read that answers %s is tried three times",
    async (status) => {
      const { mizan, server } = bench();
      const trace = observe(mizan.registerContext(userContext, params));
      await idle();
      for (let tries = 0; tries < 3; tries++) {
        await server.one.text("down", { status });
        await pass(2000);
      }
      expect(server.reads).toHaveLength(3);
      expect(trace.state.error?.status).toBe(status);
      expect(trace.seen.map(line)).toEqual(["error"]);
    },
  );

  it("H3: a broken connection is tried again, and a success ends it", async () => {
    const { mizan, server } = bench();
    const trace = observe(mizan.registerContext(userContext, params));
    await idle();
    await server.one.break();
    await pass(2000);
    await server.one.bundle(data);
    expect(trace.seen.map(line)).toEqual(["success Alice [1x1]"]);
  });

  it.each([400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 429])(
    "H3 T9 scenario 58: %s is not tried again",
    async (status) => {
      const { mizan, server } = bench();
      observe(mizan.registerContext(userContext, params));
      await idle();
      await server.one.text("no", { status });
      await pass(3_600_000);
      expect(server.reads).toHaveLength(1);
    },
  );

  it.each([
    ["seconds", "2", {}],
    ["a date", "Tue, 14 Nov 2023 22:13:22 GMT", {}],
    [
      "a date of a server whose clock is an hour ahead",
      "Tue, 14 Nov 2023 23:13:22 GMT",
      { Date: "Tue, 14 Nov 2023 23:13:20 GMT" },
    ],
  ])("scenario 58: Retry-After in %s is waited for", async (_what, after, headers) => {
    vi.setSystemTime(new Date("2023-11-14T22:13:20Z"));
    const { mizan, server } = bench();
    observe(mizan.registerContext(userContext, params));
    await idle();
    await server.one.problem(503, "unavailable", {}, { "Retry-After": after, ...headers });
    await pass(1999);
    expect(server.reads).toHaveLength(1);
    await pass(1000);
    expect(server.reads).toHaveLength(2);
  });

  it("scenario 58: 429 that says when is tried again then", async () => {
    const { mizan, server } = bench();
    observe(mizan.registerContext(userContext, params));
    await idle();
    await server.one.problem(429, "rate_limited", {}, { "Retry-After": "1" });
    await pass(2000);
    expect(server.reads).toHaveLength(2);
  });

  it("scenario 58: a Retry-After of a day is capped", async () => {
    const { mizan, server } = bench();
    observe(mizan.registerContext(userContext, params));
    await idle();
    await server.one.problem(503, "unavailable", {}, { "Retry-After": "86400" });
    await pass(29_999);
    expect(server.reads).toHaveLength(1);
    await pass(2000);
    expect(server.reads).toHaveLength(2);
  });

  it("scenario 58: the waits double from half a second up to ten", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { mizan, server } = bench({ retry: 8 });
    observe(mizan.registerContext(userContext, params));
    await idle();
    for (const wait of [500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
      await server.one.break();
      await pass(wait - 1);
      expect(server.open).toHaveLength(0);
      await pass(1);
      expect(server.open).toHaveLength(1);
    }
  });

  it.each([
    ["a date in the past", "Tue, 14 Nov 2023 21:13:20 GMT", 2],
    ["now", "0", 2],
    ["no time at all", "soon", 1],
  ])("scenario 58: Retry-After is %s", async (_what, after, reads) => {
    vi.setSystemTime(new Date("2023-11-14T22:13:20Z"));
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { mizan, server } = bench();
    observe(mizan.registerContext(userContext, params));
    await idle();
    await server.one.problem(429, "rate_limited", {}, { "Retry-After": after });
    await pass(499);
    expect(server.reads).toHaveLength(1);
    await pass(1);
    expect(server.reads).toHaveLength(reads);
    if (reads === 1) await pass(600_000);
    expect(server.reads).toHaveLength(reads);
  });

  it("scenario 58: jitter spreads 100 clients, also after the same Retry-After", async () => {
    for (const headers of [{}, { "Retry-After": "5" }] as Record<string, string>[]) {
      const delays = new Set<number>();
      for (let client = 0; client < 100; client++) {
        const { mizan, server } = bench();
        const trace = observe(mizan.registerContext(userContext, params));
        await idle();
        const timers = vi.spyOn(globalThis, "setTimeout");
        await server.one.problem(503, "unavailable", {}, headers);
        delays.add(Math.round(Number(timers.mock.calls.at(-1)?.[1])));
        timers.mockRestore();
        trace.stop();
      }
      expect(delays.size).toBeGreaterThan(50);
      const [least, most] = [Math.min(...delays), Math.max(...delays)];
      expect(most - least).toBeGreaterThan(200);
      if (headers["Retry-After"]) expect(least).toBeGreaterThanOrEqual(5000);
    }
  });

  it("scenario 59: asleep, the last observer leaves: no timer, no read; a remount reads at once and counts anew", async () => {
    const { mizan, server } = bench({ gcTime: Infinity });
    const handle = mizan.registerContext(userContext, params);
    const trace = observe(handle);
    await idle();
    for (let tries = 0; tries < 2; tries++) {
      await server.one.problem(503, "unavailable");
      if (tries === 0) await pass(1000);
    }
    expect(server.reads).toHaveLength(2);
    trace.stop();
    expect(vi.getTimerCount()).toBe(0);
    await pass(600_000);
    expect(server.reads).toHaveLength(2);
    observe(handle);
    await idle();
    expect(server.reads).toHaveLength(3);
    for (let tries = 0; tries < 3; tries++) {
      await server.one.problem(503, "unavailable");
      await pass(2000);
    }
    expect(server.reads).toHaveLength(5);
  });

  it.each(["invalidate", "refetch"])(
    "scenario 60: asleep, %s: runs now, and no second read beside it",
    async (what) => {
      const { mizan, server } = bench();
      const handle = mizan.registerContext(userContext, params);
      const trace = observe(handle);
      await idle();
      await server.one.problem(503, "unavailable", {}, { "Retry-After": "20" });
      if (what === "refetch") void handle.refetch();
      else mizan.invalidate("user");
      await idle();
      expect(server.reads).toHaveLength(2);
      await server.one.bundle(userData("Zoe"));
      await pass(60_000);
      expect(line(trace.state)).toBe("success Zoe [1x1]");
      expect(server.reads).toHaveLength(2);
    },
  );

  it("scenario 64: reads that meet an expired session: one session for all, each replayed once", async () => {
    const b = bench();
    const call = b.mizan.call(renameUser, { user_id: 7, name: "x" });
    await idle();
    await b.server.call(0).result(null);
    await call;
    const traces = [1, 2, 3].map((user_id) =>
      observe(b.mizan.registerContext(userContext, { user_id })),
    );
    await idle();
    for (const read of b.server.reads) void read.problem(401, "unauthenticated");
    await idle();
    expect([b.server.sessions.length, b.server.reads.length]).toEqual([2, 6]);
    for (const read of b.server.reads.slice(3)) await read.bundle(data);
    expect(traces.map(({ state }) => line(state))).toEqual(Array(3).fill("success Alice [1x1]"));
  });

  it("scenario 64: a read that is refused again is an error, and the app is told", async () => {
    const onUnauthenticated = vi.fn();
    const b = bench({ onUnauthenticated });
    const call = b.mizan.call(renameUser, { user_id: 7, name: "x" });
    await idle();
    await b.server.call(0).result(null);
    await call;
    const trace = observe(b.mizan.registerContext(userContext, params));
    await idle();
    await b.server.one.problem(401, "unauthenticated");
    await b.server.one.problem(401, "unauthenticated");
    await pass(60_000);
    expect(trace.state.error?.code).toBe("unauthenticated");
    expect([b.server.sessions.length, b.server.reads.length]).toEqual([2, 2]);
    expect(onUnauthenticated).toHaveBeenCalledTimes(1);
  });

  it("scenario 64: a read that takes no part in the session renews none", async () => {
    const b = bench();
    const call = b.mizan.call(renameUser, { user_id: 7, name: "x" });
    await idle();
    await b.server.call(0).result(null);
    await call;
    const trace = observe(b.mizan.registerContext(catalogContext, {}));
    await idle();
    await b.server.one.problem(401, "unauthenticated");
    expect(trace.state.error?.code).toBe("unauthenticated");
    expect([b.server.sessions.length, b.server.reads.length]).toEqual([1, 1]);
  });

  it("a read that takes too long ends, and is tried again", async () => {
    const { mizan, server } = bench({ timeout: 1000, retry: 1 });
    const trace = observe(mizan.registerContext(userContext, params));
    await pass(1001);
    expect(server.read(0).aborted).toBe(true);
    await pass(10_000);
    expect(server.reads).toHaveLength(2);
    expect(trace.state.error?.code).toBe("timeout");
  });

  it.each([0, 1, 5])("retry: %s tries again that often", async (retry) => {
    const { mizan, server } = bench({ retry });
    observe(mizan.registerContext(userContext, params));
    await idle();
    for (let tries = 0; tries < 10 && server.open.length; tries++) {
      await server.one.break();
      await pass(20_000);
    }
    expect(server.reads).toHaveLength(retry + 1);
  });
});
