import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { findingsOf } from "../test/findings.js";
import { mutation, param, query, ref, small, userId } from "../test/small-document.js";

const at = "#/x-mizan-functions";
const integer = { type: "integer" };
const text = { type: "string" };
const read = query(ref("User"));
const rename = mutation({ affects: ["user"] });

type Row = readonly [string, JsonObject, readonly string[]];

describe("derived parts: E120", () => {
  const user = { functions: ["a"], params: [userId], cache: { scope: "none" } };
  const x = "#/x-mizan/contexts/user";
  const scoped = (scopes: JsonValue) =>
    small(
      {
        a: read,
        rename: mutation({
          affects: [{ context: "user", params: { user_id: { from: "input", path: ["user_id"] } } }],
        }),
      },
      {
        contexts: { user: { ...user, scopes } },
      },
    );
  const inPaths = (operation: JsonObject, path = "/ctx/user/") =>
    small(
      { a: read },
      {
        contexts: { user: { ...user, path: "/ctx/user/" } },
        paths: { [path]: { get: { "x-mizan-context": "user", ...operation } } },
      },
    );
  const parameters = [{ name: "user_id", in: "query", required: true, schema: integer }];
  const call = (operation: JsonObject) =>
    small(
      { a: read, rename },
      {
        contexts: {},
        paths: { "/call/rename": { post: { "x-mizan-function": "rename", ...operation } } },
      },
    );
  const body = (schema: JsonValue) => ({ content: { "application/json": { schema } } });
  const rows: readonly Row[] = [
    ["all in step", small({ a: read }, { contexts: { user } }), []],
    [
      "a function too many",
      small({ a: read }, { contexts: { user: { ...user, functions: ["a", "b"] } } }),
      [`E120 ${x}/functions/1`],
    ],
    [
      "a function twice",
      small({ a: read }, { contexts: { user: { ...user, functions: ["a", "a"] } } }),
      [`E120 ${x}/functions/1`],
    ],
    [
      "a function too few",
      small({ a: read, b: read }, { contexts: { user } }),
      [`E120 ${x}/functions`],
    ],
    [
      "a param too many",
      small({ a: read }, { contexts: { user: { ...user, params: [userId, param("b", text)] } } }),
      [`E120 ${x}/params/1/name`],
    ],
    [
      "a param too few",
      small({ a: read }, { contexts: { user: { ...user, params: [] } } }),
      [`E120 ${x}/params`],
    ],
    [
      "a param of another type",
      small({ a: read }, { contexts: { user: { ...user, params: [param("user_id", text)] } } }),
      [`E120 ${x}/params/0/schema`],
    ],
    [
      "a param that is not required",
      small(
        { a: read },
        { contexts: { user: { ...user, params: [{ ...userId, required: false }] } } },
      ),
      [`E120 ${x}/params/0`],
    ],
    [
      "a context that is not declared",
      small({ a: read, b: query(text, { context: "usr" }) }, { contexts: { user } }),
      [`E120 ${at}/b/context`],
    ],
    ["a scope for each target", scoped([["user_id"], []]), []],
    ["a scope too few", scoped([[]]), [`E120 ${x}/scopes`]],
    ["a scope of no param", scoped([["user_id"], ["usr_id"]]), [`E120 ${x}/scopes/1/0`]],
    ["an operation in step", inPaths({ parameters }), []],
    ["an operation without a param", inPaths({}), ["E120 #/paths/~1ctx~1user~1/get"]],
    [
      "an operation with a param too many",
      inPaths({
        parameters: [
          ...parameters,
          { name: "b", in: "query", schema: text },
          { name: "_only", in: "query", schema: text },
        ],
      }),
      ["E120 #/paths/~1ctx~1user~1/get/parameters/1/name"],
    ],
    ["an operation elsewhere", inPaths({ parameters }, "/users/"), [`E120 ${x}/path`]],
    ["a call in step", call({ requestBody: body(ref("Rename")) }), []],
    [
      "a call with another input",
      call({ requestBody: body(ref("Part")) }),
      ["E120 #/paths/~1call~1rename/post/requestBody/content/application~1json/schema"],
    ],
    [
      "a call with another output",
      call({ responses: { 200: body({ type: "object", properties: { result: ref("Part") } }) } }),
      [
        "E120 #/paths/~1call~1rename/post/responses/200/content/application~1json/schema/properties/result",
      ],
    ],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });
});
