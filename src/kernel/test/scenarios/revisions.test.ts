import { describe, expect, it } from "vitest";
import {
  bench,
  catalogContext,
  data,
  idle,
  line,
  loaded,
  mergeProfile,
  observe,
  pass,
  renameUser,
  start,
  userContext,
  userData,
  useVirtualTime,
  type Bench,
} from "../harness.js";

useVirtualTime();

const zoe = { user_id: 7, name: "Zoe" };

/** An invalidation as another tab or an answer brings it. */
async function invalidated(
  { mizan, server }: Bench,
  ...revs: (number | undefined)[]
): Promise<void> {
  const call = mizan.call(renameUser, zoe);
  await idle();
  await server.calls
    .at(-1)
    ?.result(null, { invalidate: revs.map((rev) => ({ context: "user", rev })) });
  await call;
}

// The client's rules of the protocol, 5.3, where no scenario of kernel.md names the case.

describe("rules of ordering", () => {
  it("C2 R5: of two merges the one of the higher revision is the later one, whichever call was sent first", async () => {
    const b = bench();
    const { trace } = await loaded(b, { rev: 1 });
    const calls = [b.mizan.call(renameUser, zoe), b.mizan.call(renameUser, zoe)];
    await idle();
    await b.server.call(0).result(null, { merge: [mergeProfile("last", { rev: 3 })] });
    await b.server.call(1).result(null, { merge: [mergeProfile("first", { rev: 2 })] });
    await Promise.all(calls);
    expect(line(trace.state)).toBe("success last [1x1]");
    expect(b.server.reads).toHaveLength(1);
  });

  it("C1: an answer of a lower revision does not step back, nor is it taken for what is known", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b, { rev: 3 });
    for (let times = 0; times < 2; times++) {
      void handle.refetch();
      await idle();
      await b.server.one.bundle(userData(`older${times}`), { rev: 2 });
      expect(line(trace.state)).toBe("success Alice [1x1]");
    }
    void handle.refetch();
    await idle();
    await b.server.one.problem(404, "not_found");
    void handle.refetch();
    await idle();
    await b.server.one.bundle(userData("older"), { rev: 2 });
    expect(line(trace.state)).toBe("success Alice [1x1]");
    void handle.refetch();
    await idle();
    await b.server.one.bundle(userData("newer"), { rev: 4 });
    expect(line(trace.state)).toBe("success newer [1x1]");
    expect(b.server.reads).toHaveLength(6);
  });

  it("C1: an answer of the same revision is taken", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b, { rev: 3 });
    void handle.refetch();
    await idle();
    await b.server.one.bundle(userData("same"), { rev: 3 });
    expect(line(trace.state)).toBe("success same [1x1]");
  });

  it("C1: what came with an older answer is not used to ask for changes, and does not pass for fresh", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const read = async (rev: number): Promise<void> => {
      void handle.refetch();
      await idle();
      await b.server.one.bundle(userData(`v${rev}`), { rev }, { headers: { ETag: `"${rev}"` } });
    };
    await read(3);
    await read(2);
    b.mizan.invalidate("user");
    await idle();
    expect(b.server.one.headers.get("If-None-Match")).toBe('"3"');
    await b.server.one.bundle(userData("v2"), { rev: 2 });
    expect(line(trace.state)).toBe("success stale v3 [1x1]");
  });

  it("C2: a merge of the entry's own revision is written; one that the answer holds is not kept", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b, { rev: 3 });
    b.mizan.merge(mergeProfile("three", { rev: 3 }) as never);
    await idle();
    expect(line(trace.state)).toBe("success three [1x1]");
    b.mizan.merge(mergeProfile("four", { rev: 4 }) as never);
    void handle.refetch();
    await idle();
    await b.server.one.bundle(userData("also four"), { rev: 4 });
    expect(line(trace.state)).toBe("success also four [1x1]");
    expect(b.server.reads).toHaveLength(2);
  });

  it("C3: an invalidation during a read whose answer holds it is no reason for a second one", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b, { rev: 1 });
    void handle.refetch();
    await idle();
    await invalidated(b, 5);
    await b.server.one.bundle(userData("five"), { rev: 5 });
    await pass(60_000);
    expect(line(trace.state)).toBe("success five [1x1]");
    expect(b.server.reads).toHaveLength(2);
  });

  it("C4: a success in between makes the failures count anew", async () => {
    const b = bench();
    const { trace } = await loaded(b, { rev: 1 });
    await invalidated(b, 5);
    for (const rev of [4, 5]) {
      for (let failures = 0; failures < 2; failures++) {
        await b.server.one.problem(503, "unavailable");
        await pass(2000);
      }
      await b.server.one.bundle(userData(`v${rev}`), { rev });
      await pass(50);
    }
    expect(line(trace.state)).toBe("success v5 [1x1]");
  });

  it("C3: an invalidation that the data already holds needs no read", async () => {
    const b = bench();
    const { trace } = await loaded(b, { rev: 9 });
    await invalidated(b, 9, 8);
    expect(trace.seen).toEqual([]);
    expect(b.server.reads).toHaveLength(1);
  });

  it("C3: of several invalidations the highest counts, whatever comes last", async () => {
    const b = bench();
    const { trace } = await loaded(b, { rev: 1 });
    await invalidated(b, 9, 5);
    await b.server.one.bundle(userData("five"), { rev: 5 });
    expect(line(trace.state)).toBe("success stale fetching five [1x1]");
    await pass(50);
    await b.server.one.bundle(userData("nine"), { rev: 9 });
    expect(line(trace.state)).toBe("success nine [1x1]");
  });

  it("C4: a public context is asked past its caches from the first read on", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(catalogContext, {}));
    await idle();
    await b.server.one.bundle({ book_list: { items: [] } }, { rev: 1 });
    const call = b.mizan.call(renameUser, zoe);
    await idle();
    await b.server.call(0).result(null, { invalidate: [{ context: "catalog", rev: 4 }] });
    await call;
    expect(b.server.one.path).toBe("ctx/catalog/?_rev=4");
    await b.server.one.bundle({ book_list: { items: [] } }, { rev: 4 });
    expect(trace.state.isStale).toBe(false);
  });

  it("R2: a call sent before a read, merged while it flies: the read's older answer does not undo it", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    start(b.mizan.call(renameUser, zoe));
    await idle();
    void handle.refetch();
    await idle();
    const refetch = b.server.read(1);
    await b.server.call(0).result(null, { merge: [mergeProfile("Zoe")] });
    await refetch.bundle(userData("Alice", 2));
    expect(line(trace.state)).toBe("success stale fetching Zoe [1x2]");
    await b.server.one.bundle(userData("Zoe", 2));
    expect(line(trace.state)).toBe("success Zoe [1x2]");
  });

  it("R3: a retry that an invalidation wakes carries it: its answer is fresh", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    b.mizan.invalidate("user");
    await idle();
    await b.server.one.problem(503, "unavailable", {}, { "Retry-After": "20" });
    b.mizan.invalidate("user");
    await idle();
    await b.server.one.bundle(userData("Zoe"));
    expect(line(trace.state)).toBe("success Zoe [1x1]");
    await pass(60_000);
    expect(b.server.reads).toHaveLength(3);
  });

  it("a remounted entry whose refetch failed is read anew; a second observer of one in error reads nothing", async () => {
    const b = bench({ retry: 0 });
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.problem(500, "internal");
    observe(handle).stop();
    await idle();
    expect(b.server.open).toHaveLength(0);
    trace.stop();
    observe(handle);
    await idle();
    expect(b.server.open).toHaveLength(1);
  });

  it("a slot that the server no longer sends is gone", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    for (const more of [{ later: 1 }, {}]) {
      void handle.refetch();
      await idle();
      await b.server.one.bundle({ ...data, ...more });
      expect(trace.state.data).toEqual({ ...data, ...more });
    }
  });

  it("a read that nobody waits for any more is not announced as sent", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.problem(503, "unavailable");
    trace.stop();
    await pass(60_000);
    expect(b.events.filter(({ type }) => type === "send")).toHaveLength(1);
  });

  it("a read that waits for its headers is not sent when nobody waits any more", async () => {
    let give: (headers: Record<string, string>) => void = () => undefined;
    const headers = new Promise<Record<string, string>>((resolve) => (give = resolve));
    const b = bench({ headers: () => headers });
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    trace.stop();
    await pass(1000);
    give({ Authorization: "Bearer x" });
    await idle();
    expect(b.server.requests).toHaveLength(0);
  });
});
