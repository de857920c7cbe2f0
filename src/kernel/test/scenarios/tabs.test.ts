import { describe, expect, it, vi } from "vitest";
import { createKernel } from "../../index.js";
import {
  bench,
  contract,
  data,
  idle,
  line,
  loaded,
  logout,
  mergeProfile,
  observe,
  page,
  pass,
  renameUser,
  reported,
  userContext,
  userData,
  useVirtualTime,
  FakeChannel,
  type Bench,
} from "../harness.js";

useVirtualTime();

/** A call in this tab that invalidates user 7. */
async function change(
  { mizan, server }: Bench,
  headers: Record<string, string> = {},
): Promise<void> {
  const call = mizan.call(renameUser, { user_id: 7, name: "Zoe" });
  await idle();
  const invalidate = [{ context: "user", params: { user_id: 7 } }];
  await server.calls.at(-1)?.result(null, { invalidate }, { headers });
  await call;
  await idle();
}

/** A message from another tab. */
async function say(message: unknown, name = "mizan:/api/"): Promise<void> {
  new FakeChannel(name, page).postMessage(message);
  await idle();
}

const invalidate = [{ context: "user" }];

describe("between tabs", () => {
  it("M4 scenario 65: one message from A; B reads what it observes, and says nothing", async () => {
    const [a, b, c] = [bench(), bench(), bench()];
    const { trace } = await loaded(b);
    const other = await loaded(c);
    other.trace.stop();
    await change(a);
    expect(page.posted).toHaveLength(1);
    expect(line(trace.state)).toBe("success stale fetching Alice [1x1]");
    expect(other.handle.getState().isStale).toBe(true);
    expect(c.server.open).toHaveLength(0);
    await b.server.one.bundle(userData("Zoe"));
    await pass(1000);
    expect(page.posted).toHaveLength(1);
    expect(a.server.reads).toHaveLength(0);
  });

  it("M4 scenario 69: a message says whose it is, and carries no data", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data, {}, { headers: { "X-Mizan-Epoch": "e1" } });
    b.mizan.merge(mergeProfile("secret") as never);
    await idle();
    expect(page.posted).toEqual([
      {
        mizan: 1,
        from: expect.any(String) as string,
        epoch: "e1",
        invalidate: [{ context: "user", params: { user_id: 7 } }],
      },
    ]);
  });

  it("broadcast: an observer that throws at a message does not end the listening", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    handle.subscribe(() => {
      throw new Error("mine");
    });
    for (const user of [7, 7]) {
      await say({
        mizan: 1,
        from: "x",
        invalidate: [{ context: "user", params: { user_id: user } }],
      });
      await b.server.one.bundle(data);
    }
    expect(reported).toHaveLength(4);
  });

  it("scenario 65: many changes in one tick are one message", async () => {
    const { mizan } = bench();
    mizan.invalidate("user", { user_id: 7 });
    mizan.invalidate("user");
    mizan.merge(mergeProfile("Zoe") as never);
    await idle();
    expect(page.posted).toHaveLength(1);
  });

  it("scenario 66: two instances in one tab hear each other, and never themselves", async () => {
    const b = bench();
    await loaded(b);
    await change(bench());
    expect(b.server.open).toHaveLength(1);
    await b.server.one.bundle(data);
    const own = page.posted[0];
    await change(b);
    await b.server.one.bundle(data);
    const echo = page.posted.at(-1);
    expect(echo).not.toEqual(own);
    await say(echo);
    expect(b.server.open).toHaveLength(0);
  });

  it("scenario 67: hidden: stale only; read when seen", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    page.hide();
    await say({ mizan: 1, from: "x", invalidate });
    expect(line(trace.state)).toBe("success stale Alice [1x1]");
    await pass(1000);
    expect(b.server.open).toHaveLength(0);
    page.show();
    await idle();
    expect(b.server.open).toHaveLength(1);
  });

  it("scenario 68: a read under way when the message comes: its answer is shown as stale, and read once more", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await say({ mizan: 1, from: "x", invalidate });
    await b.server.one.bundle(userData("old"));
    expect(line(trace.state)).toBe("success stale fetching old [1x1]");
    await b.server.one.bundle(userData("new"));
    expect(line(trace.state)).toBe("success new [1x1]");
    expect(b.server.reads).toHaveLength(3);
  });

  it("scenario 69: another user, another app: ignored; the same user: heard", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data, {}, { headers: { "X-Mizan-Epoch": "e1" } });
    await say({ mizan: 1, from: "x", epoch: "e2", invalidate });
    await say({ mizan: 1, from: "x", epoch: "e1", invalidate }, "mizan:/other/");
    expect(b.server.open).toHaveLength(0);
    await say({ mizan: 1, from: "x", epoch: "e1", invalidate });
    expect(b.server.open).toHaveLength(1);
  });

  it.each([
    [null],
    [7],
    ["text"],
    [[]],
    [{}],
    [{ mizan: 2, from: "x", invalidate }],
    [{ from: "x", invalidate }],
    [{ mizan: 1, from: "x", invalidate: "user" }],
    [{ mizan: 1, from: "x", invalidate: [null, 7, { context: 7 }, { context: "nobody" }] }],
    [{ mizan: 1, from: "x", identity: "yes" }],
    [{ mizan: 1, from: "x", invalidate: [{ context: "__proto__" }, { context: "constructor" }] }],
  ])("scenario 70: %j is ignored", async (message) => {
    const b = bench();
    const { trace } = await loaded(b);
    await say(message);
    expect(b.server.open).toHaveLength(0);
    expect(line(trace.state)).toBe("success Alice [1x1]");
    expect(reported).toEqual([]);
  });

  it.each([
    ["is absent", undefined],
    [
      "cannot be opened",
      class {
        constructor() {
          throw new DOMException("blocked", "SecurityError");
        }
      },
    ],
  ])("scenario 71: BroadcastChannel %s: the kernel works", async (_what, channel) => {
    vi.stubGlobal("BroadcastChannel", channel);
    const b = bench();
    await loaded(b);
    await change(b);
    expect(b.server.open).toHaveLength(1);
    b.mizan.destroy();
  });

  it("scenario 71: a channel that breaks is reported, and the kernel works", async () => {
    vi.stubGlobal(
      "BroadcastChannel",
      class {
        postMessage(): void {
          throw new DOMException("closed", "InvalidStateError");
        }
        close(): void {}
      },
    );
    const b = bench();
    await loaded(b);
    await change(b);
    expect(b.server.open).toHaveLength(1);
    expect(reported).toHaveLength(1);
  });

  it("broadcast: false opens no channel", () => {
    bench({ broadcast: false });
    expect(page.channels.size).toBe(0);
  });

  it("scenario 72: restored from the back-forward cache: observed entries are read once, whatever their age", async () => {
    const b = bench();
    await loaded(b, {}, 7);
    const { trace } = await loaded(b, {}, 8);
    trace.stop();
    page.restore();
    await idle();
    expect(b.server.open.map(({ path }) => path)).toEqual(["ctx/user/?user_id=7"]);
  });

  it("scenario 73: a message before the hydration of the entry: it starts stale", async () => {
    const b = bench();
    await say({ mizan: 1, from: "x", invalidate: [{ context: "user", params: { user_id: 7 } }] });
    b.mizan.hydrate({
      mizan: 1,
      entries: [
        { context: "user", params: { user_id: 7 }, data },
        { context: "user", params: { user_id: 8 }, data },
      ],
    });
    const first = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    const second = observe(b.mizan.registerContext(userContext, { user_id: 8 }));
    expect([line(first.state), line(second.state)]).toEqual([
      "success stale Alice [1x1]",
      "success Alice [1x1]",
    ]);
    await idle();
    expect(b.server.one.path).toBe("ctx/user/?user_id=7");
  });

  it("scenario 73: a message with a revision before the first load: an older answer is read again", async () => {
    const b = bench();
    await say({ mizan: 1, from: "x", invalidate: [{ context: "user", rev: 9 }] });
    const trace = observe(b.mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await b.server.one.bundle(userData("edge"), { rev: 8 });
    expect(line(trace.state)).toBe("success stale fetching edge [1x1]");
    await pass(50);
    expect(b.server.one.path).toBe("ctx/user/?user_id=7&_rev=9");
    await b.server.one.bundle(userData("origin"), { rev: 9 });
    expect(line(trace.state)).toBe("success origin [1x1]");
  });

  it("M4: signing out in one tab drops what the others hold", async () => {
    const [a, b] = [bench(), bench()];
    const { trace } = await loaded(b);
    const call = a.mizan.call(logout);
    await idle();
    await a.server.call(0).result(null);
    await call;
    await idle();
    expect(line(trace.state)).toBe("loading fetching");
    expect(page.posted).toEqual([expect.objectContaining({ identity: true })]);
  });

  it("M4: reset in one tab drops what the others hold", async () => {
    const [a, b] = [bench(), bench()];
    const { trace } = await loaded(b);
    a.mizan.reset();
    await idle();
    expect(line(trace.state)).toBe("loading fetching");
    expect(page.posted).toHaveLength(1);
  });

  it("another app on the same origin with the same names is another channel", async () => {
    const other = createKernel({ ...contract, base: "/two/" });
    const b = bench();
    await loaded(b);
    other.invalidate("*");
    await idle();
    expect(b.server.open).toHaveLength(0);
    other.destroy();
  });
});
