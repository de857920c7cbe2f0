import { describe, expect, it, vi } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  mergeOrders,
  mergeProfile,
  pass,
  placeOrder,
  renameUser,
  userData,
  start,
  useVirtualTime,
} from "../harness.js";
import { createMutation } from "../../index.js";

useVirtualTime();

const zoe = { user_id: 7, name: "Zoe" };

describe("mutations", () => {
  it("R5 scenario 34: two calls, answers reversed, the same slot: the later sent stays, one read", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    start(b.mizan.call(renameUser, zoe));
    start(b.mizan.call(renameUser, zoe));
    await idle();
    await b.server.call(1).result(null, { merge: [mergeProfile("second")] });
    await b.server.call(0).result(null, { merge: [mergeProfile("first")] });
    expect(line(trace.state)).toBe("success stale fetching second [1x1]");
    await b.server.one.bundle(userData("second"));
    expect(line(trace.state)).toBe("success second [1x1]");
    expect(b.server.reads).toHaveLength(2);
    expect(trace.seen.map(line).join()).not.toContain("first");
  });

  it("scenario 34: with revisions no read is needed", async () => {
    const b = bench();
    const { trace } = await loaded(b, { rev: 1 });
    start(b.mizan.call(renameUser, zoe));
    start(b.mizan.call(renameUser, zoe));
    await idle();
    await b.server.call(1).result(null, { merge: [mergeProfile("second", { rev: 3 })] });
    await b.server.call(0).result(null, { merge: [mergeProfile("first", { rev: 2 })] });
    expect(line(trace.state)).toBe("success second [1x1]");
    expect(b.server.reads).toHaveLength(1);
  });

  it("scenario 34: by revision two items of one list both stay, whatever comes first", async () => {
    const b = bench();
    const { trace } = await loaded(b, { rev: 1 });
    start(b.mizan.call(renameUser, zoe));
    start(b.mizan.call(renameUser, zoe));
    await idle();
    const item = (id: number, rev: number): object =>
      mergeOrders(0, { mode: "upsert", at: "end", value: { id, qty: 9 }, rev });
    await b.server.call(1).result(null, { merge: [item(2, 3)] });
    await b.server.call(0).result(null, { merge: [item(1, 2)] });
    expect(line(trace.state)).toBe("success Alice [1x9,2x9]");
  });

  it("scenario 35: reversed, different slots: both are written, no read", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    start(b.mizan.call(renameUser, zoe));
    start(b.mizan.call(renameUser, zoe));
    await idle();
    await b.server.call(1).result(null, { merge: [mergeOrders(5)] });
    await b.server.call(0).result(null, { merge: [mergeProfile("Zoe")] });
    expect(line(trace.state)).toBe("success Zoe [1x5]");
    expect(b.server.reads).toHaveLength(1);
  });

  it("scenario 36: a read sent after the call answers before it: the merge is written, and read once more", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    start(b.mizan.call(renameUser, zoe));
    await idle();
    void handle.refetch();
    await idle();
    await b.server.read(1).bundle(userData("read"));
    await b.server.call(0).result(null, { merge: [mergeProfile("merged")] });
    expect(line(trace.state)).toBe("success stale fetching merged [1x1]");
    await b.server.read(2).bundle(userData("final"));
    expect(line(trace.state)).toBe("success final [1x1]");
    expect(b.server.reads).toHaveLength(3);
  });

  it.each([
    [4, 3, "read"],
    [3, 4, "merged"],
  ])("scenario 36: with revisions %s and %s the higher wins", async (rev, mergeRev, winner) => {
    const b = bench();
    const { handle, trace } = await loaded(b, { rev: 1 });
    start(b.mizan.call(renameUser, zoe));
    await idle();
    void handle.refetch();
    await idle();
    await b.server.read(1).bundle(userData("read"), { rev });
    await b.server.call(0).result(null, { merge: [mergeProfile("merged", { rev: mergeRev })] });
    expect(line(trace.state)).toBe(`success ${winner} [1x1]`);
    expect(b.server.reads).toHaveLength(2);
  });

  it.each([
    ["the connection breaks", "network", true],
    ["500", "internal", true],
    ["502", "internal", true],
    ["429", "rate_limited", false],
    ["time runs out", "timeout", true],
  ])(
    "C8 T9 H3 scenario 37: %s: one POST; declared targets of an unknown outcome are read anew",
    async (how, code, unknown) => {
      const b = bench();
      const { trace } = await loaded(b);
      const other = await loaded(b, {}, 8);
      const call = b.mizan.call(renameUser, zoe, { timeout: 5000 });
      const failed = expect(call).rejects.toMatchObject({ code, outcomeUnknown: unknown });
      await idle();
      const post = b.server.call(0);
      if (how === "429") await post.problem(429, "rate_limited", {}, { "Retry-After": "1" });
      else if (/^5/.test(how)) await post.text("<h1>Oops</h1>", { status: Number(how) });
      else if (how === "time runs out") await pass(5001);
      else await post.break();
      await failed;
      await idle();
      expect(trace.state.isStale).toBe(unknown);
      for (const read of b.server.open) await read.bundle(data);
      await pass(60_000);
      expect(b.server.calls).toHaveLength(1);
      expect(b.server.reads).toHaveLength(unknown ? 3 : 2);
      expect(other.trace.state.isStale).toBe(false);
    },
  );

  it("scenario 37: an idempotent call is tried again with the same key", async () => {
    const b = bench();
    const call = b.mizan.call(placeOrder, { user_id: 7, qty: 1 });
    await idle();
    await b.server.call(0).break();
    await pass(500);
    await b.server.call(1).problem(409, "idempotency_in_flight", {}, { "Retry-After": "1" });
    await pass(999);
    expect(b.server.calls).toHaveLength(2);
    await pass(1500);
    await b.server.call(2).result({ id: 1, qty: 1 });
    expect(await call).toEqual({ id: 1, qty: 1 });
    const keys = b.server.calls.map(({ headers }) => headers.get("Idempotency-Key"));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it("scenario 40: a component unmounts during its mutation: the effects count, the state is left alone", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const m = createMutation(b.mizan, renameUser);
    const told = vi.fn();
    const stop = m.subscribe(told);
    m.mutate(zoe);
    await idle();
    told.mockClear();
    stop();
    await b.server.call(0).result({ id: 7, name: "Zoe" }, { merge: [mergeProfile("Zoe")] });
    expect(line(trace.state)).toBe("success Zoe [1x1]");
    expect(told).not.toHaveBeenCalled();
  });

  it("H5 scenario 41: two calls of one handle: pending until both settle; the state is the last call's", async () => {
    const b = bench();
    const m = createMutation(b.mizan, renameUser);
    m.mutate(zoe);
    m.mutate(zoe);
    await idle();
    expect(m.getState().status).toBe("pending");
    await b.server.call(1).result({ id: 7, name: "second" });
    expect(m.getState().status).toBe("pending");
    await b.server.call(0).result({ id: 7, name: "first" });
    expect(m.getState()).toMatchObject({ status: "success", data: { name: "second" } });
    m.reset();
    expect(m.getState()).toMatchObject({ status: "idle", data: undefined, error: undefined });
  });

  it("a caller who ends the call before it is sent knows that nothing happened", async () => {
    const b = bench();
    const control = new AbortController();
    control.abort();
    await expect(b.mizan.call(renameUser, zoe, { signal: control.signal })).rejects.toMatchObject({
      code: "aborted",
      outcomeUnknown: false,
    });
    expect(b.server.calls).toHaveLength(0);
  });

  it("a caller who ends the call after it was sent does not know what happened", async () => {
    const b = bench();
    await loaded(b);
    const control = new AbortController();
    const call = b.mizan.call(renameUser, zoe, { signal: control.signal });
    const failed = expect(call).rejects.toMatchObject({ code: "aborted", outcomeUnknown: true });
    await idle();
    control.abort();
    await failed;
    await idle();
    expect(b.server.one.path).toBe("ctx/user/?user_id=7");
  });
});
