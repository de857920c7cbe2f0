import { describe, expect, it, vi } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  mergeProfile,
  observe,
  pass,
  reported,
  userContext,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

describe("lifecycle", () => {
  it("M5 scenario 51: unmount and remount in one task, as Strict Mode and keyed moves do: one read, none aborted", async () => {
    const { mizan, server } = bench();
    const handle = mizan.registerContext(userContext, { user_id: 7 });
    observe(handle).stop();
    observe(handle);
    await idle();
    await pass(1000);
    expect([server.reads.length, server.aborted]).toEqual([1, 0]);
    await server.one.bundle(data);
    expect(line(handle.getState())).toBe("success Alice [1x1]");
  });

  it("scenario 52: the last observer leaves for good: aborted, no error, the next mount starts anew", async () => {
    const { mizan, server } = bench();
    const handle = mizan.registerContext(userContext, { user_id: 7 });
    const trace = observe(handle);
    const before = handle.getState();
    await idle();
    trace.stop();
    await pass(1000);
    expect(server.aborted).toBe(1);
    expect(handle.getState()).toBe(before);
    const next = observe(handle);
    await idle();
    await server.one.bundle(data);
    expect(next.seen.map(line)).toEqual(["success Alice [1x1]"]);
    expect(server.reads).toHaveLength(2);
  });

  it("scenario 52: a refetch that is aborted leaves the data as it was", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    b.mizan.invalidate("user");
    await idle();
    trace.stop();
    await pass(1000);
    expect(b.server.aborted).toBe(1);
    expect(line(handle.getState())).toBe("success stale Alice [1x1]");
  });

  it("scenario 53: one of two observers leaves: nothing is aborted", async () => {
    const { mizan, server } = bench();
    const handle = mizan.registerContext(userContext, { user_id: 7 });
    const [first, second] = [observe(handle), observe(handle)];
    await idle();
    first.stop();
    await pass(10_000);
    await server.one.bundle(data);
    expect(line(second.state)).toBe("success Alice [1x1]");
    expect(first.seen).toHaveLength(0);
    expect(server.aborted).toBe(0);
  });

  it("scenario 54: a new observer inside the grace: the read goes on", async () => {
    const { mizan, server } = bench();
    const handle = mizan.registerContext(userContext, { user_id: 7 });
    const trace = observe(handle);
    await idle();
    trace.stop();
    await pass(50);
    observe(handle);
    await pass(10_000);
    expect([server.reads.length, server.aborted]).toEqual([1, 0]);
  });

  it("M3 scenario 55: collected at T; a mount at T-1 keeps it", async () => {
    const b = bench({ gcTime: 1000 });
    const { handle, trace } = await loaded(b);
    trace.stop();
    await pass(999);
    const second = observe(handle);
    await pass(5000);
    expect(line(second.state)).toBe("success Alice [1x1]");
    second.stop();
    await pass(999);
    expect(b.mizan.inspect().entries).toHaveLength(1);
    await pass(1);
    expect(b.mizan.inspect().entries).toHaveLength(0);
    expect(line(handle.getState())).toBe("loading fetching");
  });

  it("scenario 55: an entry whose read ended within the grace is kept for its whole time", async () => {
    const b = bench({ gcTime: 10_000 });
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    const trace = observe(handle);
    await idle();
    trace.stop();
    await pass(50);
    await b.server.one.bundle(data);
    await pass(5000);
    expect(line(handle.getState())).toBe("success Alice [1x1]");
  });

  it("scenario 55: a read that ends after the collection does not bring the entry back", async () => {
    const b = bench({ gcTime: 0 });
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    const read = b.server.one;
    trace.stop();
    await pass(1000);
    expect(b.mizan.inspect().entries).toHaveLength(0);
    await read.bundle(data);
    expect(b.mizan.inspect().entries).toHaveLength(0);
  });

  it.each([30 * 86_400_000, Infinity])(
    "K7 scenario 55: gcTime %s does not fire at once",
    async (gcTime) => {
      const b = bench({ gcTime });
      const { trace } = await loaded(b);
      trace.stop();
      await pass(86_400_000);
      expect(b.mizan.inspect().entries).toHaveLength(1);
      await pass(29 * 86_400_000);
      expect(b.mizan.inspect().entries).toHaveLength(gcTime === Infinity ? 1 : 0);
    },
  );

  it("scenario 55: 10 000 entries hold one timer", () => {
    const { mizan } = bench({ fetch: () => new Promise(() => undefined) });
    const stops = Array.from({ length: 10_000 }, (_, user_id) =>
      mizan.registerContext(userContext, { user_id }).subscribe(() => undefined),
    );
    for (const stop of stops) stop();
    expect(vi.getTimerCount()).toBe(1);
    expect(mizan.inspect()).toMatchObject({ timers: 1, observers: 0 });
  });

  it("K6: an entry that was never observed outlives a gcTime of 0", async () => {
    const b = bench({ gcTime: 0 });
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    const promise = handle.load();
    await idle();
    await b.server.one.bundle(data);
    expect(await promise).toEqual(data);
    await pass(5000);
    expect(line(handle.getState())).toBe("success Alice [1x1]");
    await pass(60_000);
    expect(b.mizan.inspect().entries).toHaveLength(0);
  });

  it("scenario 56: observers that leave, come and throw while told: every other is told exactly once", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    const told: string[] = [];
    const stopFirst = handle.subscribe(() => {
      told.push("first");
      stopFirst();
    });
    handle.subscribe(() => {
      told.push("second");
      stopThird();
    });
    const stopThird = handle.subscribe(() => told.push("third"));
    handle.subscribe(() => {
      told.push("fourth");
      throw new Error("fourth");
    });
    let added = 0;
    const add = (): void => {
      told.push("fifth");
      if (added++ < 5) handle.subscribe(add);
    };
    handle.subscribe(add);
    handle.subscribe(() => told.push("last"));
    b.mizan.merge(mergeProfile("Zoe") as never);
    await idle();
    expect(told).toEqual(["first", "second", "fourth", "fifth", "last"]);
    expect(reported).toEqual([new Error("fourth")]);
  });

  it("K3: the same function may subscribe twice, and each end is its own", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    const listener = vi.fn();
    const stop = handle.subscribe(listener);
    handle.subscribe(listener);
    stop();
    stop();
    b.mizan.merge(mergeProfile("Zoe") as never);
    await idle();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("M18: cleanup after a reset or a destroy, and cleanup twice, is harmless", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    b.mizan.reset();
    trace.stop();
    trace.stop();
    handle.unregister();
    handle.unregister();
    b.mizan.destroy();
    trace.stop();
    handle.unregister();
    expect(() => b.mizan.destroy()).not.toThrow();
  });
});
