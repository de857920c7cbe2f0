import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonicalQuery, paramText, type Codecs } from "./canonical.js";
import { dateTimeParam } from "./date-time-param.js";
import { jsonParam } from "./json-param.js";
import { uuidParam } from "./uuid-param.js";

interface Vector {
  readonly name: string;
  readonly params: object;
  readonly encodings: Readonly<Record<string, "json" | "plain">>;
  readonly query: string;
}

const file = new URL("../../docs/protocol/canonical-vectors.json", import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { readonly vectors: Vector[] };

/** The codec that a generator derives for each param of a vector. */
const codecs: Codecs = { at: dateTimeParam, id: uuidParam };

/** The params that a vector says are JSON; the others are plain. */
const encodingsOf = ({ encodings }: Vector): Codecs =>
  Object.fromEntries(
    Object.entries(encodings).flatMap(([name, encoding]) =>
      encoding === "json" ? [[name, jsonParam]] : [],
    ),
  );

describe("canonical query", () => {
  it("has all 48 vectors of the protocol", () => {
    expect(vectors).toHaveLength(48);
  });

  it.each(vectors)("H2 H11: vector $name, with the codecs of the document", (vector) => {
    const plain = vector.name === "int64" ? {} : codecs;
    expect(canonicalQuery(vector.params, { ...plain, ...encodingsOf(vector) })).toBe(vector.query);
  });

  it.each(vectors)("H2 H11: vector $name, where only the values are known", (vector) => {
    expect(canonicalQuery(vector.params, encodingsOf(vector))).toBe(vector.query);
  });

  it.each([
    ["a lone surrogate", { q: "\ud800" }, {}],
    ["a lone surrogate in a json param", { q: { a: ["\udc00"] } }, { q: jsonParam }],
    ["a lone surrogate in a name", { q: { "\ud800": 1 } }, { q: jsonParam }],
    ["NaN", { n: NaN }, {}],
    ["Infinity", { n: Infinity }, { n: "number" }],
    ["NaN in a json param", { n: [NaN] }, { n: jsonParam }],
    ["a date-time without an offset", { at: "2026-01-02T03:04:05" }, { at: dateTimeParam }],
    ["no date at all", { at: "yesterday" }, { at: dateTimeParam }],
    ["an invalid Date", { at: new Date(NaN) }, {}],
    ["null inside a list", { l: [1, null] }, { l: "number[]" }],
    ["an object where a scalar belongs", { n: {} }, { n: "number" }],
  ] as const)("refuses %s", (_what, params, given) => {
    expect(() => canonicalQuery(params, given)).toThrow(
      expect.objectContaining({ name: "MizanError", code: "invalid_params" }),
    );
  });

  it("refuses a json param nested 50 000 deep with a clean error", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(() => jsonParam(deep)).toThrow(expect.objectContaining({ code: "invalid_params" }));
  });

  it("scenario 5: absent params and their order make no difference", () => {
    const queries = [{ a: 1, b: undefined }, { b: undefined, a: 1 }, { a: 1 }].map((params) =>
      canonicalQuery(params, { a: "number", b: "string" }),
    );
    expect(new Set(queries)).toEqual(new Set(["a=1"]));
  });

  it("scenario 5: Date, bigint, -0 and nested lists have one text each", () => {
    const at = new Date("2026-01-02T03:04:05.500Z");
    expect(canonicalQuery({ at }, { at: dateTimeParam })).toBe("at=2026-01-02T03%3A04%3A05.5Z");
    expect(canonicalQuery({ at: "2026-01-02T05:04:05.5000+02:00" }, { at: dateTimeParam })).toBe(
      "at=2026-01-02T03%3A04%3A05.5Z",
    );
    expect(canonicalQuery({ id: 9007199254740993n })).toBe("id=9007199254740993");
    expect(canonicalQuery({ n: -0 })).toBe("n=0");
    expect(canonicalQuery({ f: [[1], [2, { b: 1, a: undefined }]] }, { f: jsonParam })).toBe(
      "f=%5B%5B1%5D%2C%5B2%2C%7B%22b%22%3A1%7D%5D%5D",
    );
  });

  it('scenario 5: 1 and "1" are the same number and the same text, but not the same JSON', () => {
    expect(paramText("a", "1", { a: "number" })).toBe(paramText("a", 1, { a: "number" }));
    expect(paramText("a", 1, { a: "string" })).toBe(paramText("a", "1", { a: "string" }));
    expect(paramText("a", "1", { a: jsonParam })).not.toBe(paramText("a", 1, { a: jsonParam }));
  });

  it("sorts by name, not by what follows it", () => {
    expect(canonicalQuery({ a1: 1, a: 1, a_b: 1 })).toBe("a=1&a1=1&a_b=1");
  });

  it("keeps microseconds and trims zeros", () => {
    const codec = { at: dateTimeParam };
    expect(canonicalQuery({ at: "2026-01-02T03:04:05.123400Z" }, codec)).toBe(
      "at=2026-01-02T03%3A04%3A05.1234Z",
    );
    expect(canonicalQuery({ at: "2026-01-02t03:04:05.000z" }, codec)).toBe(
      "at=2026-01-02T03%3A04%3A05Z",
    );
  });

  it("takes names such as __proto__ and constructor as any other", () => {
    const params = JSON.parse('{"__proto__":1,"constructor":2,"toString":3}') as object;
    expect(canonicalQuery(params)).toBe("__proto__=1&constructor=2&toString=3");
  });
});
