import { describe, expect, it } from "vitest";
import {
  bench,
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
const params = { user_id: 7 };

/** A call whose answer invalidates user 7. */
async function change({ mizan, server }: Bench): Promise<void> {
  const call = mizan.call(renameUser, zoe);
  await idle();
  await server.calls.at(-1)?.result(null, { invalidate: [{ context: "user", params }] });
  await call;
}

/** A server whose reads go on although the client ended them: what they bring must not count. */
const deaf = (b: Bench): Bench["server"]["fetch"] => {
  const { fetch } = b.server;
  return (url, init) => fetch(url, { ...init, signal: null });
};

// Behaviours that the test suites of other runtimes assert, restated for ours. Those that a numbered scenario states already are there.
describe("behaviours known from mutations", () => {
  const write = (b: Bench): Promise<void> =>
    b.server.call(0).result(null, { merge: [mergeProfile("new")] });

  const old = (b: Bench): Promise<void> => b.server.read(1).bundle(userData("old"));

  it.each<[string, "read" | "call", ((b: Bench) => Promise<void>)[]]>([
    ["before it: it is sent first and answers first", "read", [old, write]],
    ["around it: it is sent first and answers last", "read", [write, old]],
    ["inside it: it is sent last and answers first", "call", [old, write]],
    ["after it: it is sent last and answers last", "call", [write, old]],
  ])(
    "a read that overlaps a call, %s: the new value is what stays",
    async (_how, first, answers) => {
      const b = bench();
      const { handle, trace } = await loaded(b);
      for (const what of first === "read" ? ["read", "call"] : ["call", "read"]) {
        if (what === "read") void handle.refetch();
        else start(b.mizan.call(renameUser, zoe));
        await idle();
      }
      for (const answer of answers) await answer(b);
      for (const read of b.server.open) await read.bundle(userData("new"));
      expect(line(trace.state)).toBe("success new [1x1]");
      if (first === "call") return;
      const seen = trace.seen.map(({ data: bundle }) => bundle?.user_profile?.name);
      expect(seen.slice(seen.indexOf("new"))).not.toContain("old");
    },
  );

  it("several optimistic calls that all fail: back to the very object of before", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const before = trace.state;
    for (const name of ["one", "two", "three"]) {
      const optimistic = { user: { user_profile: () => ({ id: 7, name }) } };
      start(b.mizan.call(renameUser, { ...params, name }, { optimistic }));
    }
    await idle();
    for (const index of [1, 0, 2]) await b.server.call(index).problem(403, "forbidden");
    expect(trace.state.data).toEqual(before.data);
    expect(trace.seen.map(line)).toEqual([
      "success three [1x1]",
      // The middle and the first one fail: the last still covers them.
      "success Alice [1x1]",
    ]);
  });

  it("an error is told once for each try, however many observe", async () => {
    const b = bench({ retry: 1 });
    const handle = b.mizan.registerContext(userContext, params);
    for (let observers = 0; observers < 3; observers++) observe(handle);
    await idle();
    for (let tries = 0; tries < 2; tries++) {
      await b.server.one.problem(503, "unavailable");
      await pass(2000);
    }
    expect(b.events.filter(({ type }) => type === "error")).toHaveLength(2);
  });

  it("scenario 6: a forced refetch wins over the one before it, though that one fails late and nobody could end it", async () => {
    const b = bench();
    const heedless = bench({ fetch: deaf(b) }, b.server);
    const { handle, trace } = await loaded(heedless);
    for (const _ of [1, 2]) {
      void handle.refetch({ force: true });
      await idle();
    }
    const [first, second] = b.server.open;
    await second?.bundle(userData("second"));
    await first?.problem(500, "internal");
    expect(line(trace.state)).toBe("success second [1x1]");
    expect(b.server.open).toHaveLength(0);
  });

  it("scenario 6: nor does a late answer of the one before overwrite it", async () => {
    const b = bench();
    const heedless = bench({ fetch: deaf(b) }, b.server);
    const { handle, trace } = await loaded(heedless);
    for (const _ of [1, 2]) {
      void handle.refetch({ force: true });
      await idle();
    }
    const [first, second] = b.server.open;
    await second?.bundle(userData("second"));
    await first?.bundle(userData("first"));
    expect(line(trace.state)).toBe("success second [1x1]");
  });

  it("what was prefetched and then changed by a call is read when it is shown", async () => {
    const b = bench();
    const prefetch = b.mizan.fetchContext(userContext, params);
    await idle();
    await b.server.one.bundle(data);
    await prefetch;
    await change(b);
    expect(b.server.open).toHaveLength(0);
    const trace = observe(b.mizan.registerContext(userContext, params));
    await idle();
    expect(line(trace.state)).toBe("success stale fetching Alice [1x1]");
    expect(b.server.open).toHaveLength(1);
  });

  it.each([0, 2 ** 31 - 1, 2 ** 31])("gcTime %s: an entry is kept that long", async (gcTime) => {
    const b = bench({ gcTime });
    const { trace } = await loaded(b);
    trace.stop();
    if (gcTime) {
      await pass(gcTime - 1);
      expect(b.mizan.inspect().entries).toHaveLength(1);
    }
    await pass(1);
    expect(b.mizan.inspect().entries).toHaveLength(0);
  });

  it("gcTime 0: a load that suspends again and again ends, after one read", async () => {
    const b = bench({ gcTime: 0 });
    const handle = b.mizan.registerContext(userContext, params);
    for (let renders = 0; renders < 5; renders++) {
      void handle.load();
      await pass(1);
    }
    await b.server.one.bundle(data);
    expect(await handle.load()).toEqual(data);
    expect(b.server.reads).toHaveLength(1);
  });
});
