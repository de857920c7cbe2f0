import { describe, expect, it } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  mergeOrders,
  mergeProfile,
  observe,
  pass,
  renameUser,
  start,
  userContext,
  userData,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

const zoe = { user_id: 7, name: "Zoe" };

// The client's rules of the protocol, 5.3, where no scenario of kernel.md names the case.

describe("merges that cannot be written", () => {
  it.each([undefined, 5])(
    "R2: a merge that does not fit into the answer of a read under way is read anew (revision %s)",
    async (rev) => {
      const b = bench();
      const { handle, trace } = await loaded(b, rev ? { rev: 1 } : {});
      void handle.refetch();
      await idle();
      const refetch = b.server.one;
      start(b.mizan.call(renameUser, zoe));
      await idle();
      const item = { mode: "update", value: { id: 1, qty: 9 }, rev };
      await b.server.call(0).result(null, { merge: [mergeOrders(0, item)] });
      expect(line(trace.state)).toBe("success fetching Alice [1x9]");
      await refetch.bundle({ ...data, user_orders: [{ id: 2, qty: 2 }] }, rev ? { rev: 4 } : {});
      expect(line(trace.state)).toBe("success stale fetching Alice [2x2]");
      await pass(50);
      await b.server.one.bundle({ ...data, user_orders: [] }, rev ? { rev: 5 } : {});
      expect(line(trace.state)).toBe("success Alice []");
    },
  );

  it("protocol 4: a merge into a slot that failed is not written, though it has a value; it is read anew", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    const errors = { user_orders: { status: 503, code: "upstream_unavailable" } };
    await b.server.one.bundle({ user_profile: data.user_profile }, { errors });
    start(b.mizan.call(renameUser, zoe));
    await idle();
    await b.server.call(0).result(null, { merge: [mergeOrders(9)] });
    expect(line(trace.state)).toBe("success stale fetching Alice [1x1]");
    expect(b.server.open).toHaveLength(1);
  });

  it("protocol 4: a merge into an entry that nobody loaded marks it stale, and is not kept", async () => {
    const b = bench();
    const handle = b.mizan.registerContext(userContext, { user_id: 7 });
    b.mizan.merge(mergeProfile("Zoe") as never);
    await idle();
    expect(handle.getState().isStale).toBe(true);
    const trace = observe(handle);
    await idle();
    await b.server.one.bundle(userData("Zoë"));
    expect(trace.seen.at(-1)?.data?.user_profile?.name).toBe("Zoë");
    expect(b.server.reads).toHaveLength(1);
  });

  it("protocol 4: a layer on a slot that failed and has no value makes none", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    const errors = { user_profile: { status: 503, code: "upstream" } };
    await b.server.one.bundle({ user_orders: [] }, { errors });
    const change = { user_profile: () => ({ id: 7, name: "Zoe" }) };
    start(b.mizan.call(renameUser, zoe, { optimistic: { user: change } }));
    await idle();
    expect(trace.state.data).toEqual({ user_orders: [] });
  });
});
