import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../document/document.js";
import type { Merge } from "../api.js";
import { apiOf, build, findingsOf } from "../test/findings.js";
import { listOf, mutation, nullable, param, query, ref, small } from "../test/small-document.js";

const here = "#/x-mizan-functions/rename";
const integer = { type: "integer" };
const text = { type: "string" };

/** Queries of the context `user`, and the mutation `rename` that merges into it. Not strict: slots and params are found. */
function merging(queries: JsonObject, merge: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return small({
    ...queries,
    rename: mutation({ merge: [{ context: "user", ...merge }], ...more }),
  });
}

async function mergeOf(document: JsonObject): Promise<Merge> {
  const { mutations } = await apiOf(document);
  const [merge] = mutations.find(({ wireName }) => wireName === "rename")?.merges ?? [];
  if (merge === undefined) throw new Error("nothing is merged");
  return merge;
}

describe("H14: the slot of a merge is found by the identity of its type", () => {
  const found: readonly [string, JsonObject, JsonObject, Partial<Merge>][] = [
    ["one object", { a: query(ref("User")) }, {}, { slot: "a", mode: "replace", key: [] }],
    ["a nullable slot", { a: query(nullable(ref("User"))) }, {}, { slot: "a", mode: "replace" }],
    [
      "a nullable output",
      { a: query(ref("User")) },
      { output: nullable(ref("User")) },
      { slot: "a", mode: "replace", onNull: "invalidate" },
    ],
    [
      "a list into a list of the same",
      { a: query(listOf(ref("User"))), b: query(ref("User")) },
      { output: listOf(ref("User")) },
      { slot: "a", mode: "replace" },
    ],
    [
      "an item of a list",
      { a: query(listOf(ref("User"))) },
      {},
      { slot: "a", mode: "update", key: ["id"] },
    ],
    [
      "an item of a nullable list",
      { a: query(nullable(listOf(ref("User")))) },
      {},
      { slot: "a", mode: "update" },
    ],
    [
      "an item of a page",
      { a: query(ref("Page")) },
      {},
      { slot: "a", mode: "update", key: ["id"] },
    ],
    [
      "an item of a declared key",
      { a: query(listOf(ref("Keyless")), { key: ["code"] }) },
      { output: ref("Keyless") },
      { slot: "a", mode: "update", key: ["code"] },
    ],
    [
      "a list before a page",
      { a: query(ref("Page")), b: query(listOf(ref("User"))) },
      { affects: ["user"] },
      { slot: "b", mode: "update" },
    ],
    [
      "a page as a whole",
      { a: query(ref("Page")), b: query(ref("User")) },
      { output: ref("Page") },
      { slot: "a", mode: "replace" },
    ],
    [
      "a slot by its own name",
      { get_a: query(ref("User"), { slot: "a" }) },
      {},
      { slot: "a", mode: "replace" },
    ],
    [
      "OpenAPI 3.0's way to write a nullable reference",
      { a: query({ nullable: true, allOf: [ref("User")], description: "who" }) },
      {},
      { slot: "a", mode: "replace" },
    ],
  ];
  it.each(found)("%s", async (_, queries, more, expected) => {
    expect(await mergeOf(merging(queries, {}, more))).toMatchObject(expected);
  });

  it("follows components that are only another's name, or the other or null", async () => {
    const document = merging({ a: query(ref("Maybe")) }, {}, { output: ref("Alias") });
    const components = document["components"] as JsonObject;
    const schemas = {
      ...(components["schemas"] as JsonObject),
      Alias: ref("User"),
      Maybe: nullable(ref("Alias")),
    };
    expect(await mergeOf({ ...document, components: { schemas } })).toMatchObject({ slot: "a" });
  });

  it("prefers the object to the list, and says that the list is left as it is (W220)", async () => {
    const document = merging({ a: query(ref("User")), b: query(listOf(ref("User"))) });
    expect(await mergeOf(document)).toMatchObject({ slot: "a", mode: "replace" });
    expect(await findingsOf(document)).toEqual([`W220 ${here}/merge/0`]);
  });

  it("is content when the list is merged too, or fetched again", async () => {
    const queries = { a: query(ref("User")), b: query(listOf(ref("User"))) };
    const both = { merge: ["user", { context: "user", slot: "b" }] };
    expect(await findingsOf(merging(queries, {}, both))).toEqual([]);
    expect(await findingsOf(merging(queries, {}, { affects: ["user"] }))).toEqual([]);
    expect(await findingsOf(merging(queries, {}, { affects: ["*"] }))).toEqual([]);
  });

  it("looks at the part of the answer that `value` names", async () => {
    const output = { type: "object", properties: { user: ref("User") }, required: ["user"] };
    const document = merging({ a: query(ref("User")) }, { value: ["user"] }, { output });
    expect(await mergeOf(document)).toMatchObject({ slot: "a", value: ["user"] });
  });

  const modes: readonly [string, JsonObject, JsonObject, JsonObject, Partial<Merge>][] = [
    [
      "a mode of items passes over the object",
      { a: query(ref("User")), b: query(listOf(ref("User"))) },
      { mode: "update" },
      {
        merge: [
          { context: "user", slot: "a" },
          { context: "user", mode: "update" },
        ],
      },
      { slot: "a" },
    ],
    [
      "upsert into a list",
      { b: query(listOf(ref("User"))) },
      { mode: "upsert", at: "start" },
      {},
      { slot: "b", mode: "upsert", at: "start", key: ["id"] },
    ],
    [
      "remove by the answer's key alone",
      { b: query(listOf(ref("User"))) },
      { mode: "remove", slot: "b" },
      { output: { type: "object", properties: { id: integer }, required: ["id"] } },
      { slot: "b", mode: "remove", key: ["id"] },
    ],
    [
      "patch with a part of the slot's type",
      { a: query(ref("User")) },
      { mode: "patch", slot: "a" },
      { output: ref("Part") },
      { slot: "a", mode: "patch", key: [] },
    ],
    [
      "an inline answer of the same structure into a named slot",
      { a: query(ref("Part")) },
      { slot: "a" },
      {
        output: { type: "object", title: "Other", properties: { name: text }, required: ["name"] },
      },
      { slot: "a", mode: "replace" },
    ],
  ];
  it.each(modes)("%s", async (_, queries, merge, more, expected) => {
    expect(await mergeOf(merging(queries, merge, more))).toMatchObject(expected);
  });
});

describe("H14: a merge that cannot be right is refused, with its place", () => {
  const pageOf = { a: query(ref("Page")) };
  const refused: readonly [string, JsonObject, JsonObject, JsonObject, string][] = [
    [
      "two objects",
      { a: query(ref("User")), b: query(nullable(ref("User"))) },
      {},
      {},
      `E201 ${here}/merge/0`,
    ],
    [
      "two lists",
      { a: query(listOf(ref("User"))), b: query(listOf(ref("User"))) },
      {},
      {},
      `E201 ${here}/merge/0`,
    ],
    [
      "two pages",
      { a: query(ref("Page")), b: query(nullable(ref("Page"))) },
      {},
      {},
      `E201 ${here}/merge/0`,
    ],
    ["no slot of the type", { a: query(ref("Part")) }, {}, {}, `E202 ${here}/merge/0`],
    [
      "an object where only a list is",
      { a: query(ref("User")) },
      { mode: "update" },
      {},
      `E202 ${here}/merge/0`,
    ],
    [
      "a list where only a list's items are",
      { a: query(ref("User")) },
      {},
      { output: listOf(ref("User")) },
      `E202 ${here}/merge/0`,
    ],
    [
      "a slot that does not exist",
      { user: query(ref("User")) },
      { slot: "usr" },
      {},
      `E202 ${here}/merge/0/slot`,
    ],
    [
      "an inline output",
      { a: query(ref("User")) },
      {},
      { output: { type: "object", properties: {} } },
      `E203 ${here}/merge/0`,
    ],
    ["a primitive output", { a: query(text) }, {}, { output: text }, `E203 ${here}/merge/0`],
    [
      "a larger union",
      { a: query(ref("User")) },
      {},
      { output: { anyOf: [ref("User"), ref("Part"), { type: "null" }] } },
      `E203 ${here}/merge/0`,
    ],
    ["no output", { a: query(ref("User")) }, {}, { output: null }, `E203 ${here}/merge/0`],
    [
      "items without a key",
      { a: query(listOf(ref("Keyless"))) },
      {},
      { output: ref("Keyless") },
      `E204 ${here}/merge/0`,
    ],
    [
      "a key that the items do not have",
      { a: query(listOf(ref("User")), { key: ["uid"] }) },
      {},
      {},
      "E204 #/x-mizan-functions/a/key/0",
    ],
    [
      "a key of the merge that the items do not have",
      { a: query(listOf(ref("User"))) },
      { key: ["uid"] },
      {},
      `E204 ${here}/merge/0/key/0`,
    ],
    [
      "a named slot of another type",
      { a: query(ref("Part")) },
      { slot: "a" },
      {},
      `E205 ${here}/merge/0/slot`,
    ],
    [
      "replacing a list by an item",
      { a: query(listOf(ref("User"))) },
      { slot: "a", mode: "replace" },
      {},
      `E205 ${here}/merge/0/mode`,
    ],
    [
      "updating an object",
      { a: query(ref("User")) },
      { slot: "a", mode: "update" },
      {},
      `E205 ${here}/merge/0/mode`,
    ],
    [
      "removing from an object",
      { a: query(ref("User")) },
      { slot: "a", mode: "remove" },
      {},
      `E205 ${here}/merge/0/mode`,
    ],
    [
      "removing without a key in the answer",
      { a: query(listOf(ref("User"))) },
      { slot: "a", mode: "remove" },
      { output: ref("Part") },
      `E205 ${here}/merge/0/slot`,
    ],
    [
      "a part that the answer does not have",
      { a: query(ref("User")) },
      { value: ["usr"] },
      {},
      `E205 ${here}/merge/0/value`,
    ],
    [
      "patching a list",
      { a: query(listOf(ref("User"))) },
      { slot: "a", mode: "patch" },
      {},
      `E205 ${here}/merge/0/mode`,
    ],
    [
      "a patch with a member too many",
      { a: query(ref("Part")) },
      { slot: "a", mode: "patch" },
      {},
      `E206 ${here}/merge/0`,
    ],
    ["inserting into a page", pageOf, { mode: "upsert" }, {}, `E207 ${here}/merge/0/mode`],
    [
      "an unknown context",
      { a: query(ref("User")) },
      { context: "usr" },
      {},
      `E200 ${here}/merge/0/context`,
    ],
    [
      "all contexts",
      { a: query(ref("User")) },
      { context: "*" },
      {},
      `E200 ${here}/merge/0/context`,
    ],
  ];
  it.each(refused)("%s", async (_, queries, merge, more, expected) => {
    const findings = await findingsOf(merging(queries, merge, more));
    expect(findings.filter((finding) => !finding.startsWith("W220"))).toEqual([expected]);
  });

  it("names the candidates, with their places, and the fix", async () => {
    const queries = { profile: query(ref("User")), manager: query(nullable(ref("User"))) };
    const { diagnostics } = await build(merging(queries));
    expect(diagnostics).toMatchObject([
      {
        code: "E201",
        message: 'merge into context "user" is ambiguous: 2 slots hold User',
        related: [
          { pointer: "#/x-mizan-functions/profile", message: 'candidate "profile"' },
          { pointer: "#/x-mizan-functions/manager", message: 'candidate "manager"' },
        ],
        help: 'name one: { "context": "user", "slot": "profile" }',
      },
    ]);
  });

  it("shows each member of a patch that is too many, and each of another type", async () => {
    const output = {
      type: "object",
      properties: { name: integer, age: integer, id: { type: "integer", title: "Id" } },
    };
    const merge = { slot: "a", mode: "patch" };
    const { diagnostics } = await build(merging({ a: query(ref("User")) }, merge, { output }));
    expect(diagnostics).toMatchObject([
      {
        code: "E206",
        related: [
          {
            pointer: `${here}/output/properties/name`,
            message: '"name" has another schema in the slot',
          },
          { pointer: `${here}/output/properties/age`, message: 'the slot has no "age"' },
        ],
      },
    ]);
  });

  it("suggests the context and the slot that were meant", async () => {
    const queries = { user_profile: query(ref("User")) };
    const context = await build(merging(queries, { context: "usr" }));
    expect(context.diagnostics[0]?.message).toContain('(did you mean "user"?)');
    const slot = await build(merging(queries, { slot: "user_profil" }));
    expect(slot.diagnostics[0]?.message).toContain('(did you mean "user_profile"?)');
  });
});

describe("diagnostics of many functions", () => {
  const many = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [
      `list_${String(index)}`,
      query(listOf(ref("User"))),
    ]),
  );

  it("list a few candidates, however many there are", async () => {
    const { diagnostics } = await build(merging(many));
    expect(diagnostics[0]?.code).toBe("E201");
    expect(diagnostics[0]?.related).toHaveLength(10);
    expect(diagnostics[0]?.message).toContain("200 slots");
  });

  it("list a few of what is left untouched", async () => {
    const { diagnostics } = await build(merging({ a: query(ref("User")), ...many }));
    expect(diagnostics.map(({ code }) => code)).toEqual(["W220"]);
    expect(diagnostics[0]?.message.length).toBeLessThan(300);
  });
});

describe("the params of a merge", () => {
  const paged = query(ref("Page"), {
    params: [
      param("user_id", integer),
      param("cursor", nullable(text), { required: false }),
      param("filter", text, { required: false }),
    ],
    pagination: { style: "cursor", params: { cursor: "cursor" } },
  });

  it("are those of the slot's own function: others of the context may stay open", async () => {
    const other = query(text, { params: [param("lang", text)] });
    const document = merging({ a: query(ref("User")), b: other });
    expect(await mergeOf(document)).toMatchObject({
      params: [{ param: "user_id", source: { from: "input", path: ["user_id"] } }],
    });
  });

  it("must be bound, where the answer would else be written to entries of others (E210)", async () => {
    const lang = query(ref("User"), {
      params: [param("user_id", integer), param("lang", text, { required: false })],
    });
    expect(await findingsOf(merging({ a: lang }))).toEqual([`E210 ${here}/merge/0`]);
  });

  it("may leave filters and pages open where the item is recognised by its key", async () => {
    expect(await mergeOf(merging({ a: paged }))).toMatchObject({ mode: "update" });
    const perUser = merging({ a: paged }, { params: {} });
    expect(await findingsOf(perUser)).toEqual([`E210 ${here}/merge/0`]);
  });

  it("must be bound for an item that is inserted", async () => {
    const filtered = query(listOf(ref("User")), {
      params: [param("user_id", integer), param("filter", text, { required: false })],
    });
    const document = merging({ a: filtered }, { mode: "upsert", at: "end" });
    expect(await findingsOf(document)).toEqual([`E210 ${here}/merge/0`]);
  });
});

describe("a reference that leads nowhere", () => {
  it.each([
    ["in the slot", { a: query(ref("Nobody")) }, { slot: "a" }, {}, "a"],
    ["in the output", { a: query(ref("User")) }, {}, { output: ref("Nobody") }, "rename"],
  ])("%s is said where it stands, and not once more of the merge", async (...row) => {
    const [, queries, merge, more, name] = row;
    expect(await findingsOf(merging(queries, merge, more))).toEqual([
      `E240 #/x-mizan-functions/${name}/output/$ref`,
    ]);
  });
});
