import { expect, it } from "vitest";
import { json } from "./http-server.js";
import { envelope, type Wire } from "./wire-cases.js";

/** Calls, sessions, files, versions. */
export function describeCalls(wire: Wire): void {
  it("T9: a slow answer ends the call: one POST, of unknown outcome", async () => {
    wire.answer(() => undefined);
    const { failure, sent } = await wire.run("callOutOfTime");
    expect(failure).toMatchObject({ code: "timeout", outcomeUnknown: true });
    expect(sent).toEqual(["GET session/", "POST call/rename_user"]);
  });

  it("T9 H3: a call whose connection breaks is not sent again, and its outcome is unknown", async () => {
    wire.answer(({ response }) => void response.socket?.destroy());
    const { failure, sent } = await wire.run("callFails");
    expect(failure).toMatchObject({ code: "network", outcomeUnknown: true });
    expect(sent).toEqual(["GET session/", "POST call/rename_user"]);
  });

  it("C2: many calls at once share one session; a refused token is renewed once for all", async () => {
    let tokens = 0;
    wire.server.handler = ({ path, headers, response }) => {
      if (path === "/api/session/")
        json(response, { csrf: { header: "X-CSRFToken", token: `t${++tokens}` } });
      else if (headers["x-csrftoken"] === "t2") json(response, { result: "ok" });
      else json(response, { status: 403, code: "csrf_failed" }, {}, 403);
    };
    expect(await wire.run("callTenTimes")).toEqual(Array(10).fill("ok"));
    expect(tokens).toBe(2);
    expect(wire.server.paths.filter((path) => path.startsWith("POST"))).toHaveLength(20);
  });

  it("C2 gaps: the session fails three times: the caller is told, and the next call works", async () => {
    let failures = 0;
    wire.server.handler = ({ path, response }) => {
      if (path !== "/api/session/") json(response, { result: "ok" });
      else if (++failures <= 3) json(response, { code: "unavailable" }, {}, 503);
      else json(response, { csrf: { header: "X-CSRFToken", token: "t" } });
    };
    expect(await wire.run("callTwice")).toEqual([
      expect.objectContaining({ code: "session_failed", outcomeUnknown: false }),
      "ok",
    ]);
    expect(failures).toBe(4);
  });

  it("an idempotent call survives a connection that breaks after it was carried out", async () => {
    const seen = new Set<unknown>();
    let orders = 0;
    wire.answer(({ headers, response }) => {
      const key = headers["idempotency-key"];
      if (!seen.has(key)) {
        seen.add(key);
        orders++;
        response.socket?.destroy();
      } else json(response, { result: { id: orders, qty: 1 } }, { "X-Mizan-Replay": "1" });
    });
    expect(await wire.run("callIdempotent")).toEqual({ id: 1, qty: 1 });
    expect(orders).toBe(1);
  });

  it("multipart: one part with the input, one for each file", async () => {
    let form: FormData | undefined;
    wire.answer(async ({ headers, body, response }) => {
      form = await new Response(new Uint8Array(body), {
        headers: { "Content-Type": String(headers["content-type"]) },
      }).formData();
      json(response, { result: "ok" });
    });
    expect(await wire.run("callMultipart")).toBe("ok");
    expect([...(form?.keys() ?? [])]).toEqual(["payload", "image", "pages.0", "pages.2"]);
    expect(JSON.parse(form?.get("payload") as string)).toEqual({
      user_id: 7,
      image: null,
      pages: [null, null, null],
      meta: { title: "Ä" },
    });
    const image = form?.get("image") as File;
    expect([image.type, await image.text()]).toEqual(["image/png", "png"]);
    expect(wire.server.exchanges.at(-1)?.headers["x-csrftoken"]).toBe("t");
  });

  it("a call without input sends null; no answer body is null", async () => {
    wire.answer(({ response }) => void response.writeHead(204).end());
    expect(await wire.run("callWithoutInput")).toBeNull();
    expect(wire.server.exchanges.at(-1)?.body.toString()).toBe("null");
  });

  it("skew: another fingerprint is told once, and an unknown function says so", async () => {
    wire.answer(({ path, response }) => {
      const schema = { "X-Mizan-Schema": "sha256-newer" };
      if (path.includes("ctx")) json(response, envelope, schema);
      else json(response, { status: 404, code: "unknown_function" }, schema, 404);
    });
    const { failure, skews } = await wire.run("skew");
    expect(failure).toMatchObject({ code: "unknown_function", skew: true });
    expect(skews).toBe(1);
  });
}
