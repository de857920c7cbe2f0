import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUtf8 } from "./decode-utf8.js";

describe("decodeUtf8", () => {
  it("drops a byte order mark", () => {
    expect(decodeUtf8(Buffer.from("\ufeff{}"))).toEqual({ text: "{}" });
  });

  it("reads characters of any length wherever they stand in a long text", () => {
    for (const character of ["a", "é", "–", "😀", "\ufeff"]) {
      for (let before = 0; before < 5; before++) {
        const text = "x".repeat(before) + character.repeat(20_000) + "y".repeat(20_000) + character;
        expect(decodeUtf8(Buffer.from(text)).text === text.replace(/^\ufeff/, "")).toBe(true);
      }
    }
  });

  it("names the first byte that is not UTF-8, and gives the text before it", () => {
    const { text, problem } = decodeUtf8(Buffer.from([0x61, 0xc3, 0xa9, 0x0a, 0x62, 0xe9, 0x63]));
    expect(text).toBe("aé\nb");
    expect(problem).toMatchObject({
      code: "E003",
      message: "the byte 0xE9 at offset 5 is not UTF-8",
      start: 4,
    });
  });

  it.each([
    ["UTF-16LE", Buffer.from("\ufeff{}", "utf16le")],
    ["UTF-16LE", Buffer.from("{}", "utf16le")],
    ["UTF-16BE", Buffer.from("\ufeff{}", "utf16le").swap16()],
    ["UTF-16BE", Buffer.from("{}", "utf16le").swap16()],
  ])("recognises %s", (name, bytes) => {
    expect(decodeUtf8(bytes).problem?.message).toBe(`the input is ${name}, not UTF-8`);
  });

  it("finds the end of the longest prefix that is UTF-8, in any bytes", () => {
    const byte = fc.oneof(
      fc.constantFrom(0x41, 0xc2, 0xe0, 0xed, 0xf0, 0xf4, 0x80, 0x90, 0xa0, 0xbf),
      fc.integer({ min: 1, max: 255 }),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 30 }), (list) => {
        const bytes = Buffer.from(list);
        const { text, problem } = decodeUtf8(bytes);
        if (problem?.message.startsWith("the input is UTF-16") === true) return;
        expect(problem === undefined).toBe(isUtf8(bytes));
        if (!problem) return;
        let longest = 0;
        for (let end = 0; end <= bytes.length; end++) {
          if (isUtf8(bytes.subarray(0, end))) longest = end;
        }
        expect(problem.message).toContain(`at offset ${String(longest)} `);
        expect(text).toBe(bytes.toString("utf8", 0, longest).replace(/^\ufeff/, ""));
      }),
      { numRuns: 2000 },
    );
  });
});
