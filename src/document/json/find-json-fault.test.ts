import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextLines } from "../text-lines.js";
import { findJsonFault } from "./find-json-fault.js";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const cases: readonly [text: string, place: string, message: string, underlined: string][] = [
  ['{"a": 1,}', "1:8", 'a trailing comma: nothing follows it before "}"', ","],
  ["[1, 2,\n]", "1:6", 'a trailing comma: nothing follows it before "]"', ","],
  ["{'a': 1}", "1:2", "a text in single quotes; JSON has double quotes only", "'"],
  ["{\"a\": 'b'}", "1:7", "a text in single quotes; JSON has double quotes only", "'"],
  ['{"a": NaN}', "1:7", '"NaN" is no number of JSON', "NaN"],
  ['{"a": -Infinity}', "1:7", '"-Infinity" is no number of JSON', "-Infinity"],
  ['{"a": None}', "1:7", '"None" is Python; JSON says "null"', "None"],
  ['{"a": True}', "1:7", '"True" is Python; JSON says "true"', "True"],
  ['{"a": NULL}', "1:7", '"NULL" must be written "null"', "NULL"],
  [
    '{"a": undefined}',
    "1:7",
    '"undefined" is JavaScript; leave the member out or say "null"',
    "undefined",
  ],
  ['{"a": 1 // one\n}', "1:9", "a comment; JSON has none", "//"],
  ["/* x */ {}", "1:1", "a comment; JSON has none", "/*"],
  ["# x\n{}", "1:1", "a comment; JSON has none", "#"],
  ['{"a": "b}', "1:7", "a text that is never closed", '"'],
  [
    '{\n  "a": "b,\n  "c": 1\n}',
    "2:8",
    "a text that is not closed before the end of its line",
    '"b,',
  ],
  ['{"a": "x\ty"}', "1:9", "a control character (U+0009) inside a text", "\t"],
  ['{"a": "\\x41"}', "1:8", '"\\\\x" is no escape sequence of JSON', "\\x"],
  ['{"a": "\\u12"}', "1:8", '"\\\\u" is no escape sequence of JSON', "\\u"],
  ["{a: 1}", "1:2", 'the key "a" must stand in double quotes', "a"],
  ["{x-y: 1}", "1:2", 'the key "x-y" must stand in double quotes', "x-y"],
  ["{1: 1}", "1:2", "a key must be a text in double quotes", "1"],
  ['{"a" 1}', "1:6", 'a colon is missing after this key, found "1"', "1"],
  ['{"a": 1 "b": 2}', "1:9", 'a comma is missing before this member, found "\\""', '"'],
  ["[1 2]", "1:4", 'a comma is missing before this element, found "2"', "2"],
  ["[1,,2]", "1:4", "an element is missing between two commas", ","],
  ['{"a":}', "1:6", 'expected a value, found "}"', "}"],
  ['{"a": 01}', "1:7", '"01" is no number of JSON: it begins with a zero', "01"],
  ['{"a": 1.}', "1:7", '"1." is no number of JSON: a digit must follow the point', "1."],
  ['{"a": .5}', "1:7", "a digit must stand before the point", "."],
  ['{"a": +1}', "1:7", "a number has no plus sign", "+"],
  ['{"a": 0xFF}', "1:7", '"0xFF" is no number of JSON: numbers are decimal', "0xFF"],
  ['{"a": 1_000}', "1:7", '"1_000" is no number of JSON: digits stand without separators', "1_000"],
  ['{"a": 1e}', "1:7", '"1e" is no number of JSON: the exponent has no digits', "1e"],
  ['{"a": -}', "1:7", '"-" is no number of JSON: a digit must follow the minus sign', "-"],
  ['{"a": 10n}', "1:7", '"10n" is no number of JSON: JavaScript\'s bigint is not JSON', "10n"],
  ['{"a": [1, 2}', "1:12", 'expected "]" for the "[" of line 1, found "}"', "}"],
  ['{"a": {"b": 1', "1:14", "the text ends inside the object that began in line 1", ""],
  ["", "1:1", "expected a value, found the end", ""],
  ["{} {}", "1:4", "something follows after the end of the document", "{"],
  ["\n<!DOCTYPE html>", "2:1", "this is an HTML page, not JSON", "<"],
  ["<?xml version='1.0'?>", "1:1", "this is HTML or XML, not JSON", "<"],
  ["openapi: 3.1.0\n", "1:1", "this looks like YAML, not JSON", "o"],
  ['{\n<<<<<<< HEAD\n"a": 1', "2:1", "a merge conflict that was not resolved", "<<<<<<<"],
  ['{"a":\u00a01}', "1:6", "an invisible character (U+00A0) where JSON allows none", "\u00a0"],
  [
    "{\u201ca\u201d: 1}",
    "1:2",
    'typographic quotes; JSON has straight double quotes (") only',
    "\u201c",
  ],
  ['{"😀": "x", }', "1:11", 'a trailing comma: nothing follows it before "}"', ","],
];

describe("findJsonFault", () => {
  it.each(cases)("%j: at %s, %s", (text, place, message, underlined) => {
    const fault = findJsonFault(text);
    const { line, column } = new TextLines(text).positionAt(fault?.start ?? -1);
    expect(`${String(line)}:${String(column)}`).toBe(place);
    expect(fault?.message).toBe(message);
    expect(text.slice(fault?.start, fault?.end)).toBe(underlined);
    expect(fault?.code).toBe("E004");
  });

  it("finds a fault exactly where JSON.parse does not read a text", () => {
    const piece = fc.constantFrom(
      ..."{}[],:\"'\\-+.0123456789eE tfn\n\t/*#<".split(""),
      "null",
      "true",
      "NaN",
      "\\u12aF",
      "\ufeff",
      "1.5e+3",
      '"a"',
      '"a":',
    );
    fc.assert(
      fc.property(
        fc.json(),
        fc.array(fc.tuple(fc.nat(), fc.nat(3), piece), { maxLength: 3 }),
        (json, edits) => {
          let text = json;
          for (const [at, removed, inserted] of edits) {
            const start = at % (text.length + 1);
            text = text.slice(0, start) + inserted + text.slice(start + removed);
          }
          const fault = findJsonFault(text);
          expect(fault === undefined).toBe(isJson(text));
          if (fault) {
            expect(fault.start).toBeLessThanOrEqual(text.length);
            expect(fault.end).toBeGreaterThanOrEqual(fault.start);
          }
        },
      ),
      { numRuns: 5000 },
    );
  });

  it("survives texts without structure of any size", () => {
    for (const text of [
      "[".repeat(900_000),
      '"'.repeat(1_000_001),
      "\\".repeat(1_000_000),
      "-".repeat(1_000_000),
      "a".repeat(1_000_000),
    ]) {
      expect(findJsonFault(text)).toBeDefined();
    }
  });
});
