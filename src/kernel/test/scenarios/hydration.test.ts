import { describe, expect, it, vi } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  mergeProfile,
  observe,
  page,
  pass,
  userContext,
  userData,
  useVirtualTime,
} from "../harness.js";
import { put, render } from "../rendered.js";

useVirtualTime();

const params = { user_id: 7 };

describe("hydration, time, server rendering", () => {
  it("C3 H4 scenario 74: a hydrated entry is a success on the first render, and nothing is read", async () => {
    put((await render()).html);
    const b = bench();
    const handle = b.mizan.registerContext(userContext, params);
    expect(line(handle.getState())).toBe("success Alice [1x1]");
    expect(handle.getServerState()).toBe(handle.getState());
    const trace = observe(handle);
    await pass(1000);
    expect(b.server.requests).toHaveLength(0);
    expect(trace.seen).toHaveLength(0);
    expect(handle.load()).toMatchObject({ status: "fulfilled", value: data });
  });

  it("C3: window.__MIZAN_SSR_DATA__ set by hand is read as well", async () => {
    const { payload } = await render();
    vi.stubGlobal("__MIZAN_SSR_DATA__", structuredClone(payload));
    const { mizan } = bench();
    expect(line(mizan.registerContext(userContext, params).getState())).toBe("success Alice [1x1]");
  });

  it("K9 scenario 74: the server's snapshot stays what was rendered when the state moves on", async () => {
    put((await render()).html);
    const { mizan } = bench();
    const handle = mizan.registerContext(userContext, params);
    mizan.merge(mergeProfile("Zoe") as never);
    expect(line(handle.getState())).toBe("success Zoe [1x1]");
    expect(line(handle.getServerState())).toBe("success Alice [1x1]");
    const other = mizan.registerContext(userContext, { user_id: 8 });
    expect(line(other.getServerState())).toBe("loading fetching");
  });

  it.each([-86_400_000, 86_400_000])(
    "R8 scenario 76: the wall clock jumps by %s: neither fresh for ever nor a storm",
    async (jump) => {
      put((await render()).html);
      const b = bench({ staleTime: 60_000 });
      const handle = b.mizan.registerContext(userContext, params);
      vi.setSystemTime(Date.now() + jump);
      const trace = observe(handle);
      page.focus();
      await pass(30_000);
      expect(b.server.requests).toHaveLength(0);
      await pass(31_000);
      page.focus();
      await idle();
      expect(b.server.reads).toHaveLength(1);
      await b.server.one.bundle(data);
      page.focus();
      await pass(30_000);
      expect(b.server.reads).toHaveLength(1);
      expect(line(trace.state)).toBe("success Alice [1x1]");
    },
  );

  it.each([
    ["goes on", 8 * 3_600_000, 1],
    ["stands still", 0, 0],
  ])(
    "R8 scenario 76: the device sleeps for 8 hours while its clock %s: read once at most, then at its time",
    async (_how, slept, reads) => {
      const b = bench({ staleTime: 60_000 });
      const { trace } = await loaded(b);
      const clock = performance.now.bind(performance);
      vi.spyOn(performance, "now").mockImplementation(() => clock() + slept);
      for (let times = 0; times < 5; times++) page.focus();
      await idle();
      expect(b.server.open).toHaveLength(reads);
      for (const read of b.server.open) await read.bundle(data);
      await pass(30_000);
      page.focus();
      await idle();
      expect(b.server.open).toHaveLength(0);
      await pass(31_000);
      page.focus();
      await idle();
      expect(b.server.open).toHaveLength(1);
      await b.server.one.bundle(data);
      expect(line(trace.state)).toBe("success Alice [1x1]");
    },
  );

  it("R8 scenario 76: the age of a payload counts, not the server's time", async () => {
    const { payload } = await render();
    const old = {
      ...payload,
      at: 1,
      entries: payload.entries.map((entry) => ({ ...entry, age: 61_000 })),
    };
    const b = bench();
    b.mizan.hydrate(old);
    const handle = b.mizan.registerContext(userContext, params);
    observe(handle);
    await idle();
    expect(b.server.reads).toHaveLength(1);
    const fresh = bench();
    fresh.mizan.hydrate({ ...payload, at: 1 });
    observe(fresh.mizan.registerContext(userContext, params));
    await idle();
    expect(fresh.server.reads).toHaveLength(0);
  });

  it.each([1, 30_000])(
    "H4 scenario 74: data of %i ms age is one state, from the first frame on; nobody is told twice",
    async (age) => {
      const { payload } = await render();
      const entries = payload.entries.map((entry) => ({ ...entry, age }));
      const b = bench({ hydrate: { ...payload, entries } });
      const handle = b.mizan.registerContext(userContext, params);
      const first = handle.getState();
      const trace = observe(handle);
      await pass(1000);
      expect(handle.getState()).toBe(first);
      expect(handle.getServerState()).toBe(first);
      expect(first.updatedAt).toBe(performance.timeOrigin + performance.now() - 1000 - age);
      expect(trace.seen).toHaveLength(0);
    },
  );

  it("H4 scenario 74: a page that was kept for an hour hydrates as it was rendered, and is read once somebody looks", async () => {
    const { payload } = await render();
    const entries = payload.entries.map((entry) => ({ ...entry, age: 3_600_000 }));
    const b = bench({ hydrate: { ...payload, entries } });
    const handle = b.mizan.registerContext(userContext, params);
    expect(line(handle.getState())).toBe("success Alice [1x1]");
    expect(handle.getServerState()).toBe(handle.getState());
    observe(handle);
    await idle();
    expect(b.server.reads).toHaveLength(1);
    expect(line(handle.getState())).toBe("success stale fetching Alice [1x1]");
  });

  it("K13: takes over only what nobody looks at while something renders, the rest afterwards", async () => {
    const { payload } = await render((server) => server.one.bundle(userData("Server"), { rev: 9 }));
    const b = bench();
    const shown = b.mizan.registerContext(userContext, params);
    const trace = observe(shown);
    await idle();
    await b.server.one.bundle(userData("Client"), { rev: 5 });
    const told = trace.seen.length;
    b.mizan.hydrate(payload, { unseen: true });
    await idle();
    expect(line(shown.getState())).toContain("Client");
    expect(trace.seen).toHaveLength(told);
    b.mizan.hydrate(payload);
    await idle();
    expect(line(shown.getState())).toContain("Server");

    const c = bench();
    c.mizan.hydrate(payload, { unseen: true });
    expect(line(c.mizan.registerContext(userContext, params).getState())).toContain("Server");
  });

  it("K11 scenario 78: an error that was rendered is hydrated as the same error, and tried again once", async () => {
    const { payload, html } = await render((server) =>
      server.one.problem(404, "not_found", { title: "No such user", data: { hint: 1 } }),
    );
    expect(payload.entries[0]).toMatchObject({ error: { code: "not_found", status: 404 } });
    put(html);
    const b = bench();
    const handle = b.mizan.registerContext(userContext, params);
    expect(handle.getState()).toMatchObject({
      status: "error",
      // As the server rendered it, or the first frame differs from the markup.
      isStale: false,
      error: { code: "not_found", status: 404, message: "No such user", data: { hint: 1 } },
    });
    expect(handle.getServerState()).toBe(handle.getState());
    observe(handle);
    observe(handle);
    await idle();
    await b.server.one.problem(404, "not_found");
    await pass(60_000);
    expect(b.server.reads).toHaveLength(1);
  });

  it("scenario 78: so is the error of one slot", async () => {
    const errors = { user_orders: { status: 503, code: "upstream_unavailable", title: "Later" } };
    const { html, payload } = await render((server) =>
      server.one.bundle({ user_profile: data.user_profile }, { errors }),
    );
    expect(payload.entries[0]?.error).toBeUndefined();
    put(html);
    const b = bench();
    const handle = b.mizan.registerContext(userContext, params);
    expect(handle.getState()).toMatchObject({
      status: "error",
      data: { user_profile: data.user_profile },
      slotErrors: { user_orders: { code: "upstream_unavailable", message: "Later" } },
    });
    observe(handle);
    await idle();
    await b.server.one.bundle({ user_profile: data.user_profile }, { errors });
    await pass(60_000);
    expect(b.server.reads).toHaveLength(1);
  });

  it("scenario 79: the payload is used once: a second instance finds nothing", async () => {
    put((await render()).html);
    const first = bench();
    first.mizan.registerContext(userContext, params);
    first.mizan.destroy();
    const second = bench();
    expect(line(second.mizan.registerContext(userContext, params).getState())).toBe(
      "loading fetching",
    );
  });

  it.each([
    ["broken JSON", '{"mizan":1,"entries":['],
    ["another version", '{"mizan":2,"entries":[]}'],
    ["no entries", '{"mizan":1}'],
    [
      "another contract",
      '{"mizan":1,"schema":"sha256-other","entries":[{"context":"user","params":{"user_id":7},"data":{}}]}',
    ],
    ["null", "null"],
    ["an unknown context", '{"mizan":1,"entries":[{"context":"nobody","params":{},"data":{}}]}'],
    [
      "things that are no entries",
      '{"mizan":1,"entries":[null,7,{"context":"user"},{"context":"user","params":{"user_id":{}},"data":{}},{"context":7,"params":{}}]}',
    ],
  ])("scenario 80: %s is ignored, and the client loads", async (_what, text) => {
    page.script = { textContent: text };
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, params));
    expect(line(trace.state)).toBe("loading fetching");
    await idle();
    await b.server.one.bundle(data);
    expect(line(trace.state)).toBe("success Alice [1x1]");
  });

  it("K9: what comes when somebody observes already was not rendered first", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, params));
    b.mizan.hydrate({ mizan: 1, entries: [{ context: "user", params, data }] });
    await idle();
    expect(line(trace.state)).toBe("success fetching Alice [1x1]");
    const { getServerState } = b.mizan.registerContext(userContext, params);
    expect(line(getServerState())).toBe("loading fetching");
  });
});
