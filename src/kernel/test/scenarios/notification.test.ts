import { describe, expect, it } from "vitest";
import {
  bench,
  idle,
  line,
  loaded,
  mergeOrders,
  mergeProfile,
  observe,
  renameUser,
  useVirtualTime,
  data,
  userData,
} from "../harness.js";

useVirtualTime();

describe("notification", () => {
  it("R7 scenario 82: 10 merges and 5 invalidations in one answer are one notification", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    const [first, second] = [observe(handle), observe(handle)];
    await idle();
    const call = b.mizan.call(renameUser, { user_id: 7, name: "Zoe" });
    await idle();
    await b.server.call(0).result(null, {
      merge: Array.from({ length: 10 }, (_, n) =>
        n % 2 ? mergeProfile(`Zoe${n}`) : mergeOrders(n),
      ),
      invalidate: Array.from({ length: 5 }, () => ({ context: "user" })),
    });
    await call;
    expect(first.seen.map(line)).toEqual(["success stale fetching Zoe9 [1x8]"]);
    expect(second.seen).toEqual(first.seen);
  });

  it("R7: observers are told before those go on who wait for the call or the read", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    const order: string[] = [];
    handle.subscribe(() => order.push(line(handle.getState())));
    void b.mizan.call(renameUser, { user_id: 7, name: "Zoe" }).then(() => order.push("called"));
    await idle();
    await b.server.call(0).result(null, { merge: [mergeProfile("Zoe")] });
    void handle.refetch().then(() => order.push("read"));
    await idle();
    await b.server.one.bundle(userData("Ada"));
    expect(order).toEqual([
      "success Zoe [1x1]",
      "called",
      "success fetching Zoe [1x1]",
      "success Ada [1x1]",
      "read",
    ]);
  });

  it("scenario 82: 10 writes in one tick are one notification", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    for (let n = 0; n < 10; n++) b.mizan.merge(mergeProfile(`Zoe${n}`) as never);
    await idle();
    expect(trace.seen.map(line)).toEqual(["success Zoe9 [1x1]"]);
  });

  it("scenario 83: an equal refetch: readers of data see no change, readers of fetching two", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const before = trace.state;
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data);
    expect(trace.seen.map(({ isFetching }) => isFetching)).toEqual([true, false]);
    expect(trace.seen.every((state) => state.data === before.data)).toBe(true);
  });

  it("scenario 83: an answer word for word the same is not parsed", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const parse = JSON.parse;
    let parsed = 0;
    JSON.parse = (...args: Parameters<typeof parse>): unknown => {
      parsed++;
      return parse(...args) as unknown;
    };
    try {
      void handle.refetch();
      await idle();
      await b.server.one.bundle(data);
    } finally {
      JSON.parse = parse;
    }
    expect(parsed).toBe(0);
    expect(line(trace.state)).toBe("success Alice [1x1]");
  });

  it("K1 scenario 84: the snapshot is the same object between writes", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const state = handle.getState();
    expect(handle.getState()).toBe(state);
    await idle();
    expect(handle.getState()).toBe(state);
    const { isStale } = state;
    expect(Object.isFrozen(state) || isStale === handle.getState().isStale).toBe(true);
    b.mizan.invalidate("user", { user_id: 8 });
    await idle();
    expect(handle.getState()).toBe(state);
    expect(trace.seen).toHaveLength(0);
  });

  it("scenario 85: readers between two flushes see one snapshot, whoever asks first", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    const before = handle.getState();
    b.mizan.merge(mergeProfile("Zoe") as never);
    const [first, second] = [handle.getState(), handle.getState()];
    expect([first, second]).toEqual([before, before]);
    await idle();
    expect(line(handle.getState())).toBe("success Zoe [1x1]");
  });

  it("scenario 85: an observer that reads another entry sees it as it is now", async () => {
    const b = bench();
    const one = await loaded(b, {}, 7);
    const two = await loaded(b, {}, 8);
    const seen: string[] = [];
    one.handle.subscribe(() => seen.push(line(two.handle.getState())));
    two.handle.subscribe(() => seen.push(line(one.handle.getState())));
    await idle();
    const item = { context: "user", slot: "user_profile", value: { id: 0, name: "Zoe" } };
    b.mizan.merge(item);
    await idle();
    expect(seen).toEqual(["success Zoe [1x1]", "success Zoe [1x1]"]);
  });

  it("K4: subscribing changes nothing synchronously", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    trace.stop();
    b.mizan.invalidate("user");
    await idle();
    const before = handle.getState();
    const next = observe(handle);
    expect(handle.getState()).toBe(before);
    await idle();
    expect(next.seen.map(line)).toEqual(["success stale fetching Alice [1x1]"]);
  });
});
