import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { JsonValue } from "../document.js";
import type { TextMemory } from "../text-memory.js";
import { valueAtSteps } from "../value-at.js";
import { parseJsonAgain } from "./parse-json-again.js";
import { parseJson } from "./parse-json.js";

/** Makes an object long enough to be looked into. */
const long = "x".repeat(3000);

/** What the texts say one after another, each as from nothing. Problems and places as well. */
function readAll(...texts: string[]): JsonValue[] {
  const memory: TextMemory = {};
  return texts.map((text) => readNext(text, memory));
}

function readNext(text: string, memory: TextMemory): JsonValue {
  const expected = parseJson(text);
  const result = parseJsonAgain(text, memory);
  expect(result.problems).toEqual(expected.problems);
  expect(result.parsed === null).toBe(expected.parsed === null);
  // Order of keys is part of what a document says, and -0 is not 0.
  expect(inOrder(result.parsed?.root ?? null)).toStrictEqual(
    inOrder(expected.parsed?.root ?? null),
  );
  const pointers = [...pointersOf(expected.parsed?.root ?? null)];
  const placesIn = ({ parsed }: typeof result): unknown =>
    pointers.map((steps) => [steps, parsed?.locate(steps), parsed?.inexactNumberAt(steps)]);
  expect(placesIn(result)).toEqual(placesIn(expected));
  return result.parsed?.root ?? null;
}

function inOrder(value: JsonValue): unknown {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  return Object.entries(value).map(([key, member]) => [key, inOrder(member)]);
}

function* pointersOf(value: JsonValue, steps: readonly string[] = []): Generator<string[]> {
  yield [...steps];
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) yield* pointersOf(member, [...steps, key]);
}

interface Read {
  readonly text: string;
  readonly root: JsonValue;
}

/** Steps to objects and arrays that are others although the very text stands at the same keys. */
function lostIn(before: Read, after: Read): string[][] {
  const [first, second] = [parseJson(before.text).parsed, parseJson(after.text).parsed];
  return [...pointersOf(after.root)].filter((steps) => {
    const old = first?.locate(steps)?.value;
    const now = second?.locate(steps)?.value;
    if (!old || !now) return false;
    const text = after.text.slice(now.start, now.end);
    if (!/^[{[]/.test(text) || before.text.slice(old.start, old.end) !== text) return false;
    return valueAtSteps(before.root, steps) !== valueAtSteps(after.root, steps);
  });
}

describe("parseJsonAgain", () => {
  it("gives the same root for the same text", () => {
    const text = `{"a": {"b": [1, {}]}, "c": "${long}"}`;
    const [first, second] = readAll(text, text);
    expect(second).toBe(first);
  });

  it("keeps what stands beside a change, and moves", () => {
    const document = (words: string): string =>
      `{"paths": {"/a": {"get": {"summary": "${words}"}}, "/b": {"x": "${long}"}}, "components": {"schemas": {"A": {}}}, "end": []}`;
    const [first, second] = readAll(document("short"), document("much longer than before"));
    const at = (root: JsonValue | undefined, ...steps: string[]): unknown =>
      valueAtSteps(root ?? null, steps);
    expect(second).not.toBe(first);
    expect(at(second, "paths")).not.toBe(at(first, "paths"));
    expect(at(second, "paths", "/a")).not.toBe(at(first, "paths", "/a"));
    for (const steps of [["paths", "/b"], ["components"], ["end"]]) {
      expect(at(second, ...steps)).toBe(at(first, ...steps));
    }
  });

  it("keeps what is unchanged inside of a small object that is not", () => {
    const [first, second] = readAll(
      '{"a": {"b": [1, {"c": 2}], "d": 3}}',
      '{"a": {"b": [1, {"c": 2}], "d": 4}}',
    ) as { a: { b: unknown } }[];
    expect(second?.a).toEqual({ b: [1, { c: 2 }], d: 4 });
    expect(second?.a.b).toBe(first?.a.b);
  });

  it("goes on where a long object is emptied", () => {
    const [first, second] = readAll(
      `{"a": {"b": "${long}"}, "c": {"d": []}}`,
      `{"a": { }, "c": {"d": []}}`,
    ) as Record<string, unknown>[];
    expect(second?.["a"]).toEqual({});
    expect(second?.["c"]).toBe(first?.["c"]);
  });

  it("keeps all of a document that is only laid out anew", () => {
    const value = { a: { b: [1, { c: null }] }, [long]: { d: {}, e: long }, f: [] };
    const [first, ...others] = readAll(
      ...[undefined, 2, "\t", 4, undefined].map((indent) => JSON.stringify(value, null, indent)),
      `\r\n ${JSON.stringify(value, null, 1).replaceAll("\n", " \r\n")}\t`,
    );
    for (const other of others) expect(other).toBe(first);
  });

  it("reads no more than what is new", () => {
    const text = (words: string): string =>
      JSON.stringify({
        paths: Object.fromEntries(
          Array.from({ length: 50 }, (_, n) => [
            `/${String(n)}`,
            { n, long, words: n === 25 && words },
          ]),
        ),
      });
    const memory: TextMemory = {};
    parseJsonAgain(text("a"), memory);
    parseJsonAgain(text("b"), memory);
    const parse = vi.spyOn(JSON, "parse");
    parseJsonAgain(text("something else"), memory);
    const read = parse.mock.calls.map(([part]) => part).join("");
    parse.mockRestore();
    expect(read).toContain("something else");
    expect(read.length).toBeLessThan(200);
  });

  it("tells members in another order from those of before", () => {
    const [first, second] = readAll(
      `{"a": {"x": 1}, "b": {"y": 1, "z": 2}, "c": "${long}"}`,
      `{"b": {"z": 2, "y": 1}, "a": {"x": 1}, "c": "${long}"}`,
    ) as Record<string, unknown>[];
    expect(second).not.toBe(first);
    expect(second?.["a"]).toBe(first?.["a"]);
    expect(second?.["b"]).not.toBe(first?.["b"]);
  });

  it("sees a member that is gone, at either end and in the middle", () => {
    const all = [`"a": 1`, `"b": "${long}"`, `"c": [2]`, `"d": {}`];
    const without = all.map((gone) => `{${all.filter((one) => one !== gone).join(", ")}}`);
    readAll(`{${all.join(", ")}}`, ...without, "{}", `{${all.join(", ")}}`, "{ }");
  });

  it.each([
    ["a number that goes on", `{"a": 1, "b": "${long}"}`, `{"a": 12, "b": "${long}"}`],
    ["a number that goes on at the end", `{"b": "${long}", "a": 1}`, `{"b": "${long}", "a": 1.5}`],
    ["a word that goes on", `{"b": "${long}", "a": true}`, `{"b": "${long}", "a": truer}`],
    ["a text that goes on", `{"b": "${long}", "a": "t"}`, `{"b": "${long}", "a": "t"x}`],
    ["an object that goes on", `{"b": "${long}", "a": {}}`, `{"b": "${long}", "a": {}{}}`],
    ["text behind the root", `{"b": "${long}"}`, `{"b": "${long}"} {}`],
    ["the other bracket at the end", `{"b": "${long}", "a": 1}`, `{"b": "${long}", "a": 1]`],
    ["a comma too many", `{"b": "${long}", "a": 1}`, `{"b": "${long}", "a": 1,}`],
    ["a comma too few", `{"b": "${long}", "a": 1}`, `{"b": "${long}" "a": 1}`],
    ["another character for the comma", `{"b": "${long}", "a": 1}`, `{"b": "${long}"; "a": 1}`],
    ["an object for a list", `{"v": ["k", 5, "${long}"]}`, `{"v": {"k": 5}}`],
    ["a list for an object", `{"v": {"k": 5, "b": "${long}"}}`, `{"v": ["k", 5]}`],
    ["no colon", `{"b": "${long}", "a": 1}`, `{"b": "${long}", "c" 1}`],
    ["no value", `{"b": "${long}", "a": 1}`, `{"b": "${long}", "a": }`],
    ["a key that is no text", `{"b": "${long}", "a": 1}`, `{"b": "${long}", a: 1}`],
    ["a key with a line end", `{"b": "${long}", "a": 1}`, `{"b": "${long}", "a\n": 1}`],
    ["a key with an escape there is none of", `{"b": "${long}"}`, `{"b": "${long}", "\\x": 1}`],
    ["a text that is cut off", `{"b": "${long}", "a": 1}`, `{"b": "${long}`],
    ["white space of other languages", `{"b": "${long}"}`, `{\u00a0"b": "${long}"}`],
    ["a byte order mark", `{"b": "${long}"}`, `\ufeff{"b": "${long}"}`],
    ["nothing", `{"b": "${long}"}`, ""],
    ["white space", `{"b": "${long}"}`, " \n"],
    ["another kind of root", `{"b": "${long}"}`, `["${long}"]`],
    ["a root that is a number", `{"b": "${long}"}`, "1"],
    ["a key twice", `{"b": "${long}", "a": 1}`, `{"b": "${long}", "a": 1, "a": 1}`],
    ["a key twice, of before", `{"a": 1, "b": "${long}"}`, `{"a": 1, "b": "${long}", "a": 1}`],
    ["a new key twice", `{"b": "${long}"}`, `{"b": "${long}", "n": 1, "n": 1}`],
    [
      "a key twice, once escaped",
      `{"a": 1, "b": "${long}"}`,
      `{"a": 1, "b": "${long}", "\\u0061": 1}`,
    ],
    [
      "a key twice further in",
      `{"b": "${long}", "a": {}}`,
      `{"b": "${long}", "a": {"x": {"y": 1, "y": 2}}}`,
    ],
    ["__proto__ twice", `{"b": "${long}"}`, `{"b": "${long}", "__proto__": 1, "__proto__": 2}`],
  ])("finds what is wrong or new: %s, and goes on from the text before", (_name, before, after) => {
    const [first, , third] = readAll(before, after, before);
    if (parseJson(after).problems.length > 0) expect(third).toBe(first);
    else expect(third).toEqual(first);
  });

  it("keeps __proto__ a member like any other", () => {
    const [, second, third] = readAll(
      `{"__proto__": {"a": 1}, "b": "${long}", "c": {"__proto__": [1], "d": {}}}`,
      `{"__proto__": {"a": 1}, "b": "${long}", "c": {"__proto__": [1], "d": {"e": 1}}, "f": 1}`,
      `{"b": "${long}", "__proto__": {"a": 2}, "constructor": {"__proto__": null}}`,
    );
    expect(Object.keys(second ?? {})).toEqual(["__proto__", "b", "c", "f"]);
    expect(Object.keys(third ?? {})).toEqual(["b", "__proto__", "constructor"]);
  });

  it("orders keys that are numbers as JSON.parse does", () => {
    const [, second] = readAll(
      `{"b": "${long}", "2": {}}`,
      `{"b": "${long}", "2": {}, "01": 0, "1": {}}`,
    );
    expect(Object.keys(second ?? {})).toEqual(["1", "2", "b", "01"]);
  });

  it("reads empty keys and escapes in keys", () => {
    const [first, second] = readAll(
      `{"": {"x": []}, "a": {"y": 1}, "\\n\\"\\\\": {}, "b": "${long}"}`,
      `{"": {"x": []}, "\\u0061": {"y": 1}, "\\u000a\\u0022\\\\": {}, "b": "${long}!"}`,
    ) as Record<string, unknown>[];
    for (const key of ["", "a", '\n"\\']) expect(second?.[key]).toBe(first?.[key]);
  });

  it("keeps the container of another spelling of the same texts and numbers", () => {
    const [first, second] = readAll(
      `{"a": [100, "/"], "b": "${long}", "c": 1.0}`,
      `{"\\u0061": [100.0, "\\/"], "b": "${long}", "c": 1}`,
    );
    expect(second).toBe(first);
  });

  it.each([
    ["9007199254740993", "9007199254740992"],
    ["1", "1.00000000000000000001"],
    ["1.00000000000000000001", "1"],
    ["1e400", "1e500"],
  ])("takes %s and %s for different, though they are one number to JavaScript", (before, after) => {
    for (const around of [(n: string) => n, (n: string) => `{"x": [${n}]}`]) {
      const [first, second] = readAll(
        `{"a": {}, "b": "${long}", "n": ${around(before)}}`,
        `{"a": {}, "b": "${long}", "n": ${around(after)}}`,
      ) as Record<string, unknown>[];
      expect(second).not.toBe(first);
      expect(second?.["a"]).toBe(first?.["a"]);
      if (typeof first?.["n"] === "object") expect(second?.["n"]).not.toBe(first["n"]);
    }
  });

  it("knows of a long number that it did not read again, and of one that is gone", () => {
    const memory: TextMemory = {};
    const text = (n: string, a: number): string =>
      `{"n": {"m": ${n}}, "b": "${long}", "a": ${String(a)}}`;
    readNext(text("9007199254740993", 1), memory);
    readNext(text("9007199254740993", 2), memory);
    expect(memory.json?.known.longNumbers).toBe(true);
    readNext(text("1", 2), memory);
    expect(memory.json?.known.longNumbers).toBe(false);
  });

  it("tells -0 from 0", () => {
    const [first, second] = readAll(`{"a": 0, "b": "${long}"}`, `{"a": -0, "b": "${long}"}`);
    expect(second).not.toBe(first);
  });

  it("refuses one level too many, wherever it comes from", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    const deep = (levels: number): string => `{"a": {"c": ${nested(levels)}, "b": "${long}"}}`;
    const memory: TextMemory = {};
    for (const levels of [1, 998, 999, 998, 50_000, 997]) {
      const { problems } = parseJsonAgain(deep(levels), memory);
      expect(problems).toEqual(parseJson(deep(levels)).problems);
      expect(problems.length).toBe(levels > 998 ? 1 : 0);
    }
  });

  it("reads objects that are a thousand levels deep, and differ in the last", () => {
    const deep = (inner: string): string => '{"a":'.repeat(999) + `{${inner}}` + "}".repeat(999);
    const memory: TextMemory = {};
    for (const inner of ["", '"b": 1', '"b": 2', `"b": "${long}"`, `"b": "${long}!"`]) {
      const text = deep(inner);
      expect(JSON.stringify(parseJsonAgain(text, memory).parsed?.root)).toBe(
        JSON.stringify(JSON.parse(text)),
      );
    }
  });

  it("gives what a reading from nothing gives, whatever is edited, and keeps what is not", () => {
    fc.assert(
      fc.property(history, (texts) => {
        const memory: TextMemory = {};
        let before: Read | undefined;
        for (const text of texts) {
          const root = readNext(text, memory);
          if (parseJson(text).problems.length > 0) continue;
          const lost = before && lostIn(before, { text, root });
          expect(lost ?? []).toEqual([]);
          before = { text, root };
        }
      }),
      { numRuns: Number(process.env["MIZAN_FUZZ_RUNS"] ?? 60) },
    );
  }, 240_000);
});

/** Few keys, so that they meet; of every kind. */
const key = fc.constantFrom(
  ...["a", "b", "c", "paths", "", "1", "0", "10", "01", "-1", "__proto__", "constructor", "length"],
  ...[
    "ä",
    "😀",
    "\ud800",
    '"',
    "\\",
    "\n",
    "a/b",
    "~",
    "\u2028",
    "toString",
    `long ${"k".repeat(40)}`,
  ],
);

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.constantFrom("-0", "0", "0.0", "1e0", "1E+2", "9007199254740993", "9007199254740992", "1e400"),
  fc.constantFrom("0.1", "0.12345678901234567891", "1.0", "123456789012345678", "-1.50e-3"),
);

/** A value as text, so that numbers keep their spelling. */
type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "array"; readonly items: readonly Node[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [string, Node])[] };

const leaf: fc.Arbitrary<Node> = fc
  .oneof(
    numbers,
    fc.constantFrom("true", "false", "null", '"\\ud800"', '"\\u0041\\/"', '"a\\\\"', '"{[,:"'),
    fc.string({ unit: "binary", maxLength: 20 }).map((text) => JSON.stringify(text)),
    fc.integer({ min: 1, max: 4 }).map((times) => JSON.stringify("word ".repeat(times * 300))),
  )
  .map((text) => ({ kind: "text", text }));

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("node"), { maxLength: 4 }).map((items): Node => ({ kind: "array", items })),
    {
      weight: 4,
      arbitrary: fc
        .uniqueArray(fc.tuple(key, tie("node")), { maxLength: 7, selector: ([name]) => name })
        .map((members): Node => ({ kind: "object", members })),
    },
  ),
}));

const objectNode = fc
  .uniqueArray(fc.tuple(key, node), { minLength: 2, maxLength: 8, selector: ([name]) => name })
  .map((members): Node => ({ kind: "object", members }));

interface Edit {
  /** Which of the containers it is made in. */
  readonly where: number;
  readonly at: number;
  readonly to: number;
  readonly how: "insert" | "remove" | "rename" | "move" | "replace";
  readonly key: string;
  readonly node: Node;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  where: fc.nat(30),
  at: fc.nat(8),
  to: fc.nat(8),
  how: fc.constantFrom("insert", "remove", "rename", "move", "replace"),
  key,
  node,
});

function countContainers(tree: Node): number {
  if (tree.kind === "text") return 0;
  const inner = tree.kind === "array" ? tree.items : tree.members.map(([, member]) => member);
  return inner.reduce((sum, item) => sum + countContainers(item), 1);
}

/** A key may stand twice after it. */
function edited(tree: Node, change: Edit): Node {
  let countdown = change.where % Math.max(1, countContainers(tree));
  const visit = (at: Node): Node => {
    if (at.kind === "text") return at;
    if (countdown-- === 0) return editedHere(at, change);
    return at.kind === "array"
      ? { kind: "array", items: at.items.map(visit) }
      : { kind: "object", members: at.members.map(([name, member]) => [name, visit(member)]) };
  };
  return visit(tree);
}

function editedHere(at: Exclude<Node, { kind: "text" }>, change: Edit): Node {
  if (at.kind === "array") {
    const members = at.items.map((item) => ["", item] as const);
    return { kind: "array", items: editedList(members, change).map(([, item]) => item) };
  }
  return { kind: "object", members: editedList(at.members, change) };
}

function editedList(
  list: readonly (readonly [string, Node])[],
  { at, to, how, key: name, node: inner }: Edit,
): readonly (readonly [string, Node])[] {
  const index = list.length === 0 ? 0 : at % list.length;
  const chosen = list[index];
  if (how === "insert" || chosen === undefined)
    return list.toSpliced(at % (list.length + 1), 0, [name, inner]);
  const rest = list.toSpliced(index, 1);
  if (how === "remove") return rest;
  if (how === "move") return rest.toSpliced(to % list.length, 0, chosen);
  return list.with(index, how === "rename" ? [name, chosen[1]] : [chosen[0], inner]);
}

interface Layout {
  readonly indent: string;
  readonly lineEnd: string;
  readonly colon: string;
  readonly around: string;
  readonly escaped: boolean;
}

const layout: fc.Arbitrary<Layout> = fc.record({
  indent: fc.constantFrom("", " ", "  ", "\t"),
  lineEnd: fc.constantFrom("", "\n", "\r\n", " "),
  colon: fc.constantFrom(":", ": ", " :\t"),
  around: fc.constantFrom("", "\n", " \r\n\t"),
  escaped: fc.boolean(),
});

function textOf(tree: Node, as: Layout, depth = 0): string {
  if (tree.kind === "text") return tree.text;
  const brackets = tree.kind === "array" ? "[]" : "{}";
  const inner =
    tree.kind === "array"
      ? tree.items.map((item) => textOf(item, as, depth + 1))
      : tree.members.map(
          ([name, member]) => keyText(name, as) + as.colon + textOf(member, as, depth + 1),
        );
  const line = (levels: number): string => as.lineEnd + as.indent.repeat(levels);
  const lines = inner.map((text) => line(depth + 1) + text).join(",");
  return (brackets[0] ?? "") + lines + line(depth) + (brackets[1] ?? "");
}

function keyText(name: string, { escaped }: Layout): string {
  if (!escaped) return JSON.stringify(name);
  const units = Array.from({ length: name.length }, (_, at) => name.charCodeAt(at));
  return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("")}"`;
}

interface Damage {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.nat(),
  remove: fc.nat(3),
  insert: fc.constantFrom(
    "",
    ...[...'{}[]",:\\01 \n\u00a0\u0000etf-.'],
    '"a":',
    ',"a":1',
    "[[",
    "}}",
  ),
});

const step = fc.record({
  edits: fc.array(edit, { maxLength: 3 }),
  layout: fc.option(layout, { freq: 4 }),
  damage: fc.option(damage, { freq: 4 }),
});

/** Ten texts, each the one before with little change; damage is gone with the next. */
const history = fc
  .tuple(objectNode, layout, fc.array(step, { minLength: 9, maxLength: 9 }))
  .map(([tree, first, steps]) => {
    const texts = [first.around + textOf(tree, first) + first.around];
    let [now, as] = [tree, first];
    for (const next of steps) {
      now = next.edits.reduce(edited, now);
      as = next.layout ?? as;
      const text = as.around + textOf(now, as) + as.around;
      texts.push(next.damage === null ? text : damaged(text, next.damage));
    }
    return texts;
  });

function damaged(text: string, { at, remove, insert }: Damage): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}
