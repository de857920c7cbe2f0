import { describe, expect, it } from "vitest";
import { csrfToken, isCsrfToken } from "./csrf-token.js";
import { memorySessions } from "./memory-sessions.js";

interface User {
  readonly id: number;
}

const users = new Map([[7, { id: 7 }]]);
const create = (more: object = {}) =>
  memorySessions<User, number>({
    secret: "a secret of the test",
    idOf: ({ id }) => id,
    load: (id) => users.get(id) ?? null,
    ...more,
  });

const asking = (cookies: readonly string[]): Request =>
  new Request("http://shop.test/", {
    headers: { Cookie: cookies.map((line) => line.split(";")[0] ?? "").join("; ") },
  });

describe("sessions of one process", () => {
  it("a visitor has none until it is needed; given one, it is the same nobody", async () => {
    const sessions = create();
    const visitor = await sessions.open(asking([]));
    expect(visitor).toMatchObject({ user: null, id: null, scheme: "none", viewer: "-" });
    const started = await visitor.start();
    expect(started.epoch).toBe(visitor.epoch);
    expect(started.viewer).toMatch(/^s:[0-9a-f]{16}$/);
    const again = await sessions.open(asking(started.cookies));
    expect(again).toMatchObject({ id: started.id, cookies: [], scheme: "cookie" });
    expect((await again.start()).id).toBe(started.id);
  });

  it("signing in begins another session, whose epoch is another (session fixation)", async () => {
    const sessions = create();
    const visitor = await (await sessions.open(asking([]))).start();
    const signedIn = await visitor.signIn({ id: 7 });
    expect(signedIn.id).not.toBe(visitor.id);
    expect(signedIn.epoch).not.toBe(visitor.epoch);
    expect(signedIn.viewer).toBe("u:7");
    expect((await sessions.open(asking(visitor.cookies))).id).toBeNull();
    expect(await sessions.open(asking(signedIn.cookies))).toMatchObject({ user: { id: 7 } });
  });

  it("signing out ends it on the server, not only in the browser", async () => {
    const sessions = create();
    const signedIn = await (await sessions.open(asking([]))).signIn({ id: 7 });
    const open = await sessions.open(asking(signedIn.cookies));
    const out = await open.signOut();
    expect(out).toMatchObject({ user: null, id: null });
    expect(out.cookies[0]).toMatch(/Max-Age=0/);
    expect(await sessions.open(asking(signedIn.cookies))).toMatchObject({ user: null, id: null });
  });

  it("a cookie that was not signed here opens nothing", async () => {
    const sessions = create();
    const { cookies, id } = await (await sessions.open(asking([]))).signIn({ id: 7 });
    const forged = create({ secret: "another secret here" });
    const other = await (await forged.open(asking([]))).signIn({ id: 7 });
    for (const cookie of [...other.cookies, `sessionid=${id}.x`, `sessionid=${id}`, "sessionid="]) {
      expect(await sessions.open(asking([cookie]))).toMatchObject({ user: null, id: null });
    }
    // Two of one name: a sibling domain may have set one of them.
    expect(await sessions.open(asking([...cookies, ...cookies]))).toMatchObject({ id: null });
  });

  it("a user who is gone is signed in no more", async () => {
    const sessions = create({ load: () => null });
    const { cookies } = await (await sessions.open(asking([]))).signIn({ id: 7 });
    expect(await sessions.open(asking(cookies))).toMatchObject({ user: null });
  });

  it("the cookie is out of reach of scripts, other sites and plain HTTP", async () => {
    const { cookies } = await (await create().open(asking([]))).start();
    expect(cookies[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  });

  it("there are only so many; the oldest end", async () => {
    const sessions = create({ capacity: 1 });
    const first = await (await sessions.open(asking([]))).start();
    const second = await (await sessions.open(asking([]))).start();
    expect((await sessions.open(asking(first.cookies))).id).toBeNull();
    expect((await sessions.open(asking(second.cookies))).id).toBe(second.id);
  });
});

it("a CSRF token is worth something with its session and its secret only, and never the same twice", async () => {
  const token = await csrfToken("secret", "session");
  expect(await csrfToken("secret", "session")).not.toBe(token);
  expect(await isCsrfToken("secret", "session", token)).toBe(true);
  for (const [secret, session, given] of [
    ["secret", "other", token],
    ["other", "session", token],
    ["secret", "session", `${token}x`],
    ["secret", "session", ""],
  ] as const) {
    expect(await isCsrfToken(secret, session, given)).toBe(false);
  }
});
