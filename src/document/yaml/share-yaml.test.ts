import { describe, expect, it } from "vitest";
import type { JsonValue } from "../document.js";
import type { ParsedText } from "../parsed-file.js";
import type { TextMemory } from "../text-memory.js";
import { valueAtSteps } from "../value-at.js";
import { parseYaml } from "./parse-yaml.js";

async function readAll(...texts: string[]): Promise<ParsedText[]> {
  const memory: TextMemory = {};
  const read: ParsedText[] = [];
  for (const text of texts) {
    const expected = await parseYaml(text);
    const { parsed, problems } = await parseYaml(text, memory);
    expect(problems).toEqual(expected.problems);
    expect(JSON.stringify(parsed?.root)).toBe(JSON.stringify(expected.parsed?.root));
    for (const steps of pointersOf(expected.parsed?.root ?? null)) {
      expect(parsed?.locate(steps)).toEqual(expected.parsed?.locate(steps));
      expect(parsed?.inexactNumberAt(steps)).toBe(expected.parsed?.inexactNumberAt(steps));
    }
    if (parsed) read.push(parsed);
  }
  return read;
}

function* pointersOf(value: JsonValue, steps: readonly string[] = []): Generator<string[]> {
  yield [...steps];
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) yield* pointersOf(member, [...steps, key]);
}

const at = (parsed: ParsedText | undefined, ...steps: string[]): JsonValue | undefined =>
  valueAtSteps(parsed?.root ?? null, steps);

describe("parseYaml with a memory", () => {
  it("keeps what says the same, and finds it where it stands now", async () => {
    const [first, second, third] = await readAll(
      "a:\n  x: {y: 1}\nb: [1, {c: d}]\n",
      "# moved\na:\n  x: {y: 1}\n  z: 2\n\nb:\n  - 1\n  - c: d\n",
      "a:\n  x: {y: 1}\n  z: 2\nb: [1, {c: e}]\n",
    );
    expect(at(second)).not.toBe(at(first));
    expect(at(second, "a", "x")).toBe(at(first, "a", "x"));
    expect(at(second, "b")).toBe(at(first, "b"));
    expect(at(third, "a")).toBe(at(second, "a"));
    expect(at(third, "b", "1")).not.toBe(at(second, "b", "1"));
  });

  it("keeps a document that only its comments and spaces tell from the one before", async () => {
    const [first, second] = await readAll("a: {b: [1]}\n", "# hello\na:\n  b:\n    - 1\n");
    expect(at(second)).toBe(at(first));
  });

  it("reads aliases and merge keys", async () => {
    const [first, second] = await readAll(
      "a: &a {x: [1]}\nb: *a\nc: {<<: *a, y: 1}\n",
      "a: &a {x: [1]}\nb: *a\nc: {<<: *a, y: 2}\n",
    );
    for (const key of ["a", "b"]) expect(at(second, key)).toBe(at(first, key));
    expect(at(second, "c", "x")).toBe(at(first, "c", "x"));
  });

  it("tells numbers apart that are one to JavaScript", async () => {
    const [first, second, third] = await readAll(
      "a: {n: 9007199254740993, m: {}}\nb: {}\n",
      "a: {n: 9007199254740992, m: {}}\nb: {}\n",
      "# the same\na: {n: 9007199254740992, m: {}}\nb: {}\n",
    );
    expect(at(second, "a")).not.toBe(at(first, "a"));
    expect(at(second, "a", "m")).toBe(at(first, "a", "m"));
    expect(at(second, "b")).toBe(at(first, "b"));
    expect(at(third)).toBe(at(second));
  });

  it("goes on from the last text without a problem", async () => {
    const [first, , third] = await readAll("a: {b: 1}\n", "a: {b: 1}\na: 2\n", "a: {b: 1}\n");
    expect(at(third)).toBe(at(first));
    const [before, after] = await readAll("a: {b: 1}\n", "a: {b: 1\n", "a: {b: 1}\n");
    expect(at(after)).toBe(at(before));
  });

  it("remembers JSON as well, and one text only", async () => {
    const memory: TextMemory = {};
    const json = '{"a": {"b": 1}}';
    const first = await parseYaml(json, memory);
    expect((await parseYaml(`${json} `, memory)).parsed?.root).toBe(first.parsed?.root);
    await parseYaml("a: 1\n", memory);
    expect(Object.values(memory).filter((known) => known !== undefined)).toHaveLength(1);
    await parseYaml(json, memory);
    expect(Object.values(memory).filter((known) => known !== undefined)).toHaveLength(1);
  });
});
