import { describe, expect, it } from "vitest";
import { TextLines } from "./text-lines.js";

describe("TextLines", () => {
  it("counts lines and columns from 1, columns in UTF-16 units", () => {
    const lines = new TextLines('{\n  "😀": 1\n}');
    expect(lines.positionAt(0)).toEqual({ line: 1, column: 1 });
    expect(lines.positionAt(4)).toEqual({ line: 2, column: 3 });
    expect(lines.positionAt(10)).toEqual({ line: 2, column: 9 });
    expect(lines.positionAt(12)).toEqual({ line: 3, column: 1 });
  });

  it("ends lines with LF or CRLF", () => {
    const lines = new TextLines("a\r\nb\n\r\nc");
    expect([1, 2, 3, 4, 5].map((number) => lines.line(number))).toEqual([
      "a",
      "b",
      "",
      "c",
      undefined,
    ]);
    expect(lines.positionAt(3)).toEqual({ line: 2, column: 1 });
  });

  it("keeps the line of a place and the one before it, long ones cut around the place", () => {
    const lines = new TextLines(`first\n${"x".repeat(100_000)}`);
    const [before, line] = lines.excerpt(lines.rangeOf(50_006, 50_010));
    expect(before).toEqual({ line: 1, column: 1, text: "first" });
    expect(line).toEqual({ line: 2, column: 49_801, text: "x".repeat(600) });
  });
});
