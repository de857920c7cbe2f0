import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileNames } from "../test/arbitrary-types.js";
import { InternalFault } from "../internal-fault.js";
import { identifierText, keyText, numberText, stringText } from "./literal.js";

/** The value that JavaScript reads from a literal. */
function read(text: string): unknown {
  return runInNewContext(`"use strict"; (${text})`) as unknown;
}

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...hostileNames));

describe("literals", () => {
  it("strings are read back as they were, and show no invisible character", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const text = stringText(value);
        expect(read(text)).toBe(value);
        expect(text).not.toMatch(/[\n\r\u2028\u2029\u202e\u200b\ufeff]|\p{Surrogate}/u);
      }),
      { numRuns: 2000 },
    );
  });

  it("strings have the quotes that need fewer escapes", () => {
    expect(stringText("it's")).toBe(`"it's"`);
    expect(stringText('a "b"')).toBe(`'a "b"'`);
    expect(stringText(`"'`)).toBe(`"\\"'"`);
    expect(stringText(`"'"\\`)).toBe(`'"\\'"\\\\'`);
  });

  it("numbers are read back as they were", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(numberText(value))).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(numberText(1e21)).toBe("1e21");
    expect(() => numberText(Infinity)).toThrow(InternalFault);
  });

  it("member names are bare where they are identifiers of any script", () => {
    expect(["a", "$_1", "class", "größe", "日本", "__proto__"].map(keyText)).toEqual([
      "a",
      "$_1",
      "class",
      "größe",
      "日本",
      "__proto__",
    ]);
    expect(["", "1", "a-b", "a\u200db", "\u2e2f", "𠮷", "\ua7cb"].map(keyText)).toEqual([
      '""',
      '"1"',
      '"a-b"',
      '"a\\u200db"',
      '"\\u2e2f"',
      '"𠮷"',
      '"\ua7cb"',
    ]);
  });

  it("member names mean the same member", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        fc.pre(name !== "__proto__");
        expect(Object.keys(read(`{ ${keyText(name)}: 1 }`) as object)).toEqual([name]);
      }),
      { numRuns: 2000 },
    );
  });

  it("a name that is no identifier is our fault, and is not printed", () => {
    expect(identifierText("renameUser")).toBe("renameUser");
    for (const name of ["", "a-b", "a b", "1a", "a;b", "a\u202eb"]) {
      expect(() => identifierText(name)).toThrow(InternalFault);
    }
  });
});
