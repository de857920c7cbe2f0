import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../document/document.js";
import { build, findingsOf } from "../test/findings.js";
import { mutation, param, query, ref, small } from "../test/small-document.js";
import { strictFormOf, strictFunctionsOf } from "../test/strict-form-of.js";

const at = "#/x-mizan-functions";
const integer = { type: "integer" };
const user = query(ref("User"));

describe("leniency (protocol 2.5): where the functions stand", () => {
  it.each(["x-mizan-functions", "x_mizan_functions", "xMizanFunctions", "x-mizan-function"])(
    "as %s",
    async (key) => {
      const { "x-mizan-functions": functions, ...rest } = small({ a: user });
      expect(Object.keys(await strictFunctionsOf({ ...rest, [key]: functions ?? null }))).toEqual([
        "a",
      ]);
    },
  );

  it.each(["name", "function", "functionName", "fn", "function_name"])(
    "as a list of entries with %j",
    async (key) => {
      const functions = [{ [key]: "a", ...user }];
      expect(await strictFunctionsOf({ ...small({}), "x-mizan-functions": functions })).toEqual({
        a: user,
      });
    },
  );

  const { input, output, affects } = mutation({ affects: ["user"] });
  const raw = { input, output, affects } as JsonObject;
  const byPath: readonly [string, JsonObject][] = [
    ["path and method", { "/call/f": { post: raw } }],
    ["path and method in capitals", { "/call/f": { POST: raw } }],
    ["method and path in one key", { "POST /call/f": raw }],
    ["a list under a method", { "/call/f": { post: [raw] } }],
    ["a list under a path", { "/call/f": [raw] }],
    ["a path alone", { "/call/f/": raw }],
    ["a path with an entry that has a name", { "/anything": { post: { fn: "f", ...raw } } }],
  ];
  it.each(byPath)("keyed by %s", async (_, functions) => {
    const document = small({});
    const read = { fn: "read", ...user };
    const all = { ...document, "x-mizan-functions": { ...functions, "/ctx/user/": { get: read } } };
    expect(await strictFunctionsOf(all)).toMatchObject({
      f: { kind: "mutation", input: ref("Rename") },
    });
  });

  const contexts: readonly [string, JsonObject][] = [
    ["a root x-mizan-contexts", { "x-mizan-contexts": { user: { cache: { scope: "private" } } } }],
    [
      "a list of contexts",
      { "x-mizan": { contexts: [{ name: "user", cache: { scope: "private" } }] } },
    ],
    [
      "a list beside x-mizan",
      { "x-mizan": {}, "x-mizan-contexts": [{ name: "user", cache: { scope: "private" } }] },
    ],
  ];
  it.each(contexts)("%s", async (_, root) => {
    const { form } = await strictFormOf(small({ a: user }, { root }));
    expect(form["x-mizan"]["contexts"]).toMatchObject({ user: { cache: { scope: "private" } } });
  });

  it("a list of names of contexts", async () => {
    const { form } = await strictFormOf(
      small({ a: user }, { root: { "x-mizan-contexts": ["user"] } }),
    );
    expect(form["x-mizan"]["contexts"]).toMatchObject({ user: { cache: { scope: "none" } } });
  });

  it("derives contexts, params and addresses from the functions alone", async () => {
    expect((await strictFormOf(small({ a: user }))).form["x-mizan"]).toEqual({
      version: "1.0",
      contexts: {
        user: {
          path: "/ctx/user/",
          functions: ["a"],
          params: [param("user_id", integer)],
          cache: { scope: "none" },
        },
      },
    });
  });
});

describe("documents without functions, and of other versions", () => {
  const { "x-mizan-functions": _, ...plain } = small({});
  const paths = { "/users": { get: {} }, "/orders": { get: {} } };

  it("says of a plain document what it is and how to get functions: E100", async () => {
    const { diagnostics } = await build({ ...plain, paths });
    expect(diagnostics).toMatchObject([{ code: "E100", pointer: "#" }]);
    expect(diagnostics[0]?.message).toContain("plain OpenAPI: 2 paths");
    expect(diagnostics[0]?.help).toContain("mizan package");
  });

  it("finds the misspelt key", async () => {
    const { diagnostics } = await build({ ...plain, "x-mizan-fucntions": { a: user } });
    expect(diagnostics).toMatchObject([
      {
        code: "E100",
        pointer: "#/x-mizan-fucntions",
        part: "key",
        help: 'rename it to "x-mizan-functions"',
      },
    ]);
  });

  it("finds functions in the wrong place", async () => {
    const info = { title: "t", version: "1", "x-mizan-functions": { a: user } };
    expect(await findingsOf({ ...plain, info })).toEqual(["E100 #/info/x-mizan-functions (key)"]);
    const meta = { version: "1.0", functions: { a: user } };
    expect(await findingsOf({ ...plain, "x-mizan": meta })).toEqual([
      "E100 #/x-mizan/functions (key)",
    ]);
  });

  it.each([[{}], [[]]])("says that %j holds none", async (functions) => {
    expect(await findingsOf({ ...plain, "x-mizan-functions": functions })).toEqual([`E100 ${at}`]);
  });

  it.each([[null], [3], ["a"], [true]])("refuses %j for functions", async (functions) => {
    expect(await findingsOf({ ...plain, "x-mizan-functions": functions })).toEqual([`E103 ${at}`]);
  });

  it.each(["2.0", "0.9", "10.1", 2])(
    "refuses version %j of the protocol: E105",
    async (version) => {
      const document = { ...small({ a: user }), "x-mizan": { version } };
      expect(await findingsOf(document)).toContain("E105 #/x-mizan/version");
    },
  );

  it.each(["1.0", "1.7", "1", 1])("reads version %j", async (version) => {
    expect(await findingsOf({ ...small({ a: user }), "x-mizan": { version } })).toEqual([]);
  });

  it("refuses a kind that it does not know: E104", async () => {
    const { diagnostics } = await build(small({ a: { ...user, kind: "qurey" } }));
    expect(diagnostics).toMatchObject([{ code: "E104", pointer: `${at}/a/kind` }]);
    expect(diagnostics[0]?.message).toContain('(did you mean "query"?)');
  });
});
