import { describe, expect, it } from "vitest";
import {
  bench,
  idle,
  line,
  loaded,
  observe,
  pass,
  renameUser,
  userContext,
  userData,
  useVirtualTime,
  type Bench,
} from "../harness.js";

useVirtualTime();

/** Two entries that mean the same: asked for without the page, which the server then filled in, and with it. */
async function both(b: Bench, first: object, second: object) {
  const traces = [];
  for (const [index, params] of [first, second].entries()) {
    traces.push(observe(b.mizan.registerContext(userContext, params as { user_id: number })));
    await idle();
    const resolved = { params: { user_id: 7, page: 1 } };
    await b.server.open[0]?.bundle(userData(`v${index}`), resolved);
  }
  return traces;
}

const [short, long] = [{ user_id: 7 }, { user_id: 7, page: 1 }];

// Protocol 3.3: an entry is filed under what was asked and under what came back.
describe("entries under two queries", () => {
  it("scenario 13: params with the defaults written out are the entry that was asked for without them", async () => {
    const b = bench();
    const [one, two] = await both(b, short, long);
    expect(b.server.reads).toHaveLength(1);
    expect(two?.state).toBe(one?.state);
    expect(b.mizan.inspect().entries).toHaveLength(1);
  });

  it("scenario 13: two entries that turn out to be one are both kept, and both hear of a change of all their params", async () => {
    const b = bench();
    const [one, two] = await both(b, long, short);
    expect(b.server.reads).toHaveLength(2);
    const call = b.mizan.call(renameUser, { user_id: 7, name: "Zoe" });
    await idle();
    await b.server.call(0).result(null, { invalidate: [{ context: "user", params: long }] });
    await call;
    expect(b.server.open.map(({ path }) => path)).toEqual([
      "ctx/user/?page=1&user_id=7",
      "ctx/user/?user_id=7",
    ]);
    for (const read of b.server.open) await read.bundle(userData("Zoe"), { params: long });
    expect([one, two].map((trace) => trace && line(trace.state))).toEqual([
      "success Zoe [1x1]",
      "success Zoe [1x1]",
    ]);
    expect(b.mizan.registerContext(userContext, long).getState()).toBe(one?.state);
  });

  it("scenario 25: an entry under two queries is collected as one", async () => {
    const b = bench({ gcTime: 0 });
    const [one, two] = await both(b, short, long);
    one?.stop();
    two?.stop();
    await pass(10);
    expect(b.mizan.inspect().entries).toHaveLength(0);
  });

  it("who waits for one entry does not go on when another was read", async () => {
    const b = bench();
    const one = await loaded(b, {}, 1);
    const two = await loaded(b, {}, 2);
    let done = false;
    void one.handle.refetch().then(() => (done = true));
    void two.handle.refetch();
    await idle();
    const [readOne, readTwo] = b.server.open;
    await readTwo?.bundle(userData("two"));
    expect(done).toBe(false);
    await readOne?.bundle(userData("one"));
    expect(done).toBe(true);
  });
});
