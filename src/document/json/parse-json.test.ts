import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInexact } from "./inexact-number.js";
import { parseJson } from "./parse-json.js";

function codes(text: string): string[] {
  return parseJson(text).problems.map((problem) => problem.code);
}

describe("parseJson", () => {
  it("reads any JSON as JSON.parse does, without a problem", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { parsed, problems } = parseJson(text);
        expect(problems).toEqual([]);
        expect(parsed?.root).toEqual(JSON.parse(text));
      }),
    );
  });

  it("keeps __proto__, constructor and toString as members like any other", () => {
    const root = parseJson('{"__proto__": {"a": 1}, "constructor": 2, "toString": 3}').parsed?.root;
    expect(Object.keys(root ?? {})).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.getPrototypeOf(root)).toBe(Object.prototype);
  });

  it("reports each duplicate key at its second place, and still reads the document", () => {
    const text = '{\n  "a": 1,\n  "b": {"x": 1, "x": 2},\n  "a": 3\n}';
    const { parsed, problems } = parseJson(text);
    expect(
      problems.map(({ code, message, start, end }) => [code, message, text.slice(start, end)]),
    ).toEqual([
      ["E006", 'the key "x" stands twice in one object, first in line 3', '"x"'],
      ["E006", 'the key "a" stands twice in one object, first in line 2', '"a"'],
    ]);
    expect(parsed?.root).toEqual({ a: 3, b: { x: 2 } });
  });

  it("finds duplicates of __proto__", () => {
    expect(codes('{"__proto__": 1, "__proto__": 2}')).toEqual(["E006"]);
  });

  it("reports at most a hundred duplicates", () => {
    expect(codes(`{${Array.from({ length: 5000 }, () => '"a": 1').join(",")}}`)).toHaveLength(100);
  });

  it.each([
    ["arrays", "[".repeat(50_000) + "]".repeat(50_000)],
    ["objects", '{"a":'.repeat(50_000) + "1" + "}".repeat(50_000)],
    ["open arrays", "[".repeat(5_000_000)],
  ])("refuses 50 000 levels of %s cleanly", (_name, text) => {
    expect(codes(text)).toEqual(["E007"]);
  });

  it("reads 1 000 levels, and not one more", () => {
    expect(codes("[".repeat(1000) + "]".repeat(1000))).toEqual([]);
    expect(parseJson("[".repeat(1001) + "]".repeat(1001)).problems).toMatchObject([
      { code: "E007", start: 1000, end: 1001 },
    ]);
  });

  it("does not take brackets and colons in texts for structure", () => {
    expect(codes(`["${"[{:".repeat(2000)}", "\\\\", "\\"[:"]`)).toEqual([]);
  });

  it("gives the text of numbers that JavaScript does not hold, and only of these", () => {
    const text =
      '{"big": 9007199254740993, "ok": 9007199254740991, "wide": 0.1, "long": 0.12345678901234567891, "huge": 1e400, "text": "9007199254740993", "list": [1, 123456789012345678]}';
    const parsed = parseJson(text).parsed;
    const at = (...steps: string[]): string | undefined => parsed?.inexactNumberAt(steps);
    expect(at("big")).toBe("9007199254740993");
    expect(at("ok")).toBeUndefined();
    expect(at("wide")).toBeUndefined();
    expect(at("long")).toBe("0.12345678901234567891");
    expect(at("huge")).toBe("1e400");
    expect(at("text")).toBeUndefined();
    expect(at("list", "0")).toBeUndefined();
    expect(at("list", "1")).toBe("123456789012345678");
    expect(at("missing")).toBeUndefined();
  });
});

describe("isInexact", () => {
  it.each([
    ["0", false],
    ["-0", false],
    ["1.0", false],
    ["1.50", false],
    ["100e-2", false],
    ["0e99999999999", false],
    ["5e-324", false],
    ["1e-400", true],
    ["9007199254740991", false],
    ["-9007199254740991", false],
    ["9007199254740992", true],
    ["9.223372036854776e+18", true],
    ["1e21", true],
    ["1.00000000000000000001", true],
    ["3.14159265358979323846", true],
  ])("%s: %s", (text, expected) => {
    expect(isInexact(text)).toBe(expected);
  });

  it("takes what JavaScript prints for exact, up to 2^53", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }), (value) => {
        expect(isInexact(String(value))).toBe(false);
      }),
    );
  });
});
