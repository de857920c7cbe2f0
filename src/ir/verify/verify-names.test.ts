import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../document/document.js";
import { build, findingsOf } from "../test/findings.js";
import { param, query, ref, small } from "../test/small-document.js";

const at = "#/x-mizan-functions";
const integer = { type: "integer" };
const text = { type: "string" };
const read = query(ref("User"));

type Row = readonly [string, JsonObject, readonly string[]];

describe("names: E101 and E102", () => {
  const rows: readonly Row[] = [
    [
      "functions that are one identifier",
      small({ get_user: read, getUser: query(text) }),
      [`E101 ${at}/getUser (key)`],
    ],
    [
      "a list with a name twice",
      {
        ...small({}),
        "x-mizan-functions": [
          { name: "a", ...read },
          { name: "a", ...read },
        ],
      },
      [`E101 ${at}/1/name`],
    ],
    [
      "contexts that differ by case",
      small({ a: read, b: query(text, { context: "User" }) }),
      [`E101 ${at}/b/context`],
    ],
    [
      "contexts that are one identifier",
      small({ a: query(text, { context: "my-user" }), b: query(text, { context: "my_user" }) }),
      [`E101 ${at}/b/context`],
    ],
    ["a slot twice", small({ a: read, b: query(text, { slot: "a" }) }), [`E101 ${at}/b/slot`]],
    ["a thenable bundle", small({ then: read }), [`E102 ${at}/then (key)`]],
    ["a dash in a function", small({ "get-user": read }), [`E102 ${at}/get-user (key)`]],
    ["a digit first", small({ "1st": read }), [`E102 ${at}/1st (key)`]],
    [
      "a member of every object as a slot",
      small({ a: query(text, { slot: "toString" }) }),
      [`E102 ${at}/a/slot`],
    ],
    [
      "a param of the protocol",
      small({ a: query(text, { params: [param("_rev", integer)] }) }),
      [`E102 ${at}/a/params/0/name`],
    ],
    [
      "a context with a slash",
      small({ a: query(text, { context: "a/b" }) }),
      [`E102 ${at}/a/context`],
    ],
    ["dots and dashes in a context", small({ a: query(text, { context: "a.b-c" }) }), []],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });

  it("finds `__proto__` a bad name, and nothing else of it", async () => {
    const functions = JSON.parse(`{ "__proto__": ${JSON.stringify(read)} }`) as JsonObject;
    expect(await findingsOf(small(functions))).toEqual([`E102 ${at}/__proto__ (key)`]);
  });

  it("shows the other place", async () => {
    const { diagnostics } = await build(small({ get_user: read, getUser: query(text) }));
    expect(diagnostics[0]).toMatchObject({
      message: 'the functions "get_user" and "getUser" both become "getUser"',
      related: [{ pointer: `${at}/get_user` }],
    });
  });
});
