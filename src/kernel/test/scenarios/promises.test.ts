import { describe, expect, it, vi } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  mergeProfile,
  observe,
  page,
  pass,
  renameUser,
  start,
  userContext,
  userData,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

describe("promises of handles", () => {
  it("K7: a load that is pending keeps its entry", async () => {
    const b = bench({ gcTime: 0, timeout: Infinity });
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    const promise = handle.load();
    await pass(600_000);
    await b.server.one.bundle(data);
    expect(await promise).toEqual(data);
    expect(b.server.reads).toHaveLength(1);
  });

  it("scenario 57: destroyed: late answers, timers, messages and page events do nothing", async () => {
    const b = bench({ gcTime: 1000 });
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    const failed = expect(
      b.mizan.call(renameUser, { user_id: 7, name: "Zoe" }),
    ).rejects.toMatchObject({ code: "aborted" });
    const loading = expect(b.mizan.fetchContext(userContext, { user_id: 8 })).rejects.toMatchObject(
      { code: "aborted" },
    );
    await idle();
    trace.seen.length = 0;
    const before = b.server.requests.length;
    const other = bench({}, b.server);
    b.mizan.destroy();
    await failed;
    await loading;
    other.mizan.destroy();
    for (const request of b.server.requests) await request.bundle(userData("late"));
    page.focus();
    page.online();
    page.restore();
    handle.subscribe(() => undefined)();
    trace.stop();
    const after = b.mizan.registerContext(userContext, { user_id: 9 });
    after.subscribe(() => undefined);
    b.mizan.invalidate("user");
    await pass(600_000);
    expect(trace.seen).toHaveLength(0);
    expect(b.server.requests).toHaveLength(before);
    expect(vi.getTimerCount()).toBe(0);
    expect(b.mizan.inspect()).toMatchObject({ timers: 0 });
    expect([page.listeners, page.channels.size]).toEqual([0, 0]);
  });

  it("scenario 57: who asks a destroyed instance is told so, and does not wait for ever", async () => {
    const b = bench();
    b.mizan.destroy();
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    const failures = [b.mizan.fetchContext(userContext, { user_id: 7 }), handle.load()].map(
      (promise) => expect(promise).rejects.toMatchObject({ code: "aborted" }),
    );
    await Promise.all([...failures, handle.refetch(), handle.refetch({ force: true })]);
    expect(b.server.requests).toHaveLength(0);
  });

  it("T1: a handle outlives its entry: it finds the one that somebody else made", async () => {
    const b = bench({ gcTime: 10 });
    const { handle, trace } = await loaded(b);
    trace.stop();
    await pass(1000);
    const second = await loaded(b);
    expect(handle.getState()).toBe(second.trace.state);
  });

  it("T1 unregister: a load that nobody waits for is let go", async () => {
    const b = bench({ gcTime: 1000 });
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    observe(handle).stop();
    handle.unregister();
    await pass(2000);
    expect(b.mizan.inspect().entries).toHaveLength(0);
    expect(b.server.requests).toHaveLength(0);
  });

  it("null params are idle: nothing is fetched and load never settles", async () => {
    const b = bench();
    const handle = b.mizan.registerContext(userContext, null);
    const settled = vi.fn();
    void handle.load().then(settled, settled);
    observe(handle).stop();
    await pass(1000);
    expect(handle.getState()).toMatchObject({ status: "idle", isFetching: false });
    expect(handle.getServerState()).toBe(handle.getState());
    expect(settled).not.toHaveBeenCalled();
    expect(b.server.requests).toHaveLength(0);
    expect(b.mizan.registerContext(userContext, null)).toBe(handle);
  });

  it("K8: one promise while pending, then fulfilled ones with the newest data, tagged as React reads them", async () => {
    const b = bench();
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    const promise = handle.load();
    expect(handle.load()).toBe(promise);
    expect(promise).toMatchObject({ status: "pending" });
    await idle();
    await b.server.one.bundle(data);
    expect(promise).toMatchObject({ status: "fulfilled", value: data });
    expect(handle.load()).toBe(handle.load());
    b.mizan.merge(mergeProfile("Zoe") as never);
    await idle();
    expect(handle.load()).toMatchObject({ status: "fulfilled", value: userData("Zoe") });
    void handle.refetch();
    await idle();
    expect(handle.load()).toMatchObject({ status: "fulfilled", value: userData("Zoe") });
  });

  it("K10: a failed load stays failed until resetError, then it is tried again", async () => {
    const b = bench({ retry: 0 });
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    const failed = handle.load();
    await idle();
    await b.server.one.problem(404, "not_found");
    await expect(failed).rejects.toMatchObject({ code: "not_found" });
    expect(failed).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
    expect(handle.load()).toBe(failed);
    handle.resetError();
    expect(line(handle.getState())).toBe("loading fetching");
    const next = handle.load();
    expect(next).not.toBe(failed);
    await idle();
    await b.server.one.bundle(data);
    expect(await next).toEqual(data);
  });

  it("K10: resetError of an observed entry reads anew", async () => {
    const b = bench({ retry: 0 });
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    const trace = observe(handle);
    await idle();
    await b.server.one.problem(404, "not_found");
    handle.resetError();
    await idle();
    expect(line(trace.state)).toBe("loading fetching");
    await b.server.one.bundle(data);
    expect(line(trace.state)).toBe("success Alice [1x1]");
  });

  it("K10: resetError after a success forgets the failure and keeps the data", async () => {
    const b = bench({ retry: 0 });
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.problem(404, "not_found");
    expect(line(trace.state)).toBe("error Alice [1x1]");
    handle.resetError();
    await idle();
    expect(line(trace.state)).toBe("success fetching Alice [1x1]");
  });

  it("fetchContext takes fresh data from the cache, and reads what is stale", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    expect(await b.mizan.fetchContext("user", { user_id: 7 })).toBe(trace.state.data);
    trace.stop();
    b.mizan.invalidate("user");
    const promise = b.mizan.fetchContext(userContext, { user_id: 7 });
    await idle();
    await b.server.one.bundle(userData("Zoe"));
    expect(await promise).toEqual(userData("Zoe"));
  });

  it("fetchContext after an invalidation does not take the answer of a read sent before it", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    b.mizan.invalidate("user");
    let result: unknown;
    void b.mizan.fetchContext(userContext, { user_id: 7 }).then((value) => (result = value));
    await idle();
    await b.server.one.bundle(userData("old"));
    expect(result).toBeUndefined();
    await b.server.one.bundle(userData("new"));
    expect(result).toEqual(userData("new"));
    expect(line(trace.state)).toBe("success new [1x1]");
  });

  it("fetchContext ends with its signal, and the read with it", async () => {
    const b = bench();
    const control = new AbortController();
    const promise = b.mizan.fetchContext(userContext, { user_id: 7 }, { signal: control.signal });
    const failed = expect(promise).rejects.toMatchObject({ code: "aborted" });
    await idle();
    control.abort();
    await failed;
    await pass(1000);
    expect(b.server.aborted).toBe(1);
  });

  it("an unsent call of a destroyed instance is not sent", async () => {
    const b = bench();
    b.mizan.destroy();
    start(b.mizan.call(renameUser, { user_id: 7, name: "x" }));
    await pass(1000);
    expect(b.server.calls).toHaveLength(0);
  });
});
