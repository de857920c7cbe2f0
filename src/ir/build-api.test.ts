import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../document/document.js";
import type { Api, Mutation } from "./api.js";
import { inspectApi } from "./inspect.js";
import { isList, isObject } from "./shape/schema-at.js";
import { apiOf, findingsOf } from "./test/findings.js";
import { fixture } from "./test/open-document.js";
import { listOf, mutation, nullable, param, query, ref, small } from "./test/small-document.js";

const integer = { type: "integer" };
const text = { type: "string" };
const read = query(ref("User"));

async function mutationOf(more: JsonObject, schemas: JsonObject = {}): Promise<Mutation> {
  const { mutations } = await apiOf(
    small({ read, f: mutation({ affects: ["user"], ...more }) }, { schemas }),
  );
  const [only] = mutations;
  if (only === undefined) throw new Error("no mutation");
  return only;
}

const object = (properties: JsonObject, required: string[] = []): JsonObject => ({
  ...{ type: "object", properties, required },
});

describe("the input and output of a function (types.md section 4)", () => {
  const inputs: readonly [string, JsonValue, Mutation["argument"]][] = [
    ["null", null, "none"],
    ["an object without properties", object({}), "none"],
    ["an object that says nothing of properties", { type: "object" }, "none"],
    ["a closed object without properties", { ...object({}), additionalProperties: false }, "none"],
    ["a reference to such", ref("Empty"), "none"],
    ["optional properties", object({ a: text }), "optional"],
    ["a default", object({ a: { ...text, default: "" }, b: text }), "optional"],
    ["a reference to such", ref("Options"), "optional"],
    ["an inheritance of such", { allOf: [ref("Options"), object({ b: text })] }, "optional"],
    ["a required property", object({ a: text }, ["a"]), "required"],
    ["a map", { type: "object", additionalProperties: text }, "required"],
    ["null or an object", nullable(ref("Options")), "required"],
    ["anything", {}, "required"],
    ["a list", listOf(text), "required"],
  ];
  it.each(inputs)("takes of %s: %j → %s", async (_, input, argument) => {
    const schemas = { Empty: object({}), Options: object({ a: text }) };
    const { argument: found, input: type } = await mutationOf({ input }, schemas);
    expect(found).toBe(argument);
    expect(type.kind === "void").toBe(argument === "none");
  });

  const outputs: readonly [string, JsonValue, JsonObject][] = [
    ["nothing", null, { kind: "void" }],
    ["null", { type: "null" }, { kind: "null" }],
    ["anything", {}, { kind: "unknown" }],
    ["what never is", { not: {} }, { kind: "void" }],
    [
      "H15: one or null",
      nullable(ref("User")),
      { kind: "union", members: [{ kind: "reference", name: "User" }, { kind: "null" }] },
    ],
    [
      "M19: a list is the bare list",
      listOf(ref("User")),
      { kind: "array", element: { kind: "reference", name: "User" } },
    ],
  ];
  it.each(outputs)("gives %s", async (_, output, expected) => {
    expect((await mutationOf({ output })).output).toEqual(expected);
  });
});

describe("a context", () => {
  it("has the union of its functions' params, required where one requires them", async () => {
    const page = param("page", { ...integer, default: 1 }, { required: false });
    const id = param("user_id", integer, { required: false });
    const { contexts } = await apiOf(
      small({
        a: query(text, { params: [id, page] }),
        b: query(text, { params: [{ ...id, required: true }] }),
      }),
    );
    expect(contexts[0]?.params).toMatchObject([
      { name: "user_id", required: true, codec: "number" },
      { name: "page", required: false, docs: { tags: [{ name: "default", text: "1" }] } },
    ]);
    expect(contexts[0]?.queries.map(({ params, input }) => [params, input])).toMatchObject([
      [
        ["user_id", "page"],
        {
          members: [
            { name: "user_id", optional: true },
            { name: "page", optional: true },
          ],
        },
      ],
      [["user_id"], { members: [{ name: "user_id", optional: false }] }],
    ]);
  });

  const codecs: readonly [JsonObject, string][] = [
    [text, "string"],
    [integer, "number"],
    [{ type: "boolean" }, "boolean"],
    [{ type: "string", format: "uuid" }, "uuid"],
    [{ type: "string", format: "date-time" }, "date-time"],
    [{ type: "string", format: "date" }, "string"],
    [{ enum: [1, 2] }, "number"],
    [{ ...listOf({ type: "string", format: "uuid" }), default: [] }, "uuid[]"],
    [ref("User"), "json"],
    [listOf(ref("User")), "json"],
  ];
  it.each(codecs)("%j is written as %s", async (schema, codec) => {
    const params = [{ name: "p", required: false, schema }];
    const { contexts } = await apiOf(small({ a: query(text, { params }) }));
    expect(contexts[0]?.params[0]?.codec).toBe(codec);
  });

  it("knows the key of the items of its lists and pages", async () => {
    const { contexts } = await apiOf(
      small({
        declared: query(listOf(ref("Keyless")), { key: ["code"] }),
        by_id: query(listOf(ref("User"))),
        page: query(ref("Page")),
        keyless: query(listOf(ref("Keyless"))),
        object: query(ref("User")),
      }),
    );
    expect(contexts[0]?.queries.map(({ wireName, key }) => [wireName, key])).toEqual([
      ["declared", ["code"]],
      ["by_id", ["id"]],
      ["page", ["id"]],
      ["keyless", null],
      ["object", null],
    ]);
  });
});

describe("forms and files", () => {
  it("have the fields of the form with what can be checked, chosen and said of each", async () => {
    const form = object(
      {
        name: { ...text, title: "Name", minLength: 1, maxLength: 80 },
        color: {
          anyOf: [{ enum: ["red", "green"] }, { type: "null" }],
          description: "Your colour",
        },
        secret: { type: "string", format: "password" },
        address: object({ street: { ...text, pattern: "^\\w" }, note: text }, ["street"]),
      },
      ["name", "address"],
    );
    const fields = { name: { widget: "text", label: "Full name", order: 1, placeholder: "Rumi" } };
    const { form: built } = await mutationOf({ input: form, form: { schema: form, fields } });
    expect(built?.fields).toEqual([
      {
        ...{ path: ["name"], required: true, widget: "text", label: "Full name", order: 1 },
        ...{ placeholder: "Rumi", sensitive: false },
        constraints: { minLength: 1, maxLength: 80 },
      },
      {
        ...{
          path: ["color"],
          required: false,
          help: "Your colour",
          sensitive: false,
          constraints: {},
        },
        choices: [
          { value: "red", label: "red" },
          { value: "green", label: "green" },
        ],
      },
      { path: ["secret"], required: false, sensitive: true, constraints: { format: "password" } },
      {
        path: ["address", "street"],
        required: true,
        sensitive: false,
        constraints: { pattern: "^\\w" },
      },
      { path: ["address", "note"], required: false, sensitive: false, constraints: {} },
    ]);
  });

  it("read the exclusive bounds of OpenAPI 3.0", async () => {
    const input = object({ n: { type: "integer", minimum: 0, exclusiveMinimum: true } });
    const { mutations } = await apiOf({
      ...small({ read, f: mutation({ input, affects: ["user"], form: true }) }),
      openapi: "3.0.3",
    });
    expect(mutations[0]?.form?.fields[0]?.constraints).toEqual({ exclusiveMinimum: 0 });
  });

  it("find the place of the form's value in the input where it is not said", async () => {
    const input = object({ user_id: integer, form: ref("Part") });
    expect((await mutationOf({ input, form: "Part" })).form?.at).toEqual(["form"]);
    expect((await mutationOf({ input: ref("Rename"), form: "Rename" })).form?.at).toEqual([]);
    const twice = object({ a: ref("Part"), b: ref("Part") });
    expect((await mutationOf({ input: twice, form: "Part" })).form?.at).toEqual([]);
  });

  it("end where a form leads in a circle", async () => {
    const schemas = { Loop: object({ name: text, next: ref("Loop") }, ["next"]) };
    const { form } = await mutationOf({ input: ref("Loop"), form: true }, schemas);
    expect(form?.fields.map(({ path }) => path.join("."))).toEqual([
      ...["name", "next.name", "next.next.name", "next.next.next.name", "next.next.next.next"],
    ]);
  });

  it("find the files of a multipart body where none are named", async () => {
    const file = { type: "string", format: "binary" };
    const input = object({ image: file, pages: listOf(file), name: text });
    const { files, encoding } = await mutationOf({ input, encoding: "multipart" });
    expect(encoding).toBe("multipart");
    expect(files).toEqual([
      { path: ["image"], multiple: false, accept: [] },
      { path: ["pages"], multiple: true, accept: [] },
    ]);
  });
});

describe("words", () => {
  it("of a function come from the document, the message of a deprecation too", async () => {
    const deprecated = { since: "2.1.0", replacedBy: "read", sunset: "2027-01-01", message: "Old" };
    const { docs } = await mutationOf({
      ...{ summary: "Renames.", description: "Slowly.", deprecated, examples: [{ a: 1 }] },
    });
    expect(docs).toEqual({
      summary: "Renames.",
      description: "Slowly.",
      deprecated: "Old (since 2.1.0, use read, gone after 2027-01-01)",
      tags: [{ name: "example", text: '{"a":1}' }],
    });
    expect((await mutationOf({ deprecated: true })).docs).toEqual({ deprecated: true });
    expect((await mutationOf({ deprecated: false })).docs).toBeUndefined();
    expect((await mutationOf({ deprecated: {} })).docs).toEqual({ deprecated: true });
    const named = await mutationOf({ deprecated: { replaced_by: "f" } });
    expect(named.docs).toEqual({ deprecated: "use f" });
  });
});

describe("the contract", () => {
  it("M20, H14: of the bookshop holds what the runtime must know", async () => {
    const { contract } = await apiOf(fixture("bookshop.json"));
    expect(contract).toEqual({
      version: "1.0",
      producer: "mizan-fastapi/0.1.0",
      fingerprint: "sha256-4a39d34370330673a311eca4a345f653",
      base: "/",
      sessionPath: "session/",
      features: ["rev", "only", "idempotency"],
      limits: { urlBytes: 4096, bodyBytes: 1048576, invalidate: 64, merge: 64 },
    });
  });

  it("of a document without x-mizan has the defaults", async () => {
    const { contract } = await apiOf(small({ read }));
    expect(contract).toEqual({
      ...{ version: "1.0", base: "/", sessionPath: "session/", features: [], limits: {} },
    });
  });

  it("is the same whatever the order of keys where order has no meaning", async () => {
    const bookshop = fixture("bookshop.json");
    const functions = Object.entries(bookshop["x-mizan-functions"] as JsonObject);
    const reordered = {
      ...bookshop,
      "x-mizan": reversed(bookshop["x-mizan"] ?? {}),
      "x-mizan-functions": Object.fromEntries(
        functions.map(([name, entry]) => [name, reversed(entry)]),
      ),
    };
    const text = (api: Api): string => JSON.stringify(inspectApi(api));
    expect(text(await apiOf(reordered))).toBe(text(await apiOf(bookshop)));
  });
});

/** The same value with the keys of every object the other way round. */
function reversed(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]): [string, JsonValue] => [key, reversed(each)])
      .reverse(),
  );
}

describe("the bookshop", () => {
  it("has one finding: the subscription is skipped", async () => {
    expect(await findingsOf(fixture("bookshop.json"))).toEqual([
      "W150 #/x-mizan-functions/order_events/kind",
    ]);
  });
});
