import { describe, expect, it } from "vitest";
import { printable, quote } from "./quote.js";

describe("quote", () => {
  it("puts text in double quotes on one line", () => {
    expect(quote('a "b"\nc')).toBe('"a \\"b\\"\\nc"');
  });
  it("shows bidirectional controls, separators and lone surrogates instead of printing them", () => {
    expect(quote("a\u202eb\u2028c\u{1f600}\ud800")).toBe('"a\\u202eb\\u2028c\u{1f600}\\ud800"');
  });
  it("cuts long text without splitting a character", () => {
    expect(quote("a".repeat(100), 5)).toBe('"aaaaa…"');
    expect(quote("aaaa\u{1f600}bbb", 5)).toBe('"aaaa…"');
  });
});

describe("printable", () => {
  it("makes escape sequences and new lines visible", () => {
    expect(printable("\u001b[31mred\u001b[0m\r\n\u0085")).toBe(
      "\\u001b[31mred\\u001b[0m\\u000d\\u000a\\u0085",
    );
  });
  it("leaves the scripts of the world and emoji alone", () => {
    const text = "naïve 日本語 עברית 👩\u200d💻";
    expect(printable(text)).toBe(text);
  });
});
