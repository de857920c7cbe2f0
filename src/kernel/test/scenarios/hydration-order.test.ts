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
  userContext,
  userData,
  useVirtualTime,
} from "../harness.js";
import { render } from "../rendered.js";

useVirtualTime();

const params = { user_id: 7 };

describe("hydration: what is newer", () => {
  it("K12 scenario 75: hydration older than the client's data is ignored", async () => {
    const { payload } = await render();
    const b = bench();
    const { handle } = await loaded(b);
    b.mizan.merge(mergeProfile("Zoe") as never);
    await idle();
    b.mizan.hydrate(payload);
    await idle();
    expect(line(handle.getState())).toBe("success Zoe [1x1]");
  });

  it.each([
    [3, "success New [1x1]"],
    [2, "success Alice [1x1]"],
    [1, "success Alice [1x1]"],
  ])(
    "K12 scenario 75: by revision %s a payload is newer than revision 2, or not",
    async (rev, expected) => {
      const { payload } = await render((server) => server.one.bundle(userData("New"), { rev }));
      const b = bench();
      const { handle } = await loaded(b, { rev: 2 });
      b.mizan.hydrate(payload);
      await idle();
      expect(line(handle.getState())).toBe(expected);
    },
  );

  it("K12 scenario 75: a change is remembered after its entry was collected", async () => {
    const { payload } = await render();
    const b = bench({ gcTime: 10 });
    const { handle, trace } = await loaded(b);
    const call = b.mizan.call(renameUser, { user_id: 7, name: "Zoe" });
    await idle();
    await b.server.call(0).result(null, { merge: [mergeProfile("Zoe")] });
    await call;
    trace.stop();
    await pass(1000);
    expect(b.mizan.inspect().entries).toHaveLength(0);
    b.mizan.hydrate(payload);
    expect(line(handle.getState())).toBe("success stale Alice [1x1]");
    observe(handle);
    await idle();
    expect(b.server.open).toHaveLength(1);
  });

  it("K12: of very many changes only that there were some is remembered", async () => {
    const { payload } = await render();
    const b = bench();
    b.mizan.invalidate("user", { user_id: 7 });
    for (let user_id = 100; user_id < 10_100; user_id++) b.mizan.invalidate("user", { user_id });
    await idle();
    b.mizan.hydrate(payload);
    const handle = b.mizan.registerContext(userContext, params);
    expect(line(handle.getState())).toBe("success stale Alice [1x1]");
  });

  it("C7 scenario 80: a payload of another epoch is ignored", async () => {
    const { payload } = await render((server) =>
      server.one.bundle(data, {}, { headers: { "X-Mizan-Epoch": "e1" } }),
    );
    expect(payload.epoch).toBe("e1");
    const b = bench();
    const { handle } = await loaded(b, {}, 8);
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data, {}, { headers: { "X-Mizan-Epoch": "e2" } });
    b.mizan.hydrate(payload);
    expect(line(b.mizan.registerContext(userContext, params).getState())).toBe("loading fetching");
  });

  it("the invalidations of a payload concern what the client holds, not what came with it", async () => {
    const { payload } = await render();
    const b = bench();
    const { handle } = await loaded(b, {}, 8);
    b.mizan.hydrate({ ...payload, invalidate: [{ context: "user" }] });
    expect(line(b.mizan.registerContext(userContext, params).getState())).toBe(
      "success Alice [1x1]",
    );
    await idle();
    expect(handle.getState().isStale).toBe(true);
    expect(b.server.one.path).toBe("ctx/user/?user_id=8");
  });

  it("nor an entry that waited for what came with it", async () => {
    const { payload } = await render();
    const b = bench();
    const handle = b.mizan.registerContext(userContext, params);
    b.mizan.hydrate({ ...payload, invalidate: [{ context: "user" }] });
    expect(line(handle.getState())).toBe("success Alice [1x1]");
  });

  it("C7: a payload says whose it is: the first answer to somebody else drops it", async () => {
    const b = bench();
    const entries = [7, 8].map((user_id) => ({ context: "user", params: { user_id }, data }));
    b.mizan.hydrate({ mizan: 1, epoch: "e1", entries });
    const handle = b.mizan.registerContext(userContext, params);
    const other = b.mizan.registerContext(userContext, { user_id: 8 });
    expect(line(other.getState())).toBe("success Alice [1x1]");
    void handle.refetch();
    await idle();
    await b.server.one.bundle(userData("Bob"), {}, { headers: { "X-Mizan-Epoch": "e2" } });
    expect(line(other.getState())).toBe("loading fetching");
  });

  it("scenario 79: what was taken out of a payload does not come back with the next one", async () => {
    const b = bench({ gcTime: 0 });
    b.mizan.hydrate({ mizan: 1, entries: [{ context: "user", params, data }] });
    const trace = observe(b.mizan.registerContext(userContext, params));
    trace.stop();
    await pass(10);
    expect(b.mizan.inspect().entries).toHaveLength(0);
    b.mizan.hydrate({ mizan: 1, entries: [] });
    expect(b.mizan.inspect().entries).toHaveLength(0);
  });

  it("K12 scenario 75: a revision alone does not make a payload newer than data without one", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    b.mizan.hydrate({
      mizan: 1,
      entries: [{ context: "user", params, rev: 3, data: userData("rendered") }],
    });
    expect(line(handle.getState())).toBe("success Alice [1x1]");
  });

  it("R3 scenario 75: newer data that an earlier change may concern is stale, and read once if it is observed", async () => {
    const b = bench();
    b.mizan.invalidate("user");
    const { trace } = await loaded(b, { rev: 1 });
    const entries = [{ context: "user", params, rev: 3, data: userData("rendered") }];
    b.mizan.hydrate({ mizan: 1, entries });
    await idle();
    expect(line(trace.state)).toBe("success stale fetching rendered [1x1]");
    await b.server.one.bundle(userData("read"), { rev: 3 });
    expect(line(trace.state)).toBe("success read [1x1]");
  });
});
