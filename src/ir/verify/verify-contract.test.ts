import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { build, findingsOf } from "../test/findings.js";
import {
  listOf,
  mutation,
  nullable,
  param,
  query,
  ref,
  small,
  userId,
} from "../test/small-document.js";

const at = "#/x-mizan-functions";
const integer = { type: "integer" };
const text = { type: "string" };
const read = query(ref("User"));
const rename = mutation({ affects: ["user"] });

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

describe("params: E110 and E111", () => {
  const withParam = (schema: JsonValue, more: JsonObject = {}) => [param("p", schema, more)];
  const rows: readonly Row[] = [
    [
      "another schema in one context",
      small({
        a: query(text, { params: withParam(integer) }),
        b: query(text, { params: withParam(text) }),
      }),
      [`E110 ${at}/b/params/0/schema`],
    ],
    [
      "another default",
      small({
        a: query(text, { params: withParam({ ...integer, default: 1 }, { required: false }) }),
        b: query(text, { params: withParam({ ...integer, default: 2 }, { required: false }) }),
      }),
      [`E110 ${at}/b/params/0/schema`],
    ],
    [
      "another encoding",
      small({
        a: query(text, { params: withParam(text) }),
        b: query(text, { params: withParam(text, { encoding: "json" }) }),
      }),
      [`E110 ${at}/b/params/0/encoding`],
    ],
    [
      "the same in another context",
      small({
        a: query(text, { params: withParam(integer) }),
        b: query(text, { context: "other", params: withParam(text) }),
      }),
      [],
    ],
    [
      "the same but for words",
      small({
        a: query(text, { params: withParam(integer) }),
        b: query(text, { params: withParam({ ...integer, title: "P" }) }),
      }),
      [],
    ],
    [
      "a plain object",
      small({ a: query(text, { params: withParam(ref("User")) }) }),
      [`E111 ${at}/a/params/0`],
    ],
    [
      "a plain null that is required",
      small({ a: query(text, { params: withParam(nullable(text)) }) }),
      [`E111 ${at}/a/params/0`],
    ],
    [
      "a plain list that is required and may be empty",
      small({ a: query(text, { params: withParam(listOf(text)) }) }),
      [`E111 ${at}/a/params/0`],
    ],
    [
      "a plain list with at least one",
      small({ a: query(text, { params: withParam({ ...listOf(text), minItems: 1 }) }) }),
      [],
    ],
    [
      "the same as json",
      small({ a: query(text, { params: withParam(ref("User"), { encoding: "json" }) }) }),
      [],
    ],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });
});

describe("caches: E130 and E131", () => {
  const cached = (cache: JsonObject, auth: JsonObject = { mode: "none" }) =>
    small(
      { a: query(text, { params: [], auth }) },
      {
        contexts: { user: { path: "/ctx/user/", functions: ["a"], params: [], cache } },
      },
    );
  const scope = "#/x-mizan/contexts/user/cache";
  const rows: readonly Row[] = [
    [
      "a public answer that asks who is calling",
      cached({ scope: "public" }, { mode: "required" }),
      [`E130 ${scope}/scope`],
    ],
    [
      "one that may ask",
      cached({ scope: "public" }, { mode: "optional" }),
      [`E130 ${scope}/scope`],
    ],
    ["one for everybody", cached({ scope: "public", ttl: 60, vary: ["Accept-Language"] }), []],
    ["a private one", cached({ scope: "private" }, { mode: "required" }), []],
    [
      "varying by cookies",
      cached({ scope: "private", vary: ["Accept-Language", "Cookie"] }),
      [`E131 ${scope}/vary/1`],
    ],
    ["a scope that does not exist", cached({ scope: "shared" }), [`E103 ${scope}/scope`]],
    ["a tag in capitals", cached({ scope: "none", tags: ["Users"] }), [`E103 ${scope}/tags/0`]],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });

  it("M12: a function that does not say who may call it is never public", async () => {
    const contexts = { user: { cache: { scope: "public" } } };
    const { auth: _, ...silent } = query(text, { params: [] });
    expect(await findingsOf(small({ a: silent }, { contexts }))).toEqual([
      `E130 ${scope}/scope`,
      `W301 ${at}/a (key)`,
    ]);
  });
});

describe("pagination: E140 and W140", () => {
  const page = { style: "cursor", params: { cursor: "cursor" }, items: ["items"], next: ["next"] };
  const paged = (pagination: JsonValue, more: JsonObject = {}) =>
    query(ref("Page"), {
      params: [param("cursor", nullable(text), { required: false })],
      pagination,
      ...more,
    });
  const rows: readonly Row[] = [
    ["all there", small({ a: paged(page) }), []],
    [
      "a param that is not there",
      small({ a: paged({ ...page, params: { cursor: "after" } }) }),
      [`E140 ${at}/a/pagination/params/cursor`],
    ],
    [
      "a path that is not there",
      small({ a: paged({ ...page, next: ["next_cursor"] }) }),
      [`E140 ${at}/a/pagination/next`],
    ],
    [
      "a role that does not exist",
      small({ a: paged({ ...page, params: { after: "cursor" } }) }),
      [`E103 ${at}/a/pagination/params/after (key)`],
    ],
    [
      "no style",
      small({ a: paged({ params: { cursor: "cursor" } }) }),
      [`E103 ${at}/a/pagination`],
    ],
    [
      "another function beside it",
      small({ a: paged(page), b: query(text) }),
      [`W140 ${at}/a/pagination`],
    ],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });
});

describe("files and forms: E230 and E231", () => {
  const upload = (more: JsonObject) =>
    small({
      read,
      upload: mutation({
        input: { type: "object", properties: { image: { type: "string", format: "binary" } } },
        output: null,
        encoding: "multipart",
        ...more,
      }),
    });
  const form = (value: JsonValue, more: JsonObject = {}) =>
    small({ read, rename: mutation({ affects: ["user"], form: value, ...more }) });
  const nested = {
    input: { type: "object", properties: { user_id: integer, form: ref("Part") } },
  };
  const rows: readonly Row[] = [
    ["a file that is there", upload({ files: [{ path: ["image"] }] }), []],
    [
      "a file that is not",
      upload({ files: [{ path: ["images"] }] }),
      [`E230 ${at}/upload/files/0/path`],
    ],
    [
      "files in JSON",
      upload({ files: [{ path: ["image"] }], encoding: "json" }),
      [`E230 ${at}/upload/files`],
    ],
    [
      "files without an encoding",
      upload({ files: [{ path: ["image"] }], encoding: null }),
      [`E230 ${at}/upload/files`],
    ],
    [
      "a file of an input that is not there",
      upload({ files: [{ path: ["image"] }], input: null }),
      [`E230 ${at}/upload/files/0/path`],
    ],
    [
      "a form over the input",
      form({ schema: ref("Rename"), fields: { name: { label: "Name" } } }),
      [],
    ],
    ["a form in the input", form({ schema: ref("Part"), at: ["form"] }, nested), []],
    [
      "a place that is not in the input",
      form({ schema: ref("Part"), at: ["from"] }, nested),
      [`E231 ${at}/rename/form/at`],
    ],
    [
      "a field that is not in the form",
      form({ schema: ref("Rename"), fields: { nmae: {} } }),
      [`E231 ${at}/rename/form/fields/nmae (key)`],
    ],
    ["initial values from a query", form({ schema: ref("Rename"), initial: "read" }), []],
    [
      "initial values from nowhere",
      form({ schema: ref("Rename"), initial: "raed" }),
      [`E231 ${at}/rename/form/initial`],
    ],
    ["a form without an input", form(true, { input: null }), [`E231 ${at}/rename/form`]],
    [
      "validation at another origin",
      form({ schema: ref("Rename"), validate: "//evil.example/" }),
      [`E103 ${at}/rename/form/validate`],
    ],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });
});

describe("references: E240 and E241", () => {
  const outside = { parameters: { P: { schema: text } } };
  const rows: readonly Row[] = [
    [
      "a component that is not there",
      small({ a: query(ref("Usr")) }),
      [`E240 ${at}/a/output/$ref`],
    ],
    ["one in a list", small({ a: query(listOf(ref("Usr"))) }), [`E240 ${at}/a/output/items/$ref`]],
    [
      "one or null",
      small({ a: query(nullable(ref("Usr"))) }),
      [`E240 ${at}/a/output/anyOf/0/$ref`],
    ],
    ["one that is written as a name", small({ a: { ...query("Usr") } }), [`E240 ${at}/a/output`]],
    [
      "one of an error",
      small({ a: query(text, { errors: { gone: { status: 410, schema: ref("Usr") } } }) }),
      [`E240 ${at}/a/errors/gone/schema/$ref`],
    ],
    [
      "another part of the document",
      small({ a: query({ $ref: "#/paths" }) }),
      [`E240 ${at}/a/output/$ref`],
    ],
    [
      "another document",
      small({ a: query({ $ref: "other.json#/User" }) }),
      [`E240 ${at}/a/output/$ref`],
    ],
    ["another kind of component", { ...small({ a: query(text) }, { root: outside }) }, []],
    [
      "an operation of no function",
      small({ a: read }, { paths: { "/call/b": { post: { "x-mizan-function": "b" } } } }),
      ["E241 #/paths/~1call~1b/post/x-mizan-function"],
    ],
    [
      "an operation of no context",
      small({ a: read }, { paths: { "/ctx/usr/": { get: { "x-mizan-context": "usr" } } } }),
      ["E241 #/paths/~1ctx~1usr~1/get/x-mizan-context"],
    ],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });

  it("suggests the component that was meant", async () => {
    const { diagnostics } = await build(small({ a: query(ref("Usr")) }));
    expect(diagnostics[0]?.message).toContain('(did you mean "User"?)');
  });
});

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

describe("functions: W150, W160, W301", () => {
  it("skips subscriptions, and says so", async () => {
    const events = { kind: "subscription", params: [], event: text, auth: { mode: "none" } };
    const { api, findings } = await build(small({ read, events }));
    expect(findings).toEqual([`W150 ${at}/events/kind`]);
    expect(api?.contexts[0]?.queries).toHaveLength(1);
    expect([api?.mutations, api?.views]).toEqual([[], []]);
  });

  it("says who does not say who may call", async () => {
    const { auth: _, ...silent } = rename;
    expect(await findingsOf(small({ read, rename: silent }))).toEqual([`W301 ${at}/rename (key)`]);
  });

  it("says what is called otherwise than it asks for", async () => {
    const types = { schemas: { RenameOutput: { type: "string" } } };
    const document = small({ read: query(ref("RenameOutput")), rename }, types);
    const { api, findings } = await build(document);
    expect(findings).toEqual([`W160 ${at}/rename (key)`]);
    expect(api?.mutations[0]?.names.output).toBe("RenameOutput2");
  });
});
