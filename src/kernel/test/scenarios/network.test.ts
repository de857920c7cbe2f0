import { describe, expect, it } from "vitest";
import {
  bench,
  data,
  idle,
  loaded,
  observe,
  page,
  pass,
  userContext,
  useVirtualTime,
} from "../harness.js";
import { pollContext } from "../../index.js";

useVirtualTime();

const params = { user_id: 7 };

describe("network and visibility", () => {
  it("scenario 61: offline while asleep: paused; online: exactly one read", async () => {
    const { mizan, server } = bench();
    observe(mizan.registerContext(userContext, params));
    await idle();
    await server.one.break();
    page.offline();
    await pass(3_600_000);
    expect(server.reads).toHaveLength(1);
    page.online();
    await idle();
    expect(server.reads).toHaveLength(2);
    await server.one.bundle(data);
    await pass(60_000);
    expect(server.reads).toHaveLength(2);
  });

  it("scenario 61: online wakes the refetch of fresh data, too", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    void handle.refetch();
    await idle();
    page.offline();
    await b.server.one.break();
    await pass(50_000);
    expect(b.server.reads).toHaveLength(2);
    page.online();
    await idle();
    expect(b.server.reads).toHaveLength(3);
  });

  it("scenario 72: a page that is shown for the first time was not restored", async () => {
    const b = bench();
    await loaded(b);
    page.restore(false);
    await idle();
    expect(b.server.reads).toHaveLength(1);
    page.restore();
    await idle();
    expect(b.server.reads).toHaveLength(2);
  });

  it("scenario 61: a device that says it is offline does not keep the first try back", async () => {
    page.offline();
    const { mizan, server } = bench();
    observe(mizan.registerContext(userContext, params));
    await idle();
    expect(server.reads).toHaveLength(1);
  });

  it("scenario 62: focus, visible and online in one burst: one read for each stale observed entry, none for others", async () => {
    const b = bench({ staleTime: 1000 });
    await loaded(b, {}, 7);
    await pass(2000);
    const unobserved = await loaded(b, {}, 8);
    unobserved.trace.stop();
    await loaded(b, {}, 9);
    page.hide();
    page.focus();
    expect(b.server.open).toHaveLength(0);
    page.show();
    page.focus();
    page.online();
    page.focus();
    await idle();
    page.focus();
    await idle();
    expect(b.server.open.map(({ path }) => path)).toEqual(["ctx/user/?user_id=7"]);
  });

  it("scenario 62: a page that is left reads nothing, when it is seen again it does", async () => {
    const b = bench({ staleTime: 1000 });
    await loaded(b);
    await pass(2000);
    page.hide();
    await idle();
    expect(b.server.reads).toHaveLength(1);
    page.show();
    await idle();
    expect(b.server.reads).toHaveLength(2);
  });

  it("scenario 63: polling pauses while hidden, and does not catch up", async () => {
    const b = bench({ staleTime: Infinity });
    const { handle } = await loaded(b);
    const stop = pollContext(handle, 1000);
    const tick = async (): Promise<void> => {
      await pass(1000);
      for (const read of b.server.open) await read.bundle(data);
    };
    await tick();
    await tick();
    expect(b.server.reads).toHaveLength(3);
    page.hide();
    for (let second = 0; second < 60; second++) await tick();
    expect(b.server.reads).toHaveLength(3);
    page.show();
    await idle();
    expect(b.server.open.length).toBeLessThanOrEqual(1);
    await tick();
    expect(b.server.reads.length).toBeLessThanOrEqual(5);
    stop();
    const before = b.server.reads.length;
    await tick();
    await tick();
    expect(b.server.reads).toHaveLength(before);
    expect(b.mizan.inspect().observers).toBe(1);
  });

  it("scenario 63: a poll that finds a read under way joins it", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    const stop = pollContext(handle, 100);
    await pass(5000);
    expect(b.server.reads).toHaveLength(2);
    stop();
  });
});
