import { describe, expect, it, vi } from "vitest";
import {
  bench,
  catalogContext,
  contract,
  data,
  idle,
  line,
  loaded,
  logout,
  mergeOrders,
  mergeProfile,
  observe,
  page,
  pass,
  placeOrder,
  renameUser,
  reported,
  userContext,
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

  it("C2 scenario 38: a refused token: one session for all, each call replayed once", async () => {
    const b = bench();
    let count = 0;
    b.server.session = (request) => {
      void request.json({ mizan: 1, csrf: { header: "X-CSRFToken", token: `token${++count}` } });
    };
    const calls = [1, 2, 3].map(() => b.mizan.call(renameUser, zoe));
    await idle();
    expect(b.server.sessions).toHaveLength(1);
    for (const call of b.server.calls) void call.problem(403, "csrf_failed");
    await idle();
    expect(b.server.sessions).toHaveLength(2);
    expect(b.server.calls.map(({ headers }) => headers.get("X-CSRFToken"))).toEqual([
      ...Array<string>(3).fill("token1"),
      ...Array<string>(3).fill("token2"),
    ]);
    for (const call of b.server.calls.slice(3)) void call.result("ok");
    expect(await Promise.all(calls)).toEqual(["ok", "ok", "ok"]);
  });

  it("scenario 38: a token that is refused again is the caller's error", async () => {
    const b = bench();
    const call = b.mizan.call(renameUser, zoe);
    const failed = expect(call).rejects.toMatchObject({ code: "csrf_failed" });
    await idle();
    await b.server.call(0).problem(403, "csrf_failed");
    await b.server.call(1).problem(403, "csrf_failed");
    await failed;
    await pass(60_000);
    expect([b.server.calls.length, b.server.sessions.length]).toEqual([2, 2]);
  });

  it("C2 gaps scenario 38: the session is tried three times, the failure is reported, the next call starts anew", async () => {
    const b = bench();
    b.server.session = (request) => void request.break();
    const call = b.mizan.call(renameUser, zoe);
    const failed = expect(call).rejects.toMatchObject({
      code: "session_failed",
      outcomeUnknown: false,
    });
    await pass(60_000);
    await failed;
    expect([b.server.sessions.length, b.server.calls.length]).toEqual([3, 0]);
    b.server.session = (request) => void request.json({ csrf: { header: "X-T", token: "t" } });
    const next = b.mizan.call(renameUser, zoe);
    await idle();
    expect(b.server.call(0).headers.get("X-T")).toBe("t");
    await b.server.call(0).result("ok");
    expect(await next).toBe("ok");
  });

  it("C2: a session that is refused outright is not tried again", async () => {
    const b = bench();
    b.server.session = (request) => void request.problem(403, "forbidden");
    await expect(Promise.all([b.mizan.call(renameUser, zoe), pass(60_000)])).rejects.toMatchObject({
      code: "session_failed",
      cause: { code: "forbidden" },
    });
    expect(b.server.sessions).toHaveLength(1);
  });

  it("M13: no session for requests that a token authenticates", async () => {
    const headers = vi.fn(() => Promise.resolve({ authorization: "Bearer x" }));
    const b = bench({ headers });
    start(b.mizan.call(renameUser, zoe));
    await idle();
    expect(b.server.sessions).toHaveLength(0);
    expect(b.server.call(0).headers.get("Authorization")).toBe("Bearer x");
    expect(headers).toHaveBeenCalledTimes(1);
  });

  it.each([
    [false, "session/", 0],
    [undefined, "session/", 1],
    [undefined, null, 0],
    [true, null, 1],
  ])(
    "M20: configure({ session: %s }) where the document says %s: %s sessions",
    async (session, path, count) => {
      const { createKernel } = await import("../../index.js");
      const b = bench();
      const mizan = createKernel(
        { ...contract, session: path },
        { session, fetch: b.server.fetch },
      );
      start(mizan.call(renameUser, zoe));
      await idle();
      expect(b.server.sessions).toHaveLength(count);
      expect(b.server.calls).toHaveLength(1);
      mizan.destroy();
    },
  );

  it("M20: a function that needs no token starts no session", async () => {
    const b = bench();
    start(
      b.mizan.call(
        { ...renameUser, kind: "mutation", name: "open", path: "call/open", csrf: false },
        zoe,
      ),
    );
    await idle();
    expect([b.server.sessions.length, b.server.calls.length]).toEqual([0, 1]);
    expect(b.server.call(0).headers.has("X-CSRFToken")).toBe(false);
  });

  it("scenario 39: an error that says what changed is listened to", async () => {
    const b = bench();
    await loaded(b);
    const call = b.mizan.call(placeOrder, { user_id: 7, qty: 9 });
    const failed = expect(call).rejects.toMatchObject({
      code: "out_of_stock",
      status: 409,
      data: { left: 2 },
      outcomeUnknown: false,
    });
    await idle();
    await b.server.call(0).problem(409, "out_of_stock", {
      data: { left: 2 },
      invalidate: [{ context: "user", params: { user_id: 7 } }],
    });
    await failed;
    expect(b.server.one.path).toBe("ctx/user/?user_id=7");
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

  it("scenario 43: signed out while calls and reads are under way: nothing of the old session is written", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    void trace;
    const rename = b.mizan.call(renameUser, zoe);
    await idle();
    const call = b.mizan.call(logout);
    await idle();
    await b.server
      .call(1)
      .result(null, { invalidate: [{ context: "*" }] }, { headers: { "X-Mizan-Epoch": "e2" } });
    await call;
    expect(line(trace.state)).toBe("loading stale fetching");
    await b.server
      .call(0)
      .result("late", { merge: [mergeProfile("Zoe")], invalidate: [{ context: "user" }] });
    expect(await rename).toBe("late");
    await b.server.one.problem(401, "unauthenticated");
    expect(line(trace.state)).toBe("error stale");
    expect(trace.state.data).toBeUndefined();
  });

  it("C7 scenario 43: a late answer that still names the old epoch does not bring it back", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const under = (epoch: string): object => ({ headers: { "X-Mizan-Epoch": epoch } });
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data, {}, under("e1"));
    start(b.mizan.call(renameUser, zoe));
    await idle();
    void handle.refetch();
    await idle();
    for (const index of [2, 3]) await b.server.read(index).bundle(userData("Bob"), {}, under("e2"));
    expect(line(trace.state)).toBe("success Bob [1x1]");
    await b.server.call(0).result("late", { merge: [mergeProfile("late")] }, under("e1"));
    expect(line(trace.state)).toBe("success Bob [1x1]");
    expect(b.server.open).toHaveLength(0);
  });

  it("C7 scenario 43: an answer of another epoch drops what is private and keeps what is public", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const catalog = observe(b.mizan.registerContext(catalogContext, {}));
    await idle();
    await b.server.one.bundle({ book_list: { items: [] } });
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data, {}, { headers: { "X-Mizan-Epoch": "e1" } });
    expect(line(trace.state)).toBe("success Alice [1x1]");
    const other = observe(b.mizan.registerContext(userContext, { user_id: 8 }));
    void handle.refetch();
    await idle();
    const [late, signal] = b.server.open;
    await signal?.bundle(userData("Bob"), {}, { headers: { "X-Mizan-Epoch": "e2" } });
    expect(late?.aborted).toBe(true);
    expect(line(trace.state)).toBe("loading fetching");
    expect(line(other.state)).toBe("loading fetching");
    expect(catalog.state.status).toBe("success");
    for (const read of b.server.open) {
      await read.bundle(userData("Bob"), {}, { headers: { "X-Mizan-Epoch": "e2" } });
    }
    expect([line(trace.state), line(other.state)]).toEqual([
      "success Bob [1x1]",
      "success Bob [1x1]",
    ]);
    expect(b.server.open).toHaveLength(0);
  });

  it("scenario 44: an observer that throws: the effects stay, the error surfaces once", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    const error = new Error("mine");
    handle.subscribe(() => {
      throw error;
    });
    const call = b.mizan.call(renameUser, zoe);
    await idle();
    await b.server.call(0).result("ok", { merge: [mergeProfile("Zoe")] });
    expect(await call).toBe("ok");
    expect(line(trace.state)).toBe("success Zoe [1x1]");
    expect(reported).toEqual([error]);
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

  it("an answer that is not JSON says in a header what changed", async () => {
    const b = bench();
    await loaded(b);
    const call = b.mizan.call(renameUser, zoe);
    await idle();
    await b.server.call(0).text("<p>Done</p>", {
      headers: { "Content-Type": "text/html", "X-Mizan-Invalidate": 'user;p="user_id=7";rev=9' },
    });
    expect(await call).toBeNull();
    expect(b.server.one.path).toBe("ctx/user/?user_id=7");
  });

  it("HTML where an answer belongs is an error of unknown outcome", async () => {
    const b = bench();
    const call = b.mizan.call(renameUser, zoe);
    const failed = expect(call).rejects.toMatchObject({
      code: "bad_response",
      outcomeUnknown: true,
    });
    await idle();
    await b.server.call(0).text("<p>Sign in</p>", { headers: { "Content-Type": "text/html" } });
    await failed;
  });

  it.each([
    ["/orders/7?x=1#y", true],
    ["//evil.example", false],
    ["/\\evil.example", false],
    ["/\t/evil.example", false],
    ["https://evil.example", false],
    ["javascript:alert(1)", false],
    ["", false],
  ])("redirect %j is followed: %s", async (redirect, followed) => {
    const navigate = vi.fn();
    const b = bench({ navigate });
    const call = b.mizan.call(renameUser, zoe);
    await idle();
    await b.server.call(0).result(null, { redirect });
    await call;
    expect(navigate.mock.calls).toEqual(followed ? [[redirect]] : []);
  });

  it("M4: a call is told to the other tabs once", async () => {
    const b = bench();
    const call = b.mizan.call(renameUser, zoe);
    await idle();
    await b.server.call(0).result(null, {
      merge: [mergeProfile("Zoe")],
      invalidate: [{ context: "orders" }, { context: "catalog" }],
    });
    await call;
    expect(page.posted).toHaveLength(1);
    expect(page.posted[0]).toMatchObject({
      invalidate: [
        { context: "user", params: { user_id: 7 } },
        { context: "orders" },
        { context: "catalog" },
      ],
    });
  });
});
