import { describe, expect, it, vi } from "vitest";
import { dateTimeParam, type ContextDescriptor } from "../../index.js";
import {
  bench,
  contract,
  data,
  idle,
  line,
  loaded,
  observe,
  page,
  pass,
  userContext,
  userData,
  useVirtualTime,
  type Bench,
} from "../harness.js";

useVirtualTime();

const params = { user_id: 7 };

// Behaviours that the test suites of other runtimes assert, restated for ours. Those that a numbered scenario states already are there.
describe("behaviours known from query caches", () => {
  it("a paused retry resumes when the device is online, and resolves all who wait", async () => {
    const b = bench();
    const handle = b.mizan.registerContext(userContext, params);
    const all = [handle.load(), handle.refetch(), b.mizan.fetchContext(userContext, params)];
    await idle();
    page.offline();
    await b.server.one.break();
    await pass(600_000);
    expect(b.server.reads).toHaveLength(1);
    page.online();
    await idle();
    await b.server.one.bundle(data);
    expect(await Promise.all(all)).toEqual([data, expect.objectContaining({ data }), data]);
  });

  it("a paused retry resumes when the page is seen again", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, params));
    await idle();
    await b.server.one.problem(503, "unavailable", {}, { "Retry-After": "20" });
    page.hide();
    page.show();
    await idle();
    await b.server.one.bundle(data);
    expect(line(trace.state)).toBe("success Alice [1x1]");
  });

  it("a paused first load whose observer left is not resumed", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, params));
    await idle();
    page.offline();
    await b.server.one.break();
    trace.stop();
    await pass(1000);
    page.online();
    await pass(60_000);
    expect(b.server.reads).toHaveLength(1);
    expect(b.mizan.inspect().flights).toBe(0);
  });

  it("a second invalidation of an unobserved entry changes nothing that can be seen", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    trace.stop();
    b.mizan.invalidate("user");
    await idle();
    const state = handle.getState();
    b.mizan.invalidate("user");
    await idle();
    expect(handle.getState()).toBe(state);
  });

  it("a settled read leaves no flight, and in the end no timer", async () => {
    const b = bench();
    await loaded(b);
    expect(b.mizan.inspect().flights).toBe(0);
    // The sweep for which the entry waited before it was observed.
    expect(vi.getTimerCount()).toBe(1);
    await pass(300_000);
    expect(b.mizan.inspect()).toMatchObject({ flights: 0, timers: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ["observed and fresh", true, false, 1],
    ["observed and stale", true, true, 1],
    ["unobserved and fresh", false, false, 0],
    ["unobserved and stale", false, true, 0],
  ])("an invalidation of an entry that is %s: %s", async (_what, observed, stale, reads) => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    if (!observed || stale) trace.stop();
    if (stale) b.mizan.invalidate("user");
    await idle();
    if (observed && stale) {
      observe(handle);
      await idle();
      await b.server.one.bundle(data);
    }
    const before = b.server.reads.length;
    b.mizan.invalidate("user", params);
    await idle();
    expect(b.server.reads.length - before).toBe(reads);
    expect(handle.getState().isStale).toBe(true);
  });

  it("hydration during a load: shown at once, and the load goes on", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, params));
    await idle();
    b.mizan.hydrate({ mizan: 1, entries: [{ context: "user", params, data }] });
    await idle();
    expect(line(trace.state)).toBe("success fetching Alice [1x1]");
    await b.server.one.bundle(userData("Zoe"));
    expect(line(trace.state)).toBe("success Zoe [1x1]");
  });

  it("the keys of hydrated params survive JSON: a Date is the entry of its text", async () => {
    const days: ContextDescriptor<"day", { at: Date | string }, { day: number }> = {
      kind: "context",
      contract,
      name: "day",
      path: "ctx/day/",
      params: { at: dateTimeParam },
      slots: ["day"],
    };
    const at = new Date("2026-01-02T03:04:05Z");
    const server = bench({ server: true });
    const read = server.mizan.fetchContext(days, { at });
    await idle();
    await server.server.one.bundle({ day: 2 });
    await read;
    const payload = JSON.parse(JSON.stringify(server.mizan.dehydrate())) as never;
    const b = bench();
    b.mizan.hydrate(payload);
    for (const each of [at, "2026-01-02T03:04:05Z", "2026-01-02T04:04:05+01:00"]) {
      expect(b.mizan.registerContext(days, { at: each }).getState()).toMatchObject({
        data: { day: 2 },
      });
    }
    expect(b.mizan.inspect().entries).toHaveLength(1);
  });

  it.each([
    ["success", (b: Bench) => b.server.one.bundle(data), "success Alice [1x1]"],
    ["an error", (b: Bench) => b.server.one.problem(404, "not_found"), "error"],
  ])("no mismatch on %s: the first render is the server's", async (_what, answer, expected) => {
    const b = bench({ server: true });
    const handle = b.mizan.registerContext(userContext, params);
    const read = b.mizan.fetchContext(userContext, params).catch(() => undefined);
    await idle();
    await answer(b);
    await read;
    const client = bench({ hydrate: JSON.parse(JSON.stringify(b.mizan.dehydrate())) as never });
    const state = client.mizan.registerContext(userContext, params).getServerState();
    expect(line(state)).toBe(expected);
    expect(state.data).toEqual(handle.getServerState().data);
    expect(state.status).toBe(handle.getServerState().status);
  });

  it("no mismatch on what was not prefetched: both render it as loading", () => {
    const [server, client] = [bench({ server: true }), bench()].map(({ mizan }) =>
      mizan.registerContext(userContext, params).getServerState(),
    );
    expect(server).toEqual(client);
    expect(server?.status).toBe("loading");
  });
});
