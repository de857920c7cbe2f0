import { describe, expect, it } from "vitest";
import { openAsRumi, openBookshop } from "../../test/bookshop.js";
import { createBrowser, origin, type Browser } from "../../test/browser.js";
import { expectProblem } from "../../test/expect-problem.js";
import { createRegistry, userType } from "../registry/registry.js";
import { memorySessions } from "../session/memory-sessions.js";
import { createHandler } from "./create-handler.js";
import type { HandlerOptions } from "./server-options.js";

type Fields = Record<string, string | null>;

const rename = (browser: Browser, headers: Fields) =>
  browser.post("/call/rename_user", { user_id: 7, name: "x" }, headers);

describe("who may call: the checks of protocol 3.7, in their order", () => {
  it.each<[string, Fields]>([
    ["a page of the same origin", {}],
    [
      "a browser that says where it comes from by Origin only",
      { "Sec-Fetch-Site": null, Origin: origin },
    ],
    ["an old browser that says nothing: the token decides", { "Sec-Fetch-Site": null }],
  ])("%s may", async (_what, headers) => {
    expect((await rename(await openAsRumi(), headers)).status).toBe(200);
  });

  it.each<[string, Fields, number, string]>([
    ["text/plain, which needs no preflight", { "Content-Type": "text/plain" }, 415, "content_type"],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }, 415, "content_type"],
    [
      "multipart that is not declared",
      { "Content-Type": "multipart/form-data; boundary=x" },
      415,
      "content_type",
    ],
    [
      "JSON in another charset",
      { "Content-Type": "application/json; charset=utf-7" },
      415,
      "content_type",
    ],
    ["no content type", { "Content-Type": "" }, 415, "content_type"],
    ["no protocol version", { "X-Mizan-Protocol": null }, 400, "protocol_unsupported"],
    ["another protocol version", { "X-Mizan-Protocol": "2" }, 400, "protocol_unsupported"],
    ["another site", { "Sec-Fetch-Site": "cross-site" }, 403, "csrf_failed"],
    ["a sibling domain", { "Sec-Fetch-Site": "same-site" }, 403, "csrf_failed"],
    ["an address typed by hand", { "Sec-Fetch-Site": "none" }, 403, "csrf_failed"],
    [
      "a forged origin",
      { "Sec-Fetch-Site": null, Origin: "https://evil.example" },
      403,
      "csrf_failed",
    ],
    ["the origin null", { "Sec-Fetch-Site": null, Origin: "null" }, 403, "csrf_failed"],
    ["no token", { "X-CSRFToken": null }, 403, "csrf_failed"],
    ["an invented token", { "X-CSRFToken": "a.b" }, 403, "csrf_failed"],
    // The first check that fails is the one that is told.
    [
      "everything wrong",
      { "Content-Type": "text/plain", "X-Mizan-Protocol": null },
      415,
      "content_type",
    ],
    [
      "no version and no token",
      { "X-Mizan-Protocol": null, "X-CSRFToken": null },
      400,
      "protocol_unsupported",
    ],
  ])("%s may not", async (_what, headers, status, code) => {
    const browser = await openAsRumi();
    expectProblem(await rename(browser, headers), status, code);
    const { data } = (await browser.get("/ctx/me/")).body as { data: { current_user: object } };
    expect(data.current_user).toMatchObject({ name: "Rūmī" });
  });

  it("the token of another session, or of the time before the sign-in, is worth nothing", async () => {
    const rumi = openBookshop();
    await rumi.startSession();
    const before = rumi.token();
    await rumi.signIn("rumi@shop.example", "masnavi");
    expectProblem(await rename(rumi, { "X-CSRFToken": before }), 403, "csrf_failed");
    expect((await rename(rumi, {})).status).toBe(200);
  });

  it("signing in needs the token as well (login CSRF)", async () => {
    const visitor = openBookshop();
    const input = { email: "rumi@shop.example", password: "masnavi" };
    expectProblem(await visitor.post("/call/login", input), 403, "csrf_failed");
  });

  it("reads need none of this", async () => {
    const browser = await openAsRumi();
    const foreign = { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" };
    expect((await browser.get("/ctx/me/", foreign)).status).toBe(200);
    const posted = await browser.post("/ctx/me/", {}, { "X-CSRFToken": null });
    expect(posted.status).toBe(200);
  });
});

describe("options", () => {
  interface Account {
    readonly id: number;
  }

  function serve(options: Partial<HandlerOptions<Account>> = {}, csrf?: boolean) {
    const registry = createRegistry({
      info: { title: "Guard", version: "1" },
      user: userType<Account>(),
      contexts: {},
    });
    registry.mutation("run", { auth: "none", ...(csrf === false && { csrf }) }, () => undefined);
    registry.mutation(
      "admin",
      { auth: { mode: "required", permissions: ["admin"] } },
      () => undefined,
    );
    registry.mutation("enter", { auth: "none", session: "change" }, (_args, { session }) =>
      session.signIn({ id: 1 }),
    );
    const secret = "a secret of the test";
    const sessions = memorySessions<Account, number>({
      secret,
      idOf: ({ id }) => id,
      load: (id) => ({ id }),
    });
    const all = { secret, sessions, authorize: () => true, ...options };
    return createBrowser(createHandler(registry, all));
  }

  it("origins and sibling domains may be let in", async () => {
    const Origin = "https://app.example";
    const browser = serve({ origins: [Origin], sameSite: true });
    await browser.startSession();
    expect((await browser.post("/call/run", {}, { "Sec-Fetch-Site": null, Origin })).status).toBe(
      200,
    );
    const sibling = { "Sec-Fetch-Site": "same-site" };
    expect((await browser.post("/call/run", {}, sibling)).status).toBe(200);
  });

  it("a request that only a bearer token authenticates skips origin and token; one with a cookie does not", async () => {
    const browser = serve();
    const bearer = { Authorization: "Bearer x", "Sec-Fetch-Site": "cross-site" };
    expect((await browser.post("/call/run", {}, bearer)).status).toBe(200);
    await browser.startSession();
    expectProblem(await browser.post("/call/run", {}, bearer), 403, "csrf_failed");
  });

  it("csrf: false leaves origin and token out, and nothing else", async () => {
    const browser = serve({}, false);
    expect((await browser.post("/call/run", {}, { "Sec-Fetch-Site": "cross-site" })).status).toBe(
      200,
    );
    expectProblem(
      await browser.post("/call/run", {}, { "X-Mizan-Protocol": null }),
      400,
      "protocol_unsupported",
    );
  });

  it("permissions are checked by the server, and never left unchecked", async () => {
    for (const [allowed, status] of [
      [true, 200],
      [false, 403],
    ] as const) {
      const browser = serve({ authorize: () => allowed });
      await browser.startSession();
      await browser.post("/call/enter");
      await browser.startSession();
      expect((await browser.post("/call/admin")).status).toBe(status);
    }
    expect(() => serve({ authorize: undefined } as never)).toThrow(/no "authorize"/);
  });

  it("a handler without what it needs is refused at once", () => {
    expect(() => serve({ secret: "short" })).toThrow(/16 characters/);
    expect(() => serve({ sessions: undefined } as never)).toThrow(/memorySessions/);
  });
});
