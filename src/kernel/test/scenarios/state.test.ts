import { describe, expect, it } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  observe,
  pass,
  userContext,
  userData,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

const params = { user_id: 7 };

describe("T1 C6: the states of a context", () => {
  it("T1 C6: loading, success, stale and fetching, error with data, success", async () => {
    const b = bench({ retry: 0 });
    const handle = b.mizan.registerContext(userContext, params);
    const trace = observe(handle);
    const states = [trace.state];
    await idle();
    await b.server.one.bundle(data);
    b.mizan.invalidate("user");
    await idle();
    await b.server.one.problem(500, "internal");
    void handle.refetch();
    await idle();
    await b.server.one.bundle(userData("Zoe"));
    expect([...states, ...trace.seen].map(line)).toEqual([
      "loading fetching",
      "success Alice [1x1]",
      "success stale fetching Alice [1x1]",
      "error stale Alice [1x1]",
      "error stale fetching Alice [1x1]",
      "success Zoe [1x1]",
    ]);
    for (const state of trace.seen) {
      expect(Object.keys(state).sort()).toEqual(
        ["data", "error", "isFetching", "isStale", "slotErrors", "status", "updatedAt"].sort(),
      );
    }
  });

  it("T1: an error without data, then the first success", async () => {
    const b = bench({ retry: 0 });
    const handle = b.mizan.registerContext(userContext, params);
    const trace = observe(handle);
    await idle();
    await b.server.one.problem(404, "not_found");
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data);
    expect(trace.seen.map(line)).toEqual(["error", "error fetching", "success Alice [1x1]"]);
    expect(trace.seen.map(({ error }) => error?.code)).toEqual([
      "not_found",
      "not_found",
      undefined,
    ]);
  });

  it("K4 C6: data that is older than the stale time shows at once while it is read anew", async () => {
    const b = bench({ staleTime: 1000 });
    const { handle, trace } = await loaded(b);
    trace.stop();
    await pass(1001);
    const next = observe(handle);
    const first = next.state;
    await idle();
    await b.server.one.bundle(userData("Zoe"));
    expect([first, ...next.seen].map(line)).toEqual([
      "success Alice [1x1]",
      "success stale fetching Alice [1x1]",
      "success Zoe [1x1]",
    ]);
  });

  it("T1: a remount on the same entry sees its state, and reads nothing while it is fresh", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const { state } = trace;
    trace.stop();
    const again = observe(handle);
    await pass(1000);
    expect(again.state).toBe(state);
    expect([again.seen.length, b.server.reads.length]).toEqual([0, 1]);
  });

  it("T1: updatedAt is when the data came, and moves with it only", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const first = trace.state.updatedAt ?? 0;
    await pass(500);
    b.mizan.invalidate("user");
    await idle();
    expect(trace.state.updatedAt).toBe(first);
    await b.server.one.bundle(userData("Zoe"));
    expect(trace.state.updatedAt).toBe(first + 500);
    expect(handle.getState().updatedAt).toBe(first + 500);
  });
});
