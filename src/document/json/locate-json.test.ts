import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { child, stepsOf } from "../pointer.js";
import { JsonLocator } from "./locate-json.js";

/** Text of a value with random white space wherever JSON allows it. */
function spaced(value: unknown, space: () => string): string {
  const text = Array.isArray(value)
    ? `[${value.map((item) => spaced(item, space)).join(",")}]`
    : typeof value === "object" && value !== null
      ? `{${Object.entries(value)
          .map(([key, item]) => `${space()}${JSON.stringify(key)}${space()}:${spaced(item, space)}`)
          .join(",")}${space()}}`
      : JSON.stringify(value);
  return `${space()}${text}${space()}`;
}

function* everyPointer(
  value: unknown,
  pointer = "#",
): Generator<[pointer: string, value: unknown]> {
  yield [pointer, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* everyPointer(item, child(pointer, key));
}

const spaces = fc.array(fc.constantFrom("", " ", "\n", "\r\n", "\t", "  "), {
  minLength: 1,
  maxLength: 20,
});

describe("JsonLocator", () => {
  it("finds every value of any JSON, whatever the white space, in whatever order it is asked", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: false }),
        spaces,
        fc.nat(),
        (raw, blanks, seed) => {
          const value = JSON.parse(JSON.stringify(raw)) as unknown;
          let turn = 0;
          const text = spaced(value, () => blanks[turn++ % blanks.length] ?? "");
          const locator = new JsonLocator(text);
          const pointers = [...everyPointer(value)];
          const start = seed % pointers.length;
          for (const [pointer, expected] of [
            ...pointers.slice(start),
            ...pointers.slice(0, start),
          ]) {
            const steps = stepsOf(pointer);
            const place = locator.locate(steps);
            const { value: at, key } = place ?? { value: { start: 0, end: 0 }, key: null };
            expect(JSON.parse(text.slice(at.start, at.end))).toEqual(expected);
            expect(text.slice(at.start, at.end)).toBe(text.slice(at.start, at.end).trim());
            if (key) expect(JSON.parse(text.slice(key.start, key.end))).toBe(steps.at(-1));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("finds nothing where there is nothing", () => {
    const locator = new JsonLocator('{"a": [1, {"b": "}"}], "c": {}, "d": []}');
    for (const steps of [
      ["x"],
      ["a", "2"],
      ["a", "01"],
      ["a", "0", "b"],
      ["c", "x"],
      ["d", "0"],
      ["__proto__"],
    ]) {
      expect(locator.locate(steps)).toBeUndefined();
    }
    expect(locator.locate(["a", "1", "b"])).toBeDefined();
  });

  it("gives the span of a key beside that of its value", () => {
    const text = '{ "a~/b" : "x" }';
    expect(new JsonLocator(text).locate(["a~/b"])).toEqual({
      key: { start: 2, end: 8 },
      value: { start: 11, end: 14 },
    });
  });

  it("lists keys that stand twice, escaped ones too", () => {
    const text = '{"a": {"b": 1}, "b": 2, "\\u0061": 3, "a": 4, "s": "\\"a\\": 1"}';
    const found = [...JsonLocator.duplicateKeys(text)];
    expect(found.map(({ key, again }) => [key, text.slice(again.start, again.end)])).toEqual([
      ["a", '"\\u0061"'],
      ["a", '"a"'],
    ]);
  });
});
