import { describe, expect, it } from "vitest";
import { latestOnly, mutation, oneByOne, type Mutation } from "../../index.js";
import {
  bench,
  contract,
  idle,
  loaded,
  pass,
  placeOrder,
  renameUser,
  start,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

const zoe = { user_id: 7, name: "Zoe" };

describe("calls of one function", () => {
  const serial: Mutation<"serial", { n: number }> = mutation({
    contract,
    name: "serial",
    path: "call/serial",
    concurrency: oneByOne,
  });
  const latest: Mutation<"latest", { n: number }> = mutation({
    contract,
    name: "latest",
    path: "call/latest",
    concurrency: latestOnly,
    targets: [{ context: "user" }],
  });

  it("scenario 42: serial calls follow one another, also after a failure; others run beside them", async () => {
    const b = bench();
    const first = expect(b.mizan.call(serial, { n: 1 })).rejects.toMatchObject({
      code: "malformed",
    });
    const second = b.mizan.call(serial, { n: 2 });
    const third = b.mizan.call(serial, { n: 3 });
    start(b.mizan.call(renameUser, zoe));
    await idle();
    expect(b.server.calls.map(({ path }) => path)).toEqual(["call/serial", "call/rename_user"]);
    await b.server.call(0).problem(400, "malformed");
    await first;
    expect(b.server.calls.at(-1)?.body).toEqual({ n: 2 });
    expect(b.server.calls).toHaveLength(3);
    await b.server.call(2).result("two");
    expect(await second).toBe("two");
    await b.server.call(3).result("three");
    expect(await third).toBe("three");
  });

  it("scenario 42: serial calls of one function do not wait for those of another", async () => {
    const b = bench();
    const other = mutation({ contract, name: "b", path: "call/b", concurrency: oneByOne });
    start(b.mizan.call(serial, { n: 1 }));
    start(b.mizan.call(other, null));
    await idle();
    expect(b.server.calls.map(({ path }) => path)).toEqual(["call/serial", "call/b"]);
  });

  it("an idempotent call that its caller ends between two tries: not sent again, and its outcome is unknown", async () => {
    const b = bench();
    const control = new AbortController();
    const call = b.mizan.call(placeOrder, { user_id: 7, qty: 1 }, { signal: control.signal });
    const failed = expect(call).rejects.toMatchObject({ outcomeUnknown: true });
    await idle();
    await b.server.call(0).break();
    control.abort();
    await pass(60_000);
    await failed;
    expect(b.server.calls).toHaveLength(1);
  });

  it("concurrency latest: a new call ends the one before, whose outcome is unknown", async () => {
    const b = bench();
    await loaded(b);
    const first = expect(b.mizan.call(latest, { n: 1 })).rejects.toMatchObject({
      code: "aborted",
      outcomeUnknown: true,
    });
    await idle();
    const second = b.mizan.call(latest, { n: 2 });
    await first;
    await b.server.call(1).result("two");
    expect(await second).toBe("two");
    expect(b.server.call(0).aborted).toBe(true);
  });

  it("scenario 42: a call that comes when the first is done waits for those that still wait", async () => {
    const b = bench();
    const calls = [1, 2].map((n) => b.mizan.call(serial, { n }));
    await idle();
    await b.server.call(0).result("one");
    await calls[0];
    calls.push(b.mizan.call(serial, { n: 3 }));
    await idle();
    expect(b.server.calls.map(({ body }) => body)).toEqual([{ n: 1 }, { n: 2 }]);
    await b.server.call(1).result("two");
    expect(b.server.call(2).body).toEqual({ n: 3 });
    await b.server.call(2).result("three");
    expect(await Promise.all(calls)).toEqual(["one", "two", "three"]);
  });
});
