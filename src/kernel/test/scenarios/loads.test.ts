import { describe, expect, it } from "vitest";
import { dateTimeParam, jsonParam, uuidParam, type ContextDescriptor } from "../../index.js";
import {
  bench,
  catalogContext,
  contract,
  data,
  idle,
  line,
  loaded,
  observe,
  pass,
  renameUser,
  start,
  userContext,
  userData,
  useVirtualTime,
} from "../harness.js";

useVirtualTime();

describe("loads and params", () => {
  it("M6 scenario 1: two observers in one tick share one read and one snapshot", async () => {
    const { mizan, server } = bench();
    const first = observe(mizan.registerContext(userContext, { user_id: 7 }));
    const second = observe(mizan.registerContext(userContext, { user_id: 7 }));
    await idle();
    await server.one.bundle(data);
    expect(server.reads).toHaveLength(1);
    expect(first.state).toBe(second.state);
    expect(first.seen).toEqual(second.seen);
    expect(first.seen).toHaveLength(1);
  });

  it("scenario 2: an observer that comes during a read joins it", async () => {
    const { mizan, server } = bench();
    const handle = mizan.registerContext(userContext, { user_id: 7 });
    observe(handle);
    await idle();
    const late = observe(handle);
    await idle();
    await server.one.bundle(data);
    expect(server.reads).toHaveLength(1);
    expect(line(late.state)).toBe("success Alice [1x1]");
  });

  it("scenario 3: the params change during a load; the former answer comes last and is never seen under the new ones", async () => {
    const { mizan, server } = bench();
    const a = observe(mizan.registerContext(userContext, { user_id: 1 }));
    await idle();
    const b = observe(mizan.registerContext(userContext, { user_id: 2 }));
    a.stop();
    await idle();
    const [readA, readB] = server.open;
    await readB?.bundle(userData("B"));
    await readA?.bundle(userData("A"));
    expect(b.seen.map(line)).toEqual(["success B [1x1]"]);
    const keptA = mizan.registerContext(userContext, { user_id: 1 }).getState();
    expect(line(keptA)).toBe("success A [1x1]");
  });

  it("scenario 4: params A, B, A within a tick: the read of A goes on, B is never sent", async () => {
    const { mizan, server } = bench();
    const first = observe(mizan.registerContext(userContext, { user_id: 1 }));
    await idle();
    first.stop();
    observe(mizan.registerContext(userContext, { user_id: 2 })).stop();
    const again = observe(mizan.registerContext(userContext, { user_id: 1 }));
    await pass(5000);
    expect(server.reads.map(({ path }) => path)).toEqual(["ctx/user/?user_id=1"]);
    expect(server.aborted).toBe(0);
    await server.one.bundle(userData("A"));
    expect(line(again.state)).toBe("success A [1x1]");
  });

  it("H2 scenario 5: params that are changed in place later are still those that were asked for", async () => {
    const { mizan, server } = bench();
    const params = { tags: ["sufi"], filter: { author: "Rumi", born: new Date(0) }, page: 1 };
    observe(mizan.registerContext(catalogContext, params));
    params.tags.push("poetry");
    params.filter.author = "Attar";
    params.page = 2;
    await idle();
    expect(server.reads).toHaveLength(1);
    const asked = {
      tags: ["sufi"],
      filter: { author: "Rumi", born: "1970-01-01T00:00:00.000Z" },
      page: 1,
    };
    expect(mizan.inspect().entries.map((entry) => entry.params)).toEqual([asked]);
  });

  it("H2 scenario 5: so are those without nested values", async () => {
    const { mizan, server } = bench();
    const params = { user_id: 7 };
    observe(mizan.registerContext(userContext, params));
    params.user_id = 8;
    await idle();
    expect(server.reads.map(({ path }) => path)).toEqual(["ctx/user/?user_id=7"]);
    expect(mizan.inspect().entries.map((entry) => entry.params)).toEqual([{ user_id: 7 }]);
  });

  it("H2 scenario 5: a bigint among params travels as its text", async () => {
    const { mizan, server } = bench();
    const byNumber: ContextDescriptor<"n", { n: bigint }, object> = {
      kind: "context",
      contract,
      name: "n",
      path: "ctx/n/",
      params: { n: "number" },
      slots: [],
    };
    observe(mizan.registerContext(byNumber, { n: 9007199254740993n }));
    await idle();
    await server.one.json({ mizan: 1, context: "n", params: {}, data: { a: 1 } });
    expect(JSON.parse(JSON.stringify(mizan.dehydrate().entries))).toMatchObject([
      { context: "n", params: { n: "9007199254740993" }, data: { a: 1 } },
    ]);
  });

  it("H2 scenario 5: params that mean the same are one entry", async () => {
    const { mizan, server } = bench();
    const params = [
      { user_id: 1, page: undefined },
      { page: undefined, user_id: 1 },
      { user_id: 1 },
    ];
    const handles = params.map((each) => mizan.registerContext(userContext, each));
    handles.forEach(observe);
    observe(mizan.registerContext(catalogContext, { tags: ["b", "a"], filter: { author: "x" } }));
    observe(mizan.registerContext(catalogContext, { filter: { author: "x" }, tags: ["b", "a"] }));
    observe(mizan.registerContext(catalogContext, { filter: { author: "x" }, tags: ["a", "b"] }));
    await idle();
    expect(server.reads.map(({ path }) => path)).toEqual([
      "ctx/user/?user_id=1",
      "ctx/catalog/?filter=%7B%22author%22%3A%22x%22%7D&tags=b&tags=a",
      "ctx/catalog/?filter=%7B%22author%22%3A%22x%22%7D&tags=a&tags=b",
    ]);
    expect(new Set(handles.map(({ key }) => key)).size).toBe(1);
  });

  const values: ContextDescriptor<"values", Record<string, unknown>, { value: number }> = {
    kind: "context",
    contract,
    name: "values",
    path: "ctx/values/",
    params: { n: "number", s: "string", at: dateTimeParam, list: jsonParam, id: uuidParam },
    slots: ["value"],
  };

  it.each([
    ["a number and its text", { n: 1 }, { n: "1" }],
    ["a text of digits and the number", { s: "1" }, { s: 1 }],
    ["-0 and 0", { n: -0 }, { n: 0 }],
    ["a bigint and its number", { n: 7n }, { n: 7 }],
    [
      "a Date and its text",
      { at: new Date("2026-01-02T03:04:05Z") },
      { at: "2026-01-02T03:04:05Z" },
    ],
    [
      "two spellings of a uuid",
      { id: "0B8A7F2E-6A53-4C1F-9B1E-2F0C5D1B7A10" },
      { id: "0b8a7f2e-6a53-4c1f-9b1e-2f0c5d1b7a10" },
    ],
    [
      "nested lists and objects in another order",
      { list: [[1, { b: 2, a: [3] }]] },
      { list: [[1, { a: [3], b: 2 }]] },
    ],
    ["unknown params that are undefined", { n: 1, x: undefined }, { n: 1 }],
  ])("H2 scenario 5: %s are one entry", (_what, first, second) => {
    const { mizan } = bench();
    const [one, two] = [first, second].map((params) => mizan.registerContext(values, params));
    expect(one?.key).toBe(two?.key);
    observe(one as never);
    observe(two as never);
    expect(mizan.inspect().entries).toHaveLength(1);
  });

  it.each([
    ["another order of a list", { list: [1, 2] }, { list: [2, 1] }],
    ["1 and 1.5", { n: 1 }, { n: 1.5 }],
    ["an empty text and none", { s: "" }, {}],
    ["another nesting", { list: [[1], 2] }, { list: [1, [2]] }],
  ])("H2 scenario 5: %s are two entries", (_what, first, second) => {
    const { mizan } = bench();
    const [one, two] = [first, second].map((params) => mizan.registerContext(values, params).key);
    expect(one).not.toBe(two);
  });

  it.each([NaN, Infinity, "\ud800"])("scenario 5: %s is refused, with a typed error", (value) => {
    const { mizan } = bench();
    expect(() => mizan.registerContext(values, { n: value })).toThrow(
      expect.objectContaining({ name: "MizanError", code: "invalid_params" }) as Error,
    );
  });

  it("R1 scenario 6: two forced refetches, answers reversed: the later sent wins, two reads", async () => {
    const b = bench();
    const { handle, trace } = await loaded(b);
    void handle.refetch({ force: true });
    await idle();
    const first = b.server.one;
    void handle.refetch({ force: true });
    await idle();
    const second = b.server.read(2);
    await second.bundle(userData("second"));
    await first.bundle(userData("first"));
    expect(line(trace.state)).toBe("success second [1x1]");
    expect(b.server.reads).toHaveLength(3);
  });

  it("scenario 6: unforced refetches join the read under way", async () => {
    const b = bench();
    const { handle } = await loaded(b);
    const all = [handle.refetch(), handle.refetch()];
    await idle();
    all.push(handle.refetch());
    await idle();
    await b.server.one.bundle(userData("second"));
    const states = await Promise.all(all);
    expect(b.server.reads).toHaveLength(2);
    expect(states.map(line)).toEqual(Array(3).fill("success second [1x1]"));
  });

  it("scenario 7: data of the old params is never the data of the new ones", async () => {
    const b = bench();
    await loaded(b);
    const other = observe(b.mizan.registerContext(userContext, { user_id: 8 }));
    await idle();
    expect(line(other.state)).toBe("loading fetching");
    expect(other.seen.every(({ data: seen }) => seen === undefined)).toBe(true);
  });

  it.each([
    ["HTML", "<!doctype html><p>Sign in</p>", "text/html"],
    ["broken JSON", '{"mizan":1,"data":{"user_pro', "application/json"],
    ["a list", "[]", "application/json"],
    ["null", "null", "application/json"],
    ["an object without any slot", '{"detail":"Sign in"}', "application/json"],
    ["an envelope without data", '{"mizan":1}', "application/json"],
    ["an envelope whose data is a list", '{"mizan":1,"data":[]}', "application/json"],
    ["another context", '{"mizan":1,"context":"order","data":{}}', "application/json"],
    ["nothing", "", "text/plain"],
  ])(
    "scenario 8: a load that answers 200 with %s is an error, and not tried for ever",
    async (_what, body, type) => {
      const b = bench();
      const { handle, trace } = await loaded(b);
      const refetch = handle.refetch();
      await idle();
      await b.server.one.text(body, { headers: { "Content-Type": type } });
      await pass(3_600_000);
      expect(b.server.reads).toHaveLength(2);
      const state = await refetch;
      expect(state.error?.code).toBe("bad_response");
      expect(state.error?.message).toContain(`received ${type}`);
      expect(trace.state.data).toEqual(data);
    },
  );

  it.each([
    [undefined, "same-origin"],
    ["include", "include"],
  ] as const)(
    "credentials %s: requests are sent with %s, public ones with none",
    async (credentials, sent) => {
      const b = bench({ credentials });
      observe(b.mizan.registerContext(userContext, { user_id: 7 }));
      observe(b.mizan.registerContext(catalogContext, {}));
      start(b.mizan.call(renameUser, { user_id: 7, name: "Zoe" }));
      await idle();
      expect(b.server.requests.map((each) => [each.path, each.credentials])).toEqual([
        ["session/", sent],
        ["ctx/user/?user_id=7", sent],
        ["ctx/catalog/", "omit"],
        ["call/rename_user", sent],
      ]);
    },
  );
});
