import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { createKernel, renderHydrationScript } from "../../index.js";
import {
  bench,
  contract,
  data,
  DeferredServer,
  idle,
  line,
  loaded,
  mergeProfile,
  page,
  pass,
  renameUser,
  start,
  userContext,
  userData,
  useVirtualTime,
  type UserContextData,
} from "../harness.js";
import { put, render } from "../rendered.js";

useVirtualTime();

const params = { user_id: 7 };

describe("server rendering", () => {
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

  it("scenario 81: an instance of a server has no timer, also before it is destroyed", async () => {
    const { mizan, server } = bench({ server: true });
    const read = mizan.fetchContext(userContext, params);
    await idle();
    await server.one.bundle(data);
    await read;
    expect(vi.getTimerCount()).toBe(0);
    expect(mizan.inspect().timers).toBe(0);
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
