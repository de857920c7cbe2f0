import { describe, expect, it, vi } from "vitest";
import { createKernel } from "../../index.js";
import {
  bench,
  catalogContext,
  contract,
  data,
  idle,
  line,
  loaded,
  logout,
  mergeProfile,
  observe,
  page,
  placeOrder,
  renameUser,
  reported,
  userContext,
  userData,
  start,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

const zoe = { user_id: 7, name: "Zoe" };

describe("answers to calls", () => {
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

  it("a producer that answers in the protocol's form only is not asked for the header", async () => {
    const b = bench();
    const own = { ...contract, readEffects: undefined };
    const mizan = createKernel(own, { fetch: b.server.fetch });
    const failed = expect(mizan.call(renameUser, zoe)).rejects.toMatchObject({
      code: "bad_response",
      outcomeUnknown: true,
    });
    await idle();
    await b.server.call(0).text("<p>Done</p>", { headers: { "X-Mizan-Invalidate": "user" } });
    await failed;
    mizan.destroy();
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

  it("M4: what was told to the other tabs is not told again with the next change", async () => {
    const b = bench();
    b.mizan.invalidate("user");
    await idle();
    b.mizan.invalidate("*");
    await idle();
    expect(page.posted).toMatchObject([
      { invalidate: [{ context: "user" }] },
      { invalidate: [{ context: "*" }] },
    ]);
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
