import { describe, expect, it } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  logout,
  mergeProfile,
  observe,
  renameUser,
  start,
  userContext,
  userData,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

const params = { user_id: 7 };
const under = (epoch: string): object => ({ headers: { "X-Mizan-Epoch": epoch } });

// Rule R9 (C7 of the protocol): what belongs to one identity is never seen under the next. Calls and answers are scenario 43.
describe("identity", () => {
  it("R9: after a sign-out the first answer names the new identity; nothing is dropped twice", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data, {}, under("e1"));
    b.mizan.reset();
    await idle();
    await b.server.one.bundle(userData("Bob"), {}, under("e2"));
    expect(line(trace.state)).toBe("success Bob [1x1]");
    expect(b.server.open).toHaveLength(0);
    expect(b.server.reads).toHaveLength(3);
  });

  it("R9: hydrated state that waits for its context does not outlive the identity", () => {
    const b = bench();
    b.mizan.hydrate({ mizan: 1, entries: [{ context: "user", params, data }] });
    b.mizan.reset();
    expect(line(b.mizan.registerContext(userContext, params).getState())).toBe("loading fetching");
  });

  it("R9: an optimistic layer of the former identity does not show in the data of the next", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const change = { user_profile: () => ({ id: 7, name: "Zoe" }) };
    start(b.mizan.call(renameUser, { ...params, name: "Zoe" }, { optimistic: { user: change } }));
    await idle();
    expect(line(trace.state)).toBe("success Zoe [1x1]");
    b.mizan.reset();
    await idle();
    await b.server.reads.at(-1)?.bundle(userData("Bob"));
    expect(line(trace.state)).toBe("success Bob [1x1]");
    expect(b.mizan.inspect().layers).toBe(0);
    await b.server.call(0).result(null);
    expect(line(trace.state)).toBe("success Bob [1x1]");
  });

  it("R9: a call that waited for its session while the identity changed is of the identity that it was sent under", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    const { session } = b.server;
    b.server.session = undefined;
    const call = b.mizan.call(renameUser, { ...params, name: "Zoe" });
    await idle();
    b.mizan.reset();
    await idle();
    await b.server.reads.at(-1)?.bundle(userData("Bob"));
    session?.(b.server.sessions[0] as never);
    await idle();
    await b.server.call(0).result("ok", { merge: [mergeProfile("Zoe")] });
    expect(await call).toBe("ok");
    expect(line(trace.state)).toBe("success Zoe [1x1]");
  });

  it("R9: a sign-out that fails changes nothing", async () => {
    const b = bench();
    const { trace } = await loaded(b);
    start(b.mizan.call(logout));
    await idle();
    await b.server.call(0).problem(403, "forbidden");
    expect(line(trace.state)).toBe("success Alice [1x1]");
    expect(trace.seen).toHaveLength(0);
    expect(b.server.reads).toHaveLength(1);
  });

  it("C7: a session that is of another identity drops what was read under the former one", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch();
    await idle();
    await b.server.one.bundle(data, {}, under("e1"));
    b.server.session = (request) =>
      void request.json({ mizan: 1, csrf: { token: "token" }, epoch: "e2" });
    start(b.mizan.call(renameUser, { ...params, name: "Zoe" }));
    await idle();
    expect(line(trace.state)).toBe("loading fetching");
    expect(b.mizan.dehydrate().epoch).toBe("e2");
  });

  it("R9: reset reads what is observed anew, drops what is only held, and keeps what is public", async () => {
    const b = bench();
    await loaded(b, {}, 7);
    const held = await loaded(b, {}, 8);
    held.trace.stop();
    b.mizan.reset();
    await idle();
    expect(b.server.open.map(({ path }) => path)).toEqual(["ctx/user/?user_id=7"]);
    expect(b.mizan.inspect().entries.map(({ key }) => key)).toEqual(["user?user_id=7"]);
    const again = observe(held.handle);
    expect(line(again.state)).toBe("loading fetching");
  });
});
