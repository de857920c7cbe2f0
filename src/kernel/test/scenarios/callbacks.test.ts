import { describe, expect, it, vi } from "vitest";
import { createMutation } from "../../index.js";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  mergeProfile,
  observe,
  renameUser,
  reported,
  userContext,
  userData,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

const zoe = { user_id: 7, name: "Zoe" };
const mine = new Error("mine");
const fail = (): never => {
  throw mine;
};

// Whatever function of the app throws: what the server said counts, the error surfaces once, and nobody else notices.
describe("functions of the app that throw", () => {
  it("scenario 44: onEvent: reads and calls go on", async () => {
    const b = bench({ onEvent: fail });
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.bundle(data);
    expect(trace.seen.map(line)).toEqual(["success Alice [1x1]"]);
    const call = b.mizan.call(renameUser, zoe);
    await idle();
    await b.server.call(0).result("ok", { merge: [mergeProfile("Zoe")] });
    expect(await call).toBe("ok");
    expect(line(trace.state)).toBe("success Zoe [1x1]");
    // Once for each event: a read that was sent, a call that was made, a call that is done.
    expect(reported).toEqual([mine, mine, mine]);
  });

  it("scenario 44: onUnauthenticated: the read fails with what the server said", async () => {
    const b = bench({ onUnauthenticated: fail });
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.problem(401, "unauthenticated");
    expect(trace.state.error?.code).toBe("unauthenticated");
    expect(reported).toEqual([mine]);
  });

  it("scenario 44: navigate: the call has succeeded, and its effects are applied once", async () => {
    const b = bench({ navigate: fail });
    const { trace } = await loaded(b);
    const call = b.mizan.call(renameUser, zoe);
    await idle();
    await b.server.call(0).result("ok", { merge: [mergeProfile("Zoe")], redirect: "/next" });
    expect(await call).toBe("ok");
    expect(trace.seen.map(line)).toEqual(["success Zoe [1x1]"]);
    expect(reported).toEqual([mine]);
  });

  it("scenario 44: a listener of a mutation: the state is the server's answer, the other listeners are told", async () => {
    const b = bench();
    const m = createMutation(b.mizan, renameUser);
    m.subscribe(fail);
    const told = vi.fn();
    m.subscribe(told);
    const call = m.mutateAsync(zoe);
    await idle();
    await b.server.call(0).result({ id: 7, name: "Zoe" });
    expect(await call).toEqual({ id: 7, name: "Zoe" });
    expect(m.getState()).toMatchObject({ status: "success", data: { name: "Zoe" } });
    expect(told).toHaveBeenCalledTimes(2);
    expect(reported).toEqual([mine, mine]);
  });

  it("scenario 44: an optimistic function that throws at once: the call is sent all the same", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const call = b.mizan.call(renameUser, zoe, { optimistic: { user: { user_profile: fail } } });
    await idle();
    expect(line(trace.state)).toBe("success Alice [1x1]");
    await b.server.call(0).result(null, { merge: [mergeProfile("Zoe")] });
    await call;
    expect(line(trace.state)).toBe("success Zoe [1x1]");
    expect(reported).toEqual([mine]);
  });

  it("the order: what a call changed, then its observers, then its promise, then the state of its handle", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    const order: string[] = [];
    const m = createMutation(b.mizan, renameUser);
    handle.subscribe(() => order.push(`observer ${line(handle.getState())}`));
    m.subscribe(() => order.push(`handle ${m.getState().status}`));
    const call = m.mutateAsync(zoe).then(() => order.push("promise"));
    await idle();
    await b.server.call(0).result({ id: 7, name: "Zoe" }, { merge: [mergeProfile("Zoe")] });
    await call;
    expect(order).toEqual([
      "handle pending",
      "observer success Zoe [1x1]",
      "handle success",
      "promise",
    ]);
  });

  it("reset of a handle: a call under way goes on, and no longer shows", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const m = createMutation(b.mizan, renameUser);
    const call = m.mutateAsync(zoe);
    await idle();
    m.reset();
    await b.server.call(0).result({ id: 7, name: "Zoe" }, { merge: [mergeProfile("Zoe")] });
    await call;
    expect(m.getState().status).toBe("idle");
    expect(trace.state.data).toEqual(userData("Zoe"));
  });
});
