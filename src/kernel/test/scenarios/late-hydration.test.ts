import { describe, expect, it } from "vitest";
import type { Dehydrated } from "../../index.js";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  observe,
  pass,
  userContext,
  userData,
  useVirtualTime,
  type Bench,
} from "../harness.js";

useVirtualTime();

const params = { user_id: 7 };

/** State of a server that streams it while the browser is already reading. */
const payloadOf = (entry: object): Dehydrated => ({
  mizan: 1,
  schema: "sha256-test",
  entries: [{ context: "user", params, ...entry }],
});

/** A tree that waits for its first data. */
async function suspended(): Promise<{ b: Bench; settled: string[]; load: () => Promise<object> }> {
  const b = bench();
  const handle = b.mizan.registerContext(userContext, params);
  const settled: string[] = [];
  void handle.load().then(
    ({ user_profile }) => settled.push(`load ${user_profile?.name}`),
    () => settled.push("load failed"),
  );
  await idle();
  expect(b.server.reads).toHaveLength(1);
  return { b, settled, load: handle.load };
}

describe("hydration that arrives while data is awaited", () => {
  it("K13 H4: a pending load takes what arrives, without waiting for the read", async () => {
    const { b, settled, load } = await suspended();
    b.mizan.hydrate(payloadOf({ data }));
    await idle();
    expect(settled).toEqual(["load Alice"]);
    expect(load()).toMatchObject({ status: "fulfilled", value: data });
    await pass(1000);
    expect(b.server.aborted).toBe(1);
  });

  it("K13 H4: so it does when what arrives is old: it is read anew by whoever observes it", async () => {
    const { b, settled } = await suspended();
    const trace = observe(b.mizan.registerContext(userContext, params));
    b.mizan.hydrate(payloadOf({ data, age: 3_600_000 }));
    await idle();
    expect(settled).toEqual(["load Alice"]);
    await b.server.one.bundle(userData("Ada"));
    expect(line(trace.state)).toBe("success Ada [1x1]");
  });

  it.each([
    ["an entry without data", {}],
    ["an error", { error: { status: 500, code: "internal" } }],
    [
      "an error of a slot",
      {
        data: { user_orders: [] },
        errors: { user_profile: { status: 500, code: "internal" } },
      },
    ],
  ])("K13: %s that arrives does not end it: the read may succeed", async (_what, entry) => {
    const { b, settled } = await suspended();
    b.mizan.hydrate(payloadOf(entry));
    await idle();
    expect(settled).toEqual([]);
    await b.server.one.bundle(userData("Ada"));
    expect(settled).toEqual(["load Ada"]);
  });

  it("K9: newer data that comes when somebody observes already was not rendered first either", async () => {
    const b = bench();
    const { handle } = await loaded(b, { rev: 1 });
    b.mizan.hydrate(payloadOf({ data: userData("Ada"), rev: 2 }));
    await idle();
    expect(line(handle.getState())).toBe("success Ada [1x1]");
    expect(line(handle.getServerState())).toBe("loading fetching");
  });

  it("K12 scenario 75: a payload with a revision is not newer than what was read without", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    b.mizan.hydrate(payloadOf({ data: userData("Ada"), rev: 3 }));
    await idle();
    expect(line(handle.getState())).toBe("success Alice [1x1]");
  });

  it("scenario 78: data that could not be renewed on the server reads the same in the browser: stale, with the error", async () => {
    const server = bench({ server: true, retry: 0 });
    const handle = server.mizan.registerContext(userContext, params);
    void handle.load();
    await idle();
    await server.server.one.bundle(data);
    server.mizan.invalidate("user");
    void handle.refetch();
    await idle();
    await server.server.one.problem(500, "internal");
    expect(line(handle.getState())).toBe("error stale Alice [1x1]");
    const { mizan } = bench({ hydrate: server.mizan.dehydrate() });
    const hydrated = mizan.registerContext(userContext, params);
    expect(line(hydrated.getState())).toBe("error stale Alice [1x1]");
  });

  it("who asked for a read gets one, whatever arrives meanwhile", async () => {
    const { b } = await suspended();
    const settled: string[] = [];
    const handle = b.mizan.registerContext(userContext, params);
    void handle.refetch().then((state) => settled.push(line(state)));
    void b.mizan
      .fetchContext(userContext, params)
      .then(({ user_profile }) => settled.push(`fetched ${user_profile?.name}`));
    await idle();
    b.mizan.hydrate(payloadOf({ data }));
    await idle();
    expect(settled).toEqual([]);
    await b.server.one.bundle(userData("Ada"));
    expect(settled).toEqual(["success Ada [1x1]", "fetched Ada"]);
  });

  it("others that wait for their data go on waiting", async () => {
    const { b } = await suspended();
    const settled: unknown[] = [];
    void b.mizan
      .registerContext(userContext, { user_id: 8 })
      .load()
      .then(
        (got) => settled.push(got),
        (error: unknown) => settled.push(error),
      );
    await idle();
    b.mizan.hydrate(payloadOf({ data }));
    await idle();
    expect(settled).toEqual([]);
  });
});
