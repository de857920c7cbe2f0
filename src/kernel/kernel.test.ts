import { describe, expect, it } from "vitest";
import {
  bench,
  data,
  idle,
  line,
  loaded,
  observe,
  renameUser,
  useVirtualTime,
  userContext,
} from "./test/harness.js";

useVirtualTime();

describe("the way of a context", () => {
  it("T1: loads when somebody subscribes, and not before", async () => {
    const { mizan, server } = bench();
    const handle = mizan.registerContext(userContext, { user_id: 7 });
    await idle();
    expect(server.requests).toHaveLength(0);
    expect(line(handle.getState())).toBe("loading fetching");
    const trace = observe(handle);
    expect(server.requests).toHaveLength(0);
    await idle();
    expect(server.one.url).toBe("/api/ctx/user/?user_id=7");
    expect(trace.seen).toHaveLength(0);
    await server.one.bundle(data);
    expect(trace.seen.map(line)).toEqual(["success Alice [1x1]"]);
  });

  it("H14: a merge is seen before the call resolves, without a read", async () => {
    const b = bench();
    const { trace, handle } = await loaded(b);
    let seen: string | undefined;
    const call = renameUser({ user_id: 7, name: "Zoe" }, { mizan: b.mizan }).then((user) => {
      seen = line(handle.getState());
      return user;
    });
    await idle();
    expect(b.server.call(0).headers.get("X-CSRFToken")).toBe("token");
    const user = { id: 7, name: "Zoe" };
    await b.server.call(0).result(user, {
      merge: [{ context: "user", slot: "user_profile", params: { user_id: 7 }, value: user }],
    });
    expect(await call).toEqual(user);
    expect(seen).toBe("success Zoe [1x1]");
    expect(trace.seen.map(line)).toEqual(["success Zoe [1x1]"]);
    expect(b.server.reads).toHaveLength(1);
  });
});
