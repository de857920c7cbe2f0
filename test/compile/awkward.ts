import type { Api } from "../../src/ir/api.js";
import {
  api,
  context,
  list,
  mutation,
  named,
  number,
  object,
  oneOf,
  param,
  query,
  ref,
  string,
  union,
  view,
} from "../../src/emit/test/build.js";

/**
 * A client in which everything stands in the way of everything: functions called as what generated code itself binds, a type for each
 * rule that only TypeScript has, names that are no identifiers, texts that try to leave their comment.
 */
export const awkward: Api = api({
  types: [
    named("Targets", object({ a: string }), "out"),
    named(
      "Json",
      union(string, number, { kind: "null" }, list(ref("Json")), {
        kind: "object",
        members: [],
        index: ref("Json"),
      }),
    ),
    // Circular through a map with a closed list of keys: `Partial<Record<...>>` would be TS2456.
    named("Tree", {
      kind: "record",
      keys: oneOf("left", "right"),
      value: ref("Tree"),
      partial: true,
    }),
    named("Side", oneOf("left", "right")),
    named(
      "Sides",
      { kind: "record", keys: ref("Side"), value: ref("Targets"), partial: false },
      "out",
    ),
    named("Nested", { kind: "record", keys: ref("Side"), value: list(ref("Knot")), partial: true }),
    named("Knot", object({ "nested?": ref("Nested"), "knot?": ref("Knot") })),
    named("Chain", list(ref("Chain"))),
    named("Pair", {
      kind: "tuple",
      elements: [
        { type: string, optional: false },
        { type: union(ref("Side"), { kind: "null" }), optional: true },
      ],
      rest: union(number, string),
    }),
    named("Open", union({ kind: "literal", value: "a" }, { kind: "open-string" })),
    named("Fixed", { kind: "literal", value: { a: [1, -1, "x", null], __proto__x: { b: true } } }),
    named("Closed", object({})),
    named(
      "Hostile",
      object({
        ["__proto__"]: { docs: { summary: "*/ export const pwned = 1; /*" } },
        constructor: { docs: { description: "@deprecated in prose\n@ts-ignore" } },
        "a-b?": string,
        'quo"te': string,
        "new\nline": string,
        "größe?": number,
        "\u202eevil": string,
        class: string,
      }),
      "both",
      { deprecated: "*/ for `${reason}`" },
    ),
    named("PassedOnInput", object({ "a?": string }), "in"),
    named("PassedOnOutput", object({ a: string }), "out"),
    named(
      "Both",
      object({ "a?": string, "b?": union(string, { kind: "null" }), c: { kind: "unknown" } }),
    ),
  ],
  contexts: [
    context("no_params", { queries: [query("nothing", { kind: "void" })] }),
    context("then", {
      params: [
        param("__proto__", string, { required: false }),
        param("a-b", list(number), { codec: "number[]" }),
      ],
      queries: [
        query("list-of", list(ref("Targets")), { slot: "constructor" }),
        query("maybe", ref("Targets"), { optional: true, docs: { deprecated: true } }),
      ],
    }),
    context("empty"),
  ],
  mutations: [
    mutation("error", { argument: "none" }),
    mutation("params", { input: object({ "a?": string }), argument: "optional" }),
    mutation("passed_on", {
      input: ref("PassedOnInput"),
      output: ref("PassedOnOutput"),
      argument: "optional",
    }),
    mutation("merges", {
      input: ref("Hostile"),
      output: ref("Targets"),
      merges: [
        {
          context: "then",
          slot: "constructor",
          mode: "upsert",
          key: ["a"],
          at: "end",
          value: [],
          params: [{ param: "__proto__", source: { from: "const", value: { ["__proto__"]: 1 } } }],
          onNull: "ignore",
        },
        {
          context: "then",
          slot: "maybe",
          mode: "replace",
          key: [],
          value: [],
          params: [{ param: "a-b", source: { from: "server" } }],
          onNull: "null",
        },
      ],
      errors: [
        { code: "not_found", status: 404, data: ref("Targets") },
        { code: "gone", status: 410, data: null },
        { code: 'odd"code', status: 409, data: { kind: "null" } },
      ],
      docs: {
        summary: "x \u002a/ export const pwned = 1; /\u002a y",
        description: "See @internal.",
      },
      csrf: false,
      idempotent: true,
      concurrency: "latest",
    }),
    mutation("with_form", {
      input: object({ a: string }),
      form: {
        type: object({ a: string }),
        at: [],
        fields: [
          {
            path: ["a", 0],
            required: false,
            sensitive: true,
            order: 2,
            choices: [{ value: { ["__proto__"]: null }, label: "*/" }],
            constraints: { pattern: "^`${x}*/$", minimum: -1 },
          },
          { path: ["b"], required: true, sensitive: false, order: 1, constraints: {} },
        ],
      },
    }),
  ],
  views: [
    view("options", {
      paramsType: object({ "a?": string }),
      params: [param("a", string, { required: false })],
    }),
    view("body", {
      method: "POST",
      paramsType: object({ id: number }),
      params: [param("id", number, { in: "path", codec: "number" })],
      path: "/body/{id}",
      input: object({ file: { kind: "blob" } }),
      encoding: "multipart",
      errors: [{ code: "too_big", status: 413, data: null }],
    }),
    view("fetch_view"),
  ],
});

/** A contract without contexts and without mutations. */
export const viewsOnly: Api = api({ views: [view("invoice")] });
