import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { createKernel, renderHydrationScript, type Dehydrated } from "../../index.js";
import {
  bench,
  contract,
  data,
  DeferredServer,
  idle,
  line,
  loaded,
  mergeProfile,
  observe,
  page,
  pass,
  renameUser,
  start,
  userContext,
  userData,
  useVirtualTime,
  type UserContextData,
} from "../harness.js";

useVirtualTime();

const params = { user_id: 7 };

/** What a server renders: its state after reading user 7. */
async function render(
  answer: (server: DeferredServer) => Promise<void> = (server) => server.one.bundle(data),
): Promise<{ payload: Dehydrated; html: string }> {
  const { mizan, server } = bench({ server: true });
  const read = mizan.fetchContext(userContext, params).catch(() => undefined);
  await idle();
  await answer(server);
  await read;
  const payload = mizan.dehydrate();
  return { payload, html: renderHydrationScript(payload) };
}

/** The element of the script in the page. */
function put(html: string): void {
  page.script = {
    textContent: /<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? "",
  };
}

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

  it("K9: on a server it is what is known now", async () => {
    const { mizan, server } = bench({ server: true });
    const handle = mizan.registerContext(userContext, params);
    expect(line(handle.getServerState())).toBe("loading fetching");
    const load = handle.load();
    await idle();
    await server.one.bundle(data);
    await load;
    expect(line(handle.getServerState())).toBe("success Alice [1x1]");
  });

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

  it("C3 T7 K15 scenario 77: no value gets out of the script, and all come back as they were", async () => {
    const name = "</script><script>alert(1)</script><!-- \u2028\u2029 & ' \" \\ \ud800";
    const profile = JSON.parse(
      `{"id":7,"name":${JSON.stringify(name)},"__proto__":{"admin":true}}`,
    ) as object;
    const { html, payload } = await render((server) =>
      server.one.bundle({ ...data, user_profile: profile }),
    );
    const inner = html.slice(html.indexOf(">") + 1, html.lastIndexOf("<"));
    expect(inner).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(inner)).toEqual(JSON.parse(JSON.stringify(payload)));
    put(html);
    const { mizan } = bench();
    const seen = mizan.registerContext(userContext, params).getState().data as UserContextData;
    expect(seen.user_profile?.name).toBe(name);
    expect(JSON.stringify(seen.user_profile)).toBe(JSON.stringify(profile));
    expect(Object.getPrototypeOf(seen.user_profile)).toBe(Object.prototype);
    expect("admin" in {}).toBe(false);
  });

  it("C3: the script is inert, and its nonce cannot break out", () => {
    const html = renderHydrationScript({ mizan: 1, entries: [] }, { nonce: 'a"b<c' });
    expect(html).toBe(
      '<script type="application/json" id="__MIZAN_SSR_DATA__" nonce="a&quot;b\\u003cc">{"mizan":1,"entries":[]}</script>',
    );
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

  it("what travels: what is known, with its merges and its age, and nothing else", async () => {
    const { mizan, server } = bench({ server: true });
    const read = mizan.fetchContext(userContext, params);
    mizan.registerContext(userContext, { user_id: 8 });
    await idle();
    await server.one.bundle(data, { rev: 2 });
    await read;
    mizan.merge(mergeProfile("Zoe") as never);
    await pass(30_000);
    expect(mizan.dehydrate()).toEqual({
      mizan: 1,
      schema: contract.fingerprint,
      entries: [{ context: "user", params, rev: 2, data: userData("Zoe"), age: 30_000 }],
    });
  });

  it("what travels of an error: status, code, title, fields and data; no stack, no cause", async () => {
    const { payload } = await render((server) =>
      server.one.problem(422, "validation", {
        title: "No",
        errors: [{ path: ["user_id"], code: "x", message: "y" }],
        trace: "secret",
      }),
    );
    expect(JSON.parse(JSON.stringify(payload.entries[0]))).toEqual({
      context: "user",
      params,
      error: {
        status: 422,
        code: "validation",
        title: "No",
        errors: [{ path: ["user_id"], code: "x", message: "y" }],
      },
    });
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

  it("K9: what comes when somebody observes already was not rendered first", async () => {
    const b = bench();
    const trace = observe(b.mizan.registerContext(userContext, params));
    b.mizan.hydrate({ mizan: 1, entries: [{ context: "user", params, data }] });
    await idle();
    expect(line(trace.state)).toBe("success fetching Alice [1x1]");
    const { getServerState } = b.mizan.registerContext(userContext, params);
    expect(line(getServerState())).toBe("loading fetching");
  });

  it("what calls under way show does not travel", async () => {
    const b = bench();
    await loaded(b);
    b.mizan
      .call(
        renameUser,
        { user_id: 7, name: "Zoe" },
        {
          optimistic: { user: { user_profile: (user) => user && { ...user, name: "Zoe" } } },
        },
      )
      .catch(() => undefined);
    expect(b.mizan.dehydrate().entries[0]?.data).toEqual(data);
  });

  it("scenario 81: two requests on one server share nothing; nothing is left after them", async () => {
    const timers = vi.getTimerCount();
    const [a, b] = [bench({ server: true }), bench({ server: true })];
    const results = [a, b].map(({ mizan }) => mizan.fetchContext(userContext, params));
    await idle();
    await b.server.one.bundle(userData("B"));
    await a.server.one.bundle(userData("A"));
    expect(await Promise.all(results)).toEqual([userData("A"), userData("B")]);
    a.mizan.registerContext(userContext, params).subscribe(() => undefined);
    a.mizan.invalidate("user");
    start(a.mizan.call(renameUser, { user_id: 7, name: "x" }));
    expect(a.mizan.dehydrate().entries[0]?.data).toEqual(userData("A"));
    expect(b.mizan.dehydrate().entries[0]?.data).toEqual(userData("B"));
    for (const read of a.server.open) await read.bundle(userData("A"));
    a.mizan.destroy();
    b.mizan.destroy();
    await idle();
    expect(vi.getTimerCount()).toBe(timers);
    expect([page.channels.size, page.listeners]).toEqual([0, 0]);
  });

  it("K16: where there is no document an instance is a server's", () => {
    vi.unstubAllGlobals();
    const mizan = createKernel(contract);
    expect(mizan.isServer).toBe(true);
    mizan.destroy();
  });

  it("takes the payload of the protocol's example page", () => {
    const file = new URL("../../../../docs/protocol/ssr.html", import.meta.url);
    put(readFileSync(file, "utf8"));
    const server = new DeferredServer();
    const mizan = createKernel({ ...contract, fingerprint: undefined }, { fetch: server.fetch });
    const state = mizan.registerContext({ ...userContext, slots: [] }, params).getState();
    expect(state.data).toMatchObject({ user_profile: { name: "</script><b>R&D" } });
    mizan.destroy();
  });
});
