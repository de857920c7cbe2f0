import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeParam } from "../schema/decode-param.js";
import type { JsonSchema } from "../schema/json-schema.js";
import { planParam } from "../schema/param-plan.js";
import { wireValue } from "../schema/wire-value.js";
import { parseJson } from "../json/parse-json.js";
import { readQuery } from "../serve/read-query.js";
import { cacheKey } from "./cache-key.js";
import { canonicalQuery, type Encoding } from "./canonical-query.js";

interface Vector {
  readonly name: string;
  readonly params: Record<string, unknown>;
  readonly encodings: Record<string, Encoding>;
  readonly context: string;
  readonly scope: string;
  readonly rev: number;
  readonly query: string;
  readonly key: string;
}

const file = JSON.parse(
  readFileSync(
    new URL("../../../../docs/protocol/canonical-vectors.json", import.meta.url),
    "utf8",
  ),
) as {
  secret: string;
  app: string;
  fingerprint: string;
  vectors: Vector[];
  reject: { name: string }[];
};

const none = new Map<string, JsonSchema>();

describe("the 48 vectors of the protocol (T8, H11)", () => {
  it("are 48", () => expect(file.vectors).toHaveLength(48));

  it.each(file.vectors)("$name", async ({ params, encodings, query, ...rest }) => {
    expect(canonicalQuery(params, encodings)).toBe(query);
    const { secret, app, fingerprint } = file;
    const { context, scope: viewer, rev, key } = rest;
    expect(await cacheKey(secret, { app, context, query, viewer, rev, fingerprint })).toBe(key);
  });
});

describe("what no text can stand for is refused", () => {
  const dateTime: JsonSchema = { type: "string", format: "date-time" };
  const cases: Record<string, () => unknown> = {
    "lone-surrogate": () =>
      canonicalQuery(JSON.parse('{"q":"\\ud800"}') as Record<string, unknown>),
    nan: () => canonicalQuery({ n: NaN }),
    "unsafe-int": () =>
      decodeParam(planParam("n", { type: "integer" }, true, none), ["9007199254740992"]),
    "naive-datetime": () => wireValue("2026-01-02T03:04:05", dateTime, none),
  };

  it.each(file.reject)("$name", ({ name }) => {
    expect(cases[name]).toThrow(expect.objectContaining({ name: "JsonFault" }) as Error);
  });

  it.each([Infinity, -Infinity])("%s", (n) => {
    expect(() => canonicalQuery({ n })).toThrow();
    expect(() => canonicalQuery({ n: [n] }, { n: "json" })).toThrow();
  });
});

it("a date-time is written in UTC, without the zeros at the end of its fraction", () => {
  const schema = { type: "string", format: "date-time" };
  const wire = (text: string): unknown => wireValue(text, schema, none);
  expect(wire("2026-01-02T05:04:05.120+02:00")).toBe("2026-01-02T03:04:05.12Z");
  expect(wire("2026-01-02T03:04:05.123456789Z")).toBe("2026-01-02T03:04:05.123456789Z");
});

describe("10 000 random values (H11)", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 12 });
  const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const scalars = { boolean: fc.boolean(), integer: fc.maxSafeInteger(), number, string: text };
  const param = fc.constantFrom("boolean", "integer", "number", "string").chain((type) =>
    fc.oneof(
      scalars[type].map((value) => ({ schema: { type }, value: value })),
      fc
        .array<unknown>(scalars[type] as fc.Arbitrary<unknown>, { maxLength: 5 })
        .map((value) => ({ schema: { type: "array", items: { type }, default: [] }, value })),
      fc
        .jsonValue({ maxDepth: 4, stringUnit: "grapheme" })
        .map((value) => ({ schema: {}, value: withoutProto(value) })),
    ),
  );

  it("are read back from their query as they were", () => {
    const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/);
    fc.assert(
      fc.property(fc.dictionary(names, param, { maxKeys: 5 }), (params) => {
        const plans = Object.entries(params).map(([name, { schema }]) =>
          planParam(name, schema, false, none),
        );
        const values = Object.fromEntries(
          Object.entries(params).map(([name, { value }]) => [name, value]),
        );
        const encodings = Object.fromEntries(plans.map(({ name, encoding }) => [name, encoding]));
        const query = canonicalQuery(values, encodings);
        expect(query).toMatch(/^[\w.~%&=-]*$/);
        const texts = readQuery(query);
        for (const plan of plans) {
          const decoded = decodeParam(plan, texts.get(plan.name) ?? []);
          // -0 is written as 0.
          expect(decoded === undefined ? [] : decoded).toEqual(
            parseJson(JSON.stringify(values[plan.name])),
          );
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

function withoutProto(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto")) as unknown;
}
