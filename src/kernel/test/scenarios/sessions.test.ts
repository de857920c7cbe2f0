import { describe, expect, it, vi } from "vitest";
import { bench, contract, idle, pass, renameUser, start, useVirtualTime } from "../harness.js";

useVirtualTime();

const zoe = { user_id: 7, name: "Zoe" };

describe("sessions", () => {
  it("C2 scenario 38: a refused token: one session for all, each call replayed once", async () => {
    const b = bench();
    let count = 0;
    b.server.session = (request) => {
      void request.json({ mizan: 1, csrf: { header: "X-CSRFToken", token: `token${++count}` } });
    };
    const calls = [1, 2, 3].map(() => b.mizan.call(renameUser, zoe));
    await idle();
    expect(b.server.sessions).toHaveLength(1);
    for (const call of b.server.calls) void call.problem(403, "csrf_failed");
    await idle();
    expect(b.server.sessions).toHaveLength(2);
    expect(b.server.calls.map(({ headers }) => headers.get("X-CSRFToken"))).toEqual([
      ...Array<string>(3).fill("token1"),
      ...Array<string>(3).fill("token2"),
    ]);
    for (const call of b.server.calls.slice(3)) void call.result("ok");
    expect(await Promise.all(calls)).toEqual(["ok", "ok", "ok"]);
  });

  it("scenario 38: a token that is refused again is the caller's error", async () => {
    const b = bench();
    const call = b.mizan.call(renameUser, zoe);
    const failed = expect(call).rejects.toMatchObject({ code: "csrf_failed" });
    await idle();
    await b.server.call(0).problem(403, "csrf_failed");
    await b.server.call(1).problem(403, "csrf_failed");
    await failed;
    await pass(60_000);
    expect([b.server.calls.length, b.server.sessions.length]).toEqual([2, 2]);
  });

  it("C2 gaps scenario 38: the session is tried three times, the failure is reported, the next call starts anew", async () => {
    const b = bench();
    b.server.session = (request) => void request.break();
    const call = b.mizan.call(renameUser, zoe);
    const failed = expect(call).rejects.toMatchObject({
      code: "session_failed",
      outcomeUnknown: false,
    });
    await pass(60_000);
    await failed;
    expect([b.server.sessions.length, b.server.calls.length]).toEqual([3, 0]);
    b.server.session = (request) => void request.json({ csrf: { header: "X-T", token: "t" } });
    const next = b.mizan.call(renameUser, zoe);
    await idle();
    expect(b.server.call(0).headers.get("X-T")).toBe("t");
    await b.server.call(0).result("ok");
    expect(await next).toBe("ok");
  });

  it("C2: a session that is refused outright is not tried again", async () => {
    const b = bench();
    b.server.session = (request) => void request.problem(403, "forbidden");
    await expect(Promise.all([b.mizan.call(renameUser, zoe), pass(60_000)])).rejects.toMatchObject({
      code: "session_failed",
      cause: { code: "forbidden" },
    });
    expect(b.server.sessions).toHaveLength(1);
  });

  it("M13: no session for requests that a token authenticates", async () => {
    const headers = vi.fn(() => Promise.resolve({ authorization: "Bearer x" }));
    const b = bench({ headers });
    start(b.mizan.call(renameUser, zoe));
    await idle();
    expect(b.server.sessions).toHaveLength(0);
    expect(b.server.call(0).headers.get("Authorization")).toBe("Bearer x");
    expect(headers).toHaveBeenCalledTimes(1);
  });

  it.each([
    [false, "session/", 0],
    [undefined, "session/", 1],
    [undefined, null, 0],
    [true, null, 1],
  ])(
    "M20: configure({ session: %s }) where the document says %s: %s sessions",
    async (session, path, count) => {
      const { createKernel } = await import("../../index.js");
      const b = bench();
      const mizan = createKernel(
        { ...contract, session: path },
        { session, fetch: b.server.fetch },
      );
      start(mizan.call(renameUser, zoe));
      await idle();
      expect(b.server.sessions).toHaveLength(count);
      expect(b.server.calls).toHaveLength(1);
      mizan.destroy();
    },
  );

  it("M20: a function that needs no token starts no session", async () => {
    const b = bench();
    start(
      b.mizan.call(
        { ...renameUser, kind: "mutation", name: "open", path: "call/open", csrf: false },
        zoe,
      ),
    );
    await idle();
    expect([b.server.sessions.length, b.server.calls.length]).toEqual([0, 1]);
    expect(b.server.call(0).headers.has("X-CSRFToken")).toBe(false);
  });
});
