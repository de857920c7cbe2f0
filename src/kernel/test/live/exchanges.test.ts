import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKernel, fetchView, mutation, type Mizan, type MizanError } from "../../index.js";
import type { ContextDescriptor } from "../../descriptor.js";
import { contract } from "../bookshop.js";
import { HttpServer } from "./http-server.js";

interface Example {
  readonly name: string;
  readonly request: { readonly method: string; readonly url: string; readonly body?: unknown };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
}

const file = new URL("../../../../docs/protocol/wire.json", import.meta.url);
// The token of the example is cut short by an ellipsis, which no header can carry.
const examples = JSON.parse(readFileSync(file, "utf8").replaceAll("mE9…", "mE9")) as Example[];
const example = (name: string): Example => {
  const found = examples.find((each) => each.name === name);
  if (!found) throw new Error(`no exchange ${name}`);
  return found;
};

const user: ContextDescriptor<"user", { user_id: number }, { user_profile: { name: string } }> = {
  kind: "context",
  contract,
  name: "user",
  path: "ctx/user/",
  params: { user_id: "number" },
  slots: ["user_profile", "user_addresses"],
};
const call = (url: string) =>
  mutation<string, unknown, { name?: string } | null, never, object>({
    contract,
    name: url.replace("/call/", ""),
    path: url.slice(1),
  });

let server: HttpServer;
let mizan: Mizan;
let replies: Example["response"][];

beforeEach(async () => {
  server = new HttpServer();
  const baseUrl = (await server.listen()).replace("api/", "");
  server.handler = ({ path, response }) => {
    const reply = path === "/session/" ? example("session").response : replies.shift();
    if (!reply) throw new Error(`unexpected request ${path}`);
    const headers = Object.entries({ "Content-Type": "application/json", ...reply.headers });
    response.writeHead(reply.status, headers.flat());
    response.end(
      typeof reply.body === "string"
        ? reply.body
        : reply.body === undefined
          ? ""
          : JSON.stringify(reply.body),
    );
  };
  mizan = createKernel({ ...contract, fingerprint: undefined }, { baseUrl });
});
afterEach(async () => {
  mizan.destroy();
  await server.close();
});

/** Reads user 7 with this exchange of the protocol. */
const read = (...names: string[]): Promise<{ user_profile: { name: string } }> => {
  replies = names.map((name) => example(name).response);
  return mizan.fetchContext(user, { user_id: 7 });
};
const run = (name: string, ...before: string[]): Promise<unknown> => {
  const { request, response } = example(name);
  replies = [...before.map((each) => example(each).response), response];
  return mizan.call(call(request.url), request.body);
};
const state = () => mizan.registerContext(user, { user_id: 7 }).getState();

describe("the exchanges of the protocol", () => {
  it("session, bundle and mutation-merge", async () => {
    expect((await read("bundle")).user_profile.name).toBe("Rūmī");
    expect(await run("mutation-merge")).toMatchObject({ name: "Rumi" });
    expect(state()).toMatchObject({ data: { user_profile: { name: "Rumi" } }, isStale: false });
    expect(server.exchanges.at(-1)?.headers["x-csrftoken"]).toBe("mE9");
  });

  it("not-modified", async () => {
    const first = await read("bundle");
    mizan.invalidate(user);
    expect(await read("not-modified")).toBe(first);
    expect(server.exchanges.at(-1)?.headers["if-none-match"]).toBe('W/"41-3f9a"');
  });

  it("partial-failure", async () => {
    await expect(read("partial-failure")).rejects.toMatchObject({ code: "upstream_unavailable" });
    expect(state()).toMatchObject({
      status: "error",
      data: { user_profile: { name: "Rūmī" } },
      slotErrors: { user_addresses: { status: 503, message: "Address service unavailable" } },
    });
  });

  it("mutation-merge-downgraded", async () => {
    await read("bundle");
    await run("mutation-merge-downgraded");
    expect(state()).toMatchObject({ data: { user_profile: { name: "Rūmī" } }, isStale: true });
  });

  it.each([
    [
      "validation",
      {
        code: "validation",
        status: 422,
        fields: [{ path: ["form", "name"] }, { path: ["form", "email"] }, { path: [] }],
      },
    ],
    ["domain-error", { code: "out_of_stock", status: 409, data: { left: 2 } }],
    ["unknown-function", { code: "unknown_function", status: 404 }],
    [
      "lenient-fastapi-422",
      { code: "validation", fields: [{ path: ["user_id"], code: "missing" }] },
    ],
  ])("%s", async (name, expected) => {
    await expect(run(name)).rejects.toMatchObject(expected);
  });

  it("csrf, then success", async () => {
    expect(await run("mutation-merge", "csrf")).toMatchObject({ name: "Rumi" });
    expect(server.paths.filter((path) => path === "GET /session/")).toHaveLength(2);
  });

  it("session-change", async () => {
    await read("bundle");
    const changed = {
      ...call("/call/logout"),
      kind: "mutation",
      name: "logout",
      session: "change",
    } as const;
    replies = [example("session-change").response];
    await mizan.call(changed, null);
    expect(mizan.inspect().entries).toEqual([]);
  });

  it("lenient-bare-bundle", async () => {
    expect((await read("lenient-bare-bundle")).user_profile.name).toBe("Rūmī");
    expect(mizan.inspect().entries[0]?.rev).toBeUndefined();
  });

  it("view", async () => {
    const order = {
      ...user,
      name: "order",
      path: "ctx/order/",
      params: { order_id: "number" },
      slots: [],
    } as const;
    replies = [
      { status: 200, headers: {}, body: { mizan: 1, data: {} } },
      example("view").response,
    ];
    await mizan.fetchContext(order, { order_id: 5 } as never);
    await fetchView(
      { kind: "view", contract, name: "pay", method: "POST", path: "/orders/5/pay/", params: {} },
      {},
      { mizan, body: "x" },
    );
    expect(mizan.inspect().entries[0]?.state.isStale).toBe(true);
  });

  it("errors are of one class", async () => {
    const error = (await run("domain-error").catch((caught: unknown) => caught)) as MizanError;
    expect(error).toMatchObject({ name: "MizanError", source: "place_order" });
  });
});
