import { describe, expect, it } from "vitest";
import type { MutationDescriptor } from "../../index.js";
import {
  bench,
  contract,
  data,
  idle,
  line,
  loaded,
  mergeOrders,
  mergeProfile,
  observe,
  pass,
  renameUser,
  reported,
  start,
  userContext,
  userData,
  useVirtualTime,
  type Bench,
  type RenameUserTargets,
  type User,
} from "../harness.js";

useVirtualTime();

/** Renames user 7, seen at once. */
function rename({ mizan }: Bench, name: string): Promise<User> {
  return mizan.call(
    renameUser,
    { user_id: 7, name },
    {
      optimistic: {
        user: { user_profile: (user, input) => user && { ...user, name: input.name } },
      },
    },
  );
}

// Scenario 45 is race 10 in races.test.ts.
describe("optimistic layers", () => {
  it("C6 R6 scenario 46: a refetch without the pending change: the change is still seen", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    start(rename(b, "Zoe"));
    await idle();
    void handle.refetch();
    await idle();
    await b.server.read(1).bundle(userData("Alice", 5));
    expect(line(trace.state)).toBe("success Zoe [1x5]");
    void b.server.call(0).problem(403, "forbidden");
    await idle();
    expect(line(trace.state)).toBe("success Alice [1x5]");
  });

  it("scenario 47: success with a merge: no frame with neither or both", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const call = rename(b, "Zoe");
    await idle();
    await b.server.call(0).result(null, { merge: [mergeProfile("Zoe!")] });
    await call;
    expect(trace.seen.map(line)).toEqual(["success Zoe [1x1]", "success Zoe! [1x1]"]);
  });

  it("scenario 47: the server confirms exactly what was shown: no notification, the same reference", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const call = rename(b, "Zoe");
    await idle();
    const shown = trace.state;
    await b.server.call(0).result(null, { merge: [mergeProfile("Zoe")] });
    await call;
    expect(trace.seen.map(line)).toEqual(["success Zoe [1x1]"]);
    expect(trace.state).toBe(shown);
  });

  it("scenario 47: a merge that the server turned into an invalidation: shown until the read arrives", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const call = rename(b, "Zoe");
    await idle();
    await b.server.call(0).result(null, { invalidate: [{ context: "user" }] });
    await call;
    expect(line(trace.state)).toBe("success stale fetching Zoe [1x1]");
    await b.server.one.bundle(userData("Zoe", 2));
    expect(trace.seen.map(line)).toEqual([
      "success Zoe [1x1]",
      "success stale fetching Zoe [1x1]",
      "success Zoe [1x2]",
    ]);
    expect(b.mizan.inspect().layers).toBe(0);
  });

  it("scenario 47: the read after an invalidation fails: the layer does not stay for ever", async () => {
    const b = bench({ retry: 0 });
    const { trace } = await loaded(b);
    const call = rename(b, "Zoe");
    await idle();
    await b.server.call(0).result(null, { invalidate: [{ context: "user" }] });
    await call;
    await b.server.one.problem(500, "internal");
    expect(line(trace.state)).toBe("error stale Alice [1x1]");
    expect(b.mizan.inspect().layers).toBe(0);
  });

  it("scenario 48: a layer that throws on rebase is dropped and reported, the others stay", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    start(
      b.mizan.call(
        renameUser,
        { user_id: 7, name: "x" },
        {
          optimistic: {
            user: {
              user_profile: (user) => {
                if (user?.name === "Bob") throw new Error("rebase");
                return user;
              },
            },
          },
        },
      ),
    );
    start(rename(b, "Zoe"));
    void handle.refetch();
    await idle();
    await b.server.read(1).bundle(userData("Bob"));
    expect(line(trace.state)).toBe("success Zoe [1x1]");
    expect(reported).toEqual([new Error("rebase")]);
    expect(b.mizan.inspect().layers).toBe(1);
  });

  it("scenario 49: an entry with a layer is not collected", async () => {
    const b = bench({ gcTime: 1000 });
    const { handle, trace } = await loaded(b);
    const call = rename(b, "Zoe");
    trace.stop();
    await pass(10_000);
    expect(line(handle.getState())).toBe("success Zoe [1x1]");
    expect(b.server.reads).toHaveLength(1);
    await b.server.call(0).result(null, { merge: [mergeProfile("Zoe")] });
    await call;
    await pass(10_000);
    expect(b.mizan.inspect().entries).toHaveLength(0);
  });

  it("scenario 50: a layer on an entry that is still loading is laid over the answer", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    start(rename(b, "Zoe"));
    await idle();
    expect(trace.state.data).toBeUndefined();
    await b.server.read(0).bundle(data);
    expect(trace.seen.map(line)).toEqual(["success Zoe [1x1]"]);
  });

  it("scenario 50: so is one on an entry that did not exist yet", async () => {
    const b = bench();
    start(rename(b, "Zoe"));
    await idle();
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.read(0).bundle(data);
    expect(trace.seen.map(line)).toEqual(["success Zoe [1x1]"]);
  });

  it("a failure takes back its own layer only, the order of the others stays", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const add = (suffix: string): Promise<User> =>
      b.mizan.call(
        renameUser,
        { user_id: 7, name: suffix },
        {
          optimistic: {
            user: {
              user_profile: (user, input) => user && { ...user, name: user.name + input.name },
            },
          },
        },
      );
    start(add("1"));
    start(add("2"));
    start(add("3"));
    await idle();
    expect(line(trace.state)).toBe("success Alice123 [1x1]");
    await b.server.call(1).problem(403, "forbidden");
    expect(line(trace.state)).toBe("success Alice13 [1x1]");
  });

  it("a failure takes the layer back although the entry is stale and being read", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    start(rename(b, "Zoe"));
    await idle();
    b.mizan.invalidate("user");
    await idle();
    await b.server.call(0).problem(403, "forbidden");
    expect(line(trace.state)).toBe("success stale fetching Alice [1x1]");
  });

  it.each([
    ["another slot", mergeOrders(5), "[1x5]"],
    ["another context", { ...mergeProfile("x"), context: "nobody" }, "[1x1]"],
  ])(
    "scenario 47: an answer that merges %s and invalidates this one: shown until the read arrives",
    async (_what, item, orders) => {
      const b = bench();
      const { trace } = await loaded(b);
      const call = rename(b, "Zoe");
      await idle();
      await b.server.call(0).result(null, { merge: [item], invalidate: [{ context: "user" }] });
      await call;
      expect(line(trace.state)).toBe(`success stale fetching Zoe ${orders}`);
    },
  );

  it("a success that changes nothing of the entry takes the layer away at once, whatever is being read", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    const call = rename(b, "Zoe");
    await idle();
    await b.server.call(0).result(null);
    await call;
    expect(line(trace.state)).toBe("success fetching Alice [1x1]");
  });

  it("a layer whose params only the answer knows is not shown, and the call is made", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const rename: MutationDescriptor<"r", { name: string }, User, never, RenameUserTargets> = {
      kind: "mutation",
      contract,
      name: "r",
      path: "call/r",
      targets: [{ context: "user", slot: "user_profile", params: { user_id: null } }],
    };
    const optimistic = { user: { user_profile: () => ({ id: 7, name: "Zoe" }) } };
    const call = b.mizan.call(rename, { name: "Zoe" }, { optimistic });
    await idle();
    expect(line(trace.state)).toBe("success Alice [1x1]");
    await b.server.call(0).result("ok");
    expect(await call).toBe("ok");
  });

  it("a layer shows in the entries of its params only", async () => {
    const b = bench();
    const other = await loaded(b, {}, 8);
    await loaded(b, {}, 7);
    start(rename(b, "Zoe"));
    await idle();
    expect(line(other.trace.state)).toBe("success Alice [1x1]");
    expect(other.trace.seen).toHaveLength(0);
  });

  it("a merge of another slot does not disturb the layer", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    start(rename(b, "Zoe"));
    await idle();
    b.mizan.merge(mergeOrders(4) as Parameters<typeof b.mizan.merge>[0]);
    await idle();
    expect(line(trace.state)).toBe("success Zoe [1x4]");
  });
});
