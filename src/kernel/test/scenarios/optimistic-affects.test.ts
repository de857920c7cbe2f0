import { describe, expect, it } from "vitest";
import type { MutationDescriptor } from "../../index.js";
import {
  bench,
  contract,
  idle,
  line,
  loaded,
  mergeOrders,
  start,
  userData,
  useVirtualTime,
  type UserContextData,
} from "../harness.js";

useVirtualTime();

type AddOrder = MutationDescriptor<
  "add_order",
  { user_id: number; qty: number },
  null,
  never,
  { user: UserContextData }
>;

/** Is declared to change a context as a whole, and perhaps to merge one slot of it. */
const addOrder = (targets: AddOrder["targets"]): AddOrder => ({
  kind: "mutation",
  contract,
  name: "add_order",
  path: "call/add_order",
  targets,
});
const affectsOwn = { context: "user", params: { user_id: ["user_id"] } };
const affectsAll = { context: "user" };
const mergesOwn = { ...affectsOwn, slot: "user_orders" };

const input = { user_id: 7, qty: 2 };
const optimistic = {
  user: {
    user_orders: (orders: UserContextData["user_orders"]) =>
      orders.map(({ id, qty }) => ({ id, qty: qty + 1 })),
  },
};

describe("optimistic layers over what a call affects", () => {
  it("C6 M5: is shown until the read brings it", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const other = await loaded(b, {}, 8);
    const call = b.mizan.call(addOrder([affectsOwn]), input, { optimistic });
    await idle();
    expect(line(trace.state)).toBe("success Alice [1x2]");
    expect(line(other.trace.state)).toBe("success Alice [1x1]");
    await b.server
      .call(0)
      .result(null, { invalidate: [{ context: "user", params: { user_id: 7 } }] });
    await call;
    expect(line(trace.state)).toBe("success stale fetching Alice [1x2]");
    await b.server.one.bundle(userData("Alice", 2));
    expect(trace.seen.map(line)).toEqual([
      "success Alice [1x2]",
      "success stale fetching Alice [1x2]",
      "success Alice [1x2]",
    ]);
    expect(b.mizan.inspect().layers).toBe(0);
  });

  it("C6 M5: a failure takes it back", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    start(b.mizan.call(addOrder([affectsOwn]), input, { optimistic }));
    await idle();
    await b.server.call(0).problem(403, "forbidden");
    expect(trace.seen.map(line)).toEqual(["success Alice [1x2]", "success Alice [1x1]"]);
  });

  it.each([
    ["declared twice", [affectsOwn, affectsOwn]],
    ["declared for all and for one", [affectsAll, affectsOwn]],
    ["merged and affected", [mergesOwn, affectsOwn]],
    ["merged twice", [mergesOwn, mergesOwn]],
  ])("C6: what is %s is changed once", async (_what, targets) => {
    const b = bench();
    const { trace } = await loaded(b);
    start(b.mizan.call(addOrder(targets), input, { optimistic }));
    await idle();
    expect(line(trace.state)).toBe("success Alice [1x2]");
  });

  it("C6: a slot that is merged for some params shows there only, whatever else is affected", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const other = await loaded(b, {}, 8);
    start(b.mizan.call(addOrder([mergesOwn, affectsAll]), input, { optimistic }));
    await idle();
    expect(line(trace.state)).toBe("success Alice [1x2]");
    expect(line(other.trace.state)).toBe("success Alice [1x1]");
  });

  it("C6: a slot that is merged for two sets of params shows in both", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const other = await loaded(b, {}, 8);
    const call = b.mizan.call(
      addOrder([mergesOwn, { ...mergesOwn, params: { user_id: { const: 8 } } }]),
      input,
      { optimistic },
    );
    await idle();
    expect([trace.state, other.trace.state].map(line)).toEqual([
      "success Alice [1x2]",
      "success Alice [1x2]",
    ]);
    await b.server.call(0).result(null, { merge: [mergeOrders(2)] });
    await call;
    expect([trace.state, other.trace.state].map(line)).toEqual([
      "success Alice [1x2]",
      "success Alice [1x1]",
    ]);
  });
});
