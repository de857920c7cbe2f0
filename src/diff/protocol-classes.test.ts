import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../document/document.js";
import { listOf, mutation, nullable, param, query, ref, small } from "../ir/test/small-document.js";
import type { Audience, ChangeClass, ContractChange } from "./contract-change.js";
import { describeChange } from "./describe-change.js";
import { diffDocuments } from "./test/diff-documents.js";

const text = { type: "string" };
const integer = { type: "integer" };
const status = (...values: readonly string[]): JsonObject => ({ type: "string", enum: values });

function object(properties: JsonObject, required = Object.keys(properties)): JsonObject {
  return { type: "object", properties, required };
}

const user = query(ref("User"));
const base = { user };

/** A document whose mutation `f` takes and answers these. */
function call(input: JsonValue, output: JsonValue = null, more: JsonObject = {}): JsonObject {
  return small({ ...base, f: mutation({ input, output, ...more }) });
}

function answer(output: JsonValue): JsonObject {
  return call(null, output);
}

function reading(params: readonly JsonValue[], more: JsonObject = {}): JsonObject {
  return small({ user: query(ref("User"), { params: params as JsonValue, ...more }) });
}

function caching(scope: string, functions: JsonObject = base): JsonObject {
  return small(functions, { contexts: { user: { cache: { scope } } } });
}

type Row = [
  title: string,
  before: JsonObject,
  after: JsonObject,
  expected: ChangeClass,
  line: string,
  breaks?: readonly Audience[],
];

const both: readonly Audience[] = ["clients", "code"];
const id = param("user_id", integer);

/** Protocol 2.6, a row for each row, and the rules of variance that it stands on. */
const rows: Row[] = [
  ["new function", small(base), small({ ...base, ping: mutation() }), "compatible", "+ ping"],
  [
    "new context",
    small(base),
    small({ ...base, orders: query(ref("Page"), { context: "orders" }) }),
    "compatible",
    "+ context orders",
  ],
  [
    "new function in an existing context",
    small(base),
    small({ ...base, friends: query(listOf(ref("User"))) }),
    "compatible",
    "+ friends",
  ],
  [
    "new optional param",
    reading([id]),
    reading([id, param("q", text, { required: false })]),
    "compatible",
    "~ context user: params.q is new (optional)",
  ],
  [
    "new optional input field",
    call(object({ a: text })),
    call(object({ a: text, b: text }, ["a"])),
    "compatible",
    "~ f: input.b is new (optional)",
  ],
  [
    "new output field",
    answer(object({ a: text })),
    answer(object({ a: text, b: text })),
    "compatible",
    "~ f: output.b is new",
  ],
  [
    "new error code",
    call(null),
    call(null, null, { errors: { taken: { status: 409 } } }),
    "compatible",
    "~ f: errors.taken is new (status 409)",
  ],
  [
    "output field removed",
    answer(object({ a: text, b: text })),
    answer(object({ a: text })),
    "breaking",
    "~ f: output.b is gone",
    both,
  ],
  [
    "output field retyped",
    answer(object({ a: text })),
    answer(object({ a: integer })),
    "breaking",
    "~ f: output.a is now number, was string",
    both,
  ],
  [
    "output field made nullable",
    answer(object({ a: text })),
    answer(object({ a: nullable(text) })),
    "breaking",
    "~ f: output.a may now be null",
    both,
  ],
  [
    "output field made optional",
    answer(object({ a: text })),
    answer(object({ a: text }, [])),
    "breaking",
    "~ f: output.a may now be absent",
    both,
  ],
  [
    "enum value added to an output (warn)",
    answer(status("open", "paid")),
    answer(status("open", "paid", "lost")),
    "review",
    '~ f: output may now be "lost"',
    both,
  ],
  [
    "required input added",
    call(object({ a: text })),
    call(object({ a: text, b: text })),
    "breaking",
    "~ f: input.b is new and required",
    both,
  ],
  [
    "required param added",
    reading([id]),
    reading([id, param("q", text)]),
    "breaking",
    "~ context user: params.q is new and required",
    both,
  ],
  [
    "input made required",
    call(object({ a: text }, [])),
    call(object({ a: text })),
    "breaking",
    "~ f: input.a is now required",
    both,
  ],
  [
    "input type narrowed",
    call(object({ a: status("x", "y") })),
    call(object({ a: status("x") })),
    "breaking",
    '~ f: input.a can no longer be "y"',
    both,
  ],
  [
    "input no longer nullable",
    call(object({ a: nullable(text) })),
    call(object({ a: text })),
    "breaking",
    "~ f: input.a is no longer null",
    both,
  ],
  [
    "default of an input changed",
    call(object({ a: { type: "integer", default: 1 } }, [])),
    call(object({ a: { type: "integer", default: 2 } }, [])),
    "breaking",
    "~ f: input.a is now 2 when left out, was 1",
    ["clients"],
  ],
  [
    "default of a param changed",
    reading([id, param("page", { type: "integer", default: 1 }, { required: false })]),
    reading([id, param("page", { type: "integer", default: 0 }, { required: false })]),
    "breaking",
    "~ context user: params.page is now 0 when left out, was 1",
    ["clients"],
  ],
  [
    "function removed",
    small({ ...base, ping: mutation() }),
    small(base),
    "breaking",
    "- ping",
    both,
  ],
  [
    "function renamed",
    small({ ...base, rename: mutation() }),
    small({ ...base, call_it: mutation() }),
    "breaking",
    "~ call_it: is new and has the signature of rename, which is gone: it looks renamed",
    both,
  ],
  [
    "context removed",
    small({ ...base, orders: query(ref("Page"), { context: "orders" }) }),
    small(base),
    "breaking",
    "- context orders",
    both,
  ],
  [
    "context renamed",
    small({ user }),
    small({ user: query(ref("User"), { context: "person" }) }),
    "breaking",
    "~ context person: is new and has the functions of user: it looks renamed",
    both,
  ],
  [
    "merge slot changed",
    small({ a: user, b: user, f: mutation({ merge: [{ context: "user", slot: "a" }] }) }),
    small({ a: user, b: user, f: mutation({ merge: [{ context: "user", slot: "b" }] }) }),
    "breaking",
    "~ f: merge.user.b is now filled from the answer, was user.a",
    both,
  ],
  [
    "key changed",
    small({ all: query(listOf(ref("User")), { key: ["id"] }) }),
    small({ all: query(listOf(ref("User")), { key: ["name"] }) }),
    "breaking",
    "~ all: key is now name, was id",
    ["clients"],
  ],
  [
    "cache.scope private to public",
    caching("private"),
    caching("public"),
    "review",
    "~ context user: cache.scope is now public, was private",
    [],
  ],
  [
    "cache.scope public to private",
    caching("public"),
    caching("private"),
    "breaking",
    "~ context user: cache.scope is now private, was public",
    ["clients"],
  ],
  // Variance the other way.
  [
    "input widened",
    call(object({ a: text })),
    call(object({ a: nullable(text) })),
    "compatible",
    "~ f: input.a may now be null",
  ],
  [
    "enum value added to an input",
    call(object({ a: status("x") })),
    call(object({ a: status("x", "y") })),
    "compatible",
    '~ f: input.a may now be "y"',
  ],
  [
    "enum value removed from an output",
    answer(status("open", "paid")),
    answer(status("open")),
    "compatible",
    '~ f: output can no longer be "paid"',
  ],
  [
    "output no longer nullable",
    answer(nullable(text)),
    answer(text),
    "compatible",
    "~ f: output is no longer null",
  ],
  [
    "output field always there",
    answer(object({ a: text }, [])),
    answer(object({ a: text })),
    "compatible",
    "~ f: output.a is now always there",
  ],
  [
    "input field removed",
    call(object({ a: text, b: text }, ["a"])),
    call(object({ a: text })),
    "breaking",
    "~ f: input.b is gone",
    both,
  ],
  [
    "output closed list became any text",
    answer(status("open")),
    answer(text),
    "breaking",
    '~ f: output is now string, was "open"',
    both,
  ],
  [
    "a call that answered nothing answers something",
    answer(null),
    answer(text),
    "compatible",
    "~ f: output is new: it answered nothing before",
  ],
  [
    "an argument where there was none, optional",
    call(null),
    call(object({ a: text }, [])),
    "compatible",
    "~ f: input.a is new (optional)",
  ],
  [
    "bound raised in an input",
    call(object({ a: { type: "string", minLength: 1 } })),
    call(object({ a: { type: "string", minLength: 2 } })),
    "breaking",
    "~ f: input.a has minLength 2 now, was 1",
    ["clients"],
  ],
  [
    "bound lifted in an input",
    call(object({ a: { type: "string", maxLength: 5 } })),
    call(object({ a: text })),
    "compatible",
    "~ f: input.a has no maxLength any more, was 5",
  ],
  [
    "bound lifted in an output",
    answer(object({ a: { type: "integer", maximum: 5 } })),
    answer(object({ a: integer })),
    "review",
    "~ f: output.a has no maximum any more, was 5",
    ["clients"],
  ],
  [
    "format of an output changed",
    answer(object({ a: { type: "string", format: "date" } })),
    answer(object({ a: { type: "string", format: "date-time" } })),
    "review",
    "~ f: output.a has format date-time now, was date",
    ["clients"],
  ],
  [
    "int32 became int64 in an input",
    call(object({ a: { type: "integer", format: "int32" } })),
    call(object({ a: { type: "integer", format: "int64" } })),
    "compatible",
    "~ f: input.a has format int64 now, was int32",
  ],
  [
    "signing in became required",
    call(null, null, { auth: { mode: "optional" } }),
    call(null, null, { auth: { mode: "required" } }),
    "breaking",
    "~ f: auth is now required, was optional",
    ["clients"],
  ],
  [
    "error code removed",
    call(null, null, { errors: { taken: { status: 409 } } }),
    call(null),
    "review",
    "~ f: errors.taken is gone",
    ["code"],
  ],
  [
    "no longer idempotent",
    call(null, null, { idempotent: true }),
    call(null),
    "breaking",
    "~ f: is no longer idempotent",
    ["clients"],
  ],
  [
    "deprecated",
    call(null),
    call(null, null, { deprecated: true }),
    "compatible",
    "~ f: is deprecated",
  ],
  [
    "described in other words",
    call(null, null, { summary: "One." }),
    call(null, null, { summary: "Two." }),
    "neutral",
    "~ f: is described in other words",
  ],
  [
    "type renamed",
    small({ user: query(ref("Part")) }),
    small({ user: query(ref("Portion")) }, { schemas: { Portion: object({ name: text }) } }),
    "review",
    "~ Portion: was called Part",
    ["code"],
  ],
];

describe("protocol 2.6: classes of compatibility", () => {
  it.each(rows)("%s", async (_title, before, after, expected, line, breaks = []) => {
    const changes = await diffDocuments(before, after);
    const found = changes.find((change) => describeChange(change) === line);
    expect(changes.map(describeChange)).toContain(line);
    expect(found).toMatchObject({ class: expected, breaks });
    // Nothing else is told that would be worse.
    const severity: readonly ChangeClass[] = ["neutral", "compatible", "review", "breaking"];
    const rank = (change: ContractChange): number => severity.indexOf(change.class);
    expect(Math.max(...changes.map(rank))).toBe(severity.indexOf(expected));
  });
});
