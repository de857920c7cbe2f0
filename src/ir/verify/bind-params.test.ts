import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { annotations } from "../shape/keywords.js";
import { apiOf, build, findingsOf } from "../test/findings.js";
import { listOf, mutation, nullable, param, query, ref, small } from "../test/small-document.js";
import { genericNames } from "./generic-names.js";

const here = "#/x-mizan-functions/rename";
const integer = { type: "integer" };
const text = { type: "string" };

function affecting(
  params: readonly JsonObject[],
  input: JsonObject,
  affect: JsonValue = "user",
  more: JsonObject = {},
): JsonObject {
  return small({
    read: query(text, { params }),
    rename: mutation({
      input: { type: "object", properties: input },
      affects: [affect],
      ...more,
    }),
  });
}

async function boundOf(document: JsonObject): Promise<unknown> {
  const { mutations } = await apiOf(document);
  return mutations[0]?.affects[0]?.params.map(({ param: name, source }) => [name, source]);
}

describe("auto-scoping (protocol 2.4), where a document that is not strict declares no params", () => {
  it("binds a param that the input has under the same name and schema", async () => {
    const document = affecting([param("user_id", integer)], {
      user_id: { type: "integer", title: "User Id", description: "whose", default: 1 },
    });
    expect(await boundOf(document)).toEqual([["user_id", { from: "input", path: ["user_id"] }]]);
    expect(await findingsOf(document)).toEqual([]);
  });

  it("binds nothing of another schema: every entry is affected", async () => {
    expect(await boundOf(affecting([param("user_id", integer)], { user_id: text }))).toEqual([]);
    const bounded = affecting([param("user_id", integer)], { user_id: { ...integer, minimum: 1 } });
    expect(await boundOf(bounded)).toEqual([]);
  });

  it("binds nothing that the input does not declare, though it may hold it", async () => {
    const document = small({
      read: query(text, { params: [param("user_id", integer)] }),
      rename: mutation({
        input: { type: "object", additionalProperties: integer },
        affects: ["user"],
      }),
    });
    expect(await boundOf(document)).toEqual([]);
  });

  it.each(["id", "slug", "page", "status", "type", "q"])(
    "leaves the generic name %j open: W310",
    async (name) => {
      const document = affecting([param(name, text)], { [name]: text });
      expect(await boundOf(document)).toEqual([]);
      expect(await findingsOf(document)).toEqual([`W310 ${here}/affects/0`]);
    },
  );

  it("binds nothing by itself in a strict document: absence is meant there", async () => {
    const strict = { ...affecting([param("user_id", integer)], { user_id: integer }) };
    const document = { ...strict, "x-mizan": { version: "1.0" } };
    expect(await boundOf(document)).toEqual([]);
    expect(await findingsOf(document)).toEqual([]);
  });

  it("reports a generic name that a merge would need as both: W310 and E210", async () => {
    const document = small({
      read: query(ref("User"), { params: [param("id", integer)] }),
      rename: mutation({
        input: { type: "object", properties: { id: integer } },
        merge: "user",
      }),
    });
    expect(await findingsOf(document)).toEqual([`E210 ${here}/merge`, `W310 ${here}/merge`]);
  });

  it("takes the input of a view from its params and its body", async () => {
    const view = {
      ...{ kind: "view", method: "POST", path: "/pay", produces: ["text/html"] },
      ...{ auth: { mode: "none" }, params: [param("user_id", integer)], affects: "user" },
      input: { type: "object", properties: { order_id: integer } },
    };
    const read = query(text, { params: [param("user_id", integer), param("order_id", integer)] });
    const { views } = await apiOf(small({ read, view }));
    expect(views[0]?.affects[0]?.params.map((binding) => binding.param)).toEqual([
      "user_id",
      "order_id",
    ]);
  });
});

describe("docs/protocol.md, section 2.4", () => {
  const page = readFileSync(new URL("../../../docs/protocol.md", import.meta.url), "utf8");

  /** The names that the page lists in one row, in back quotes. */
  function listed(beginning: string): string[] {
    const row = page.split("\n").find((line) => line.includes(beginning)) ?? "";
    const list = /`([^`]*)`/.exec(row.slice(row.indexOf(beginning)))?.[1] ?? "";
    return list.split(", ");
  }

  it("lists the generic names", () => {
    expect(listed("They are: ")).toEqual([...genericNames]);
  });

  it("lists what is stripped before schemas are compared", () => {
    const names = listed("Stripped: without ");
    expect(names.at(-1)).toBe("x-*");
    expect(names.slice(0, -1)).toEqual([...annotations]);
  });
});

describe("declared bindings", () => {
  const bind = (
    source: JsonValue,
    schema: JsonObject = integer,
    input: JsonObject = { user_id: integer },
  ) =>
    affecting([param("user_id", schema)], input, {
      context: "user",
      params: { user_id: source },
    });

  const fitting: readonly [string, JsonObject][] = [
    ["a member of the input", bind({ from: "input", path: ["user_id"] })],
    [
      "a member with bounds",
      bind({ from: "input", path: ["user_id"] }, integer, { user_id: { ...integer, minimum: 1 } }),
    ],
    [
      "a nullable member",
      bind({ from: "input", path: ["user_id"] }, integer, { user_id: nullable(integer) }),
    ],
    ["an integer for a number", bind({ from: "input", path: ["user_id"] }, { type: "number" })],
    [
      "one of a list for a string",
      bind({ from: "input", path: ["u"] }, text, { u: { enum: ["a", "b"] } }),
    ],
    ["a member deep in the result", bind({ from: "result", path: ["manager_id"] })],
    [
      "an item of a list",
      bind({ from: "input", path: ["ids", 0] }, integer, { ids: listOf(integer) }),
    ],
    [
      "what an open object may hold",
      bind({ from: "input", path: ["any", "thing"] }, integer, { any: {} }),
    ],
    ["a constant", bind({ const: 7 })],
    ["what only the server knows", bind({ from: "server" })],
  ];
  it.each(fitting)("fit: %s", async (_, document) => {
    expect(await findingsOf(document)).toEqual([]);
    expect(await boundOf(document)).toHaveLength(1);
  });

  const params = `${here}/affects/0/params/user_id`;
  const misfits: readonly [string, JsonObject, string][] = [
    ["a path that leads nowhere", bind({ from: "input", path: ["usr"] }), `E211 ${params}/path`],
    ["a path past a scalar", bind({ from: "result", path: ["id", "x"] }), `E211 ${params}/path`],
    ["another type", bind({ from: "result", path: ["name"] }), `E211 ${params}/path`],
    [
      "a number for an integer",
      bind({ from: "input", path: ["n"] }, integer, { n: { type: "number" } }),
      `E211 ${params}/path`,
    ],
    [
      "any string for one of a list",
      bind({ from: "input", path: ["n"] }, { enum: ["a"] }, { n: text }),
      `E211 ${params}/path`,
    ],
    ["a constant of another type", bind({ const: "7" }), `E211 ${params}/const`],
    ["null for what is never null", bind({ const: null }), `E211 ${params}/const`],
    ["no path", bind({ from: "input" }), `E103 ${params}`],
    ["an empty path", bind({ from: "input", path: [] }), `E103 ${params}/path`],
    ["no source", bind({}), `E103 ${params}`],
    ["an unknown source", bind({ from: "output", path: ["x"] }), `E103 ${params}/from`],
    ["a text", bind("user_id"), `E103 ${params}`],
  ];
  it.each(misfits)("do not fit: %s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual([expected]);
  });

  it("name params of the context: a misspelt one is an error with the nearest", async () => {
    const document = affecting(
      [param("user_id", integer)],
      { user_id: integer },
      {
        context: "user",
        params: { usr_id: { from: "input", path: ["user_id"] } },
      },
    );
    const { findings, diagnostics } = await build(document);
    expect(findings).toEqual([`E211 ${here}/affects/0/params/usr_id (key)`]);
    expect(diagnostics[0]?.message).toContain('(did you mean "user_id"?)');
  });

  it("may be a list of names that the input has too", async () => {
    const named = (names: string[]) =>
      affecting(
        [param("user_id", integer)],
        { user_id: integer },
        { context: "user", params: names },
      );
    expect(await boundOf(named(["user_id"]))).toEqual([
      ["user_id", { from: "input", path: ["user_id"] }],
    ]);
    expect(await findingsOf(named(["usr_id"]))).toEqual([`E211 ${here}/affects/0/params/0`]);
  });

  it("take nothing from an input or a result that is not there", async () => {
    const source = { user_id: { from: "input", path: ["user_id"] } };
    const affect = { context: "user", params: source };
    const document = affecting([param("user_id", integer)], {}, affect, { input: null });
    expect(await findingsOf(document)).toEqual([`E211 ${here}/affects/0/params/user_id/path`]);
  });
});

describe("what a mutation changes", () => {
  it("is in contexts that exist: E220, with the nearest name", async () => {
    const { findings, diagnostics } = await build(affecting([], {}, "usr"));
    expect(findings).toEqual([`E220 ${here}/affects/0`]);
    expect(diagnostics[0]?.message).toBe('there is no context "usr" (did you mean "user"?)');
    expect(await findingsOf(affecting([], {}, { context: "usr" }))).toEqual([
      `E220 ${here}/affects/0/context`,
    ]);
  });

  it("may be everything", async () => {
    const { mutations } = await apiOf(affecting([], {}, "*"));
    expect(mutations[0]?.affects).toEqual([{ context: "*", params: [], viewers: "all" }]);
  });

  const silent: readonly [string, JsonObject, readonly string[]][] = [
    ["an answer and no target", {}, [`W221 ${here} (key)`]],
    ["empty lists", { merge: [], affects: [] }, [`W221 ${here} (key)`]],
    ["no answer", { output: null }, []],
    ["an answer that is null", { output: { type: "null" } }, []],
    ["a change of identity", { session: "change" }, []],
    ["a target", { affects: ["user"] }, []],
  ];
  it.each(silent)(
    "is asked for where an answer changes nothing (W221): %s",
    async (_, more, expected) => {
      const document = small({ read: query(text, { params: [] }), rename: mutation(more) });
      expect(await findingsOf(document)).toEqual(expected);
    },
  );
});
