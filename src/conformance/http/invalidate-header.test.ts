import { describe, expect, it } from "vitest";
import { GrammarError, parseInvalidateHeader } from "./invalidate-header.js";

describe("parseInvalidateHeader", () => {
  it("reads contexts with canonical queries and revs", () => {
    expect(parseInvalidateHeader('user;p="user_id=7";rev=42, orders;rev=42,*')).toEqual([
      { context: "user", p: "user_id=7", rev: 42 },
      { context: "orders", p: undefined, rev: 42 },
      { context: "*", p: undefined, rev: undefined },
    ]);
  });

  it("takes an empty header for nothing", () => {
    expect(parseInvalidateHeader("")).toEqual([]);
  });

  it("reads escaped quotes as RFC 9651 has them", () => {
    expect(parseInvalidateHeader('a;p="x=\\"\\\\"')[0]?.p).toBe('x="\\');
  });

  for (const text of [
    '["user"]',
    '{"user": 1}',
    "user;p=user_id=7",
    "user;rev=1234567890123456",
    "user;rev=1.5",
    "user;colour=red",
    "user,",
    "user user",
    'user;p="open',
    'user;p="\u00e9"',
  ]) {
    it(`refuses ${JSON.stringify(text)}, which clients would be lenient about`, () => {
      expect(() => parseInvalidateHeader(text)).toThrow(GrammarError);
    });
  }
});
