import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { child, stepsOf } from "../pointer.js";
import { TextLines } from "../text-lines.js";
import { parseYaml } from "./parse-yaml.js";

async function valueOf(text: string): Promise<unknown> {
  const { parsed, problems } = await parseYaml(text);
  expect(problems).toEqual([]);
  return parsed?.root;
}

async function problemsOf(text: string): Promise<string[]> {
  const { problems } = await parseYaml(text);
  const lines = new TextLines(text);
  return problems.map(({ code, message, start }) => {
    const { line, column } = lines.positionAt(start);
    return `${code} ${String(line)}:${String(column)} ${message}`;
  });
}

async function textAt(
  text: string,
  pointer: string,
  part: "key" | "value" = "value",
): Promise<string> {
  const place = (await parseYaml(text)).parsed?.locate(stepsOf(pointer));
  const span = part === "key" ? place?.key : place?.value;
  return text.slice(span?.start, span?.end);
}

describe("parseYaml", () => {
  it("reads the core schema of YAML 1.2: dates and yes are texts, 0o is octal, 0b is a text", async () => {
    const text =
      "d: 2020-01-01\nt: 2020-01-01T00:00:00Z\ny: yes\nn: NO\nb: 0b11\no: 0o17\nx: 0x1F\nf: 1e3\nnil: ~\ne:\ns: '1'\n";
    expect(await valueOf(text)).toEqual({
      d: "2020-01-01",
      t: "2020-01-01T00:00:00Z",
      y: "yes",
      n: "NO",
      b: "0b11",
      o: 15,
      x: 31,
      f: 1000,
      nil: null,
      e: null,
      s: "1",
    });
  });

  it("stays with YAML 1.2 when a directive asks for 1.1", async () => {
    expect(await valueOf("%YAML 1.1\n---\na: yes\nb: 017\nc: 2020-01-01\n")).toEqual({
      a: "yes",
      b: 17,
      c: "2020-01-01",
    });
  });

  it("makes texts of all keys, as they are written", async () => {
    expect(await valueOf("200: a\n1.0: b\ntrue: c\nnull: d\n0x1F: e\n")).toEqual({
      200: "a",
      "1.0": "b",
      true: "c",
      null: "d",
      "0x1F": "e",
    });
  });

  it("merges: own members win, then the first of several sources", async () => {
    const text =
      "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  y: 3\n  <<: [*a, *b]\n  w: 4\nd:\n  <<: *a\n  x: 9\n";
    expect(await valueOf(text)).toMatchObject({ c: { x: 1, y: 3, z: 2, w: 4 }, d: { x: 9, y: 1 } });
  });

  it("takes a quoted << for a key like any other", async () => {
    expect(await valueOf('a: {"<<": 1}')).toEqual({ a: { "<<": 1 } });
  });

  it("shares what aliases refer to, the latest anchor of a name", async () => {
    const text = "a: &x {n: 1}\nb: *x\nc: &x 2\nd: [*x, &k key]\n*k : e\n";
    const root = (await valueOf(text)) as Record<string, unknown>;
    expect(root).toEqual({ a: { n: 1 }, b: { n: 1 }, c: 2, d: [2, "key"], key: "e" });
    expect(root["a"]).toBe(root["b"]);
  });

  it("keeps __proto__ and constructor as members, merged ones too", async () => {
    const root = await valueOf("__proto__: &p {constructor: 1, __proto__: 2}\nb:\n  <<: *p\n");
    expect(Object.keys(root as object)).toEqual(["__proto__", "b"]);
    expect(Object.getPrototypeOf(root)).toBe(Object.prototype);
    const merged = (root as Record<string, object>)["b"] ?? {};
    expect(Object.keys(merged)).toEqual(["constructor", "__proto__"]);
  });

  it.each([
    [
      "a key twice",
      "a: 1\nb: 2\na: 3\n",
      'E006 3:1 the key "a" stands twice in one object, first in line 1',
    ],
    [
      "a number and a text as one key",
      "200: 1\n'200': 2\n",
      'E006 2:1 the key "200" stands twice in one object, first in line 1',
    ],
    ["a cycle", "a: &a\n  b: *a\n", 'E009 2:6 the alias "a" stands inside of what it refers to'],
    [
      "a cycle through a merge",
      "a: &a\n  <<: *a\n",
      'E009 2:7 the alias "a" stands inside of what it refers to',
    ],
    ["an alias without anchor", "a: *x\n", 'E005 1:4 the alias "x" has no anchor before it'],
    ["a merge of a text", "a:\n  <<: x\n", "E005 2:7 `<<` merges maps only, and this is none"],
    [
      "a collection as key",
      "a: 1\n? [x]\n: 2\n",
      "E005 2:3 a key must be a text, not a collection",
    ],
    ["two documents", "a: 1\n---\nb: 2\n", "E005 2:1 more than one YAML document in one file"],
    [
      "a custom tag",
      "a: !!python/object:os.system x\n",
      "E005 1:4 not valid YAML: unresolved tag: tag:yaml.org,2002:python/object:os.system",
    ],
    [
      "a timestamp tag",
      "a: !!timestamp 2020-01-01\n",
      "E005 1:4 not valid YAML: unresolved tag: tag:yaml.org,2002:timestamp",
    ],
    [
      "a binary tag",
      "a: !!binary aGk=\n",
      "E005 1:4 not valid YAML: unresolved tag: tag:yaml.org,2002:binary",
    ],
    [
      "a tab as indentation",
      "a:\n\tb: 1\n",
      "E005 2:1 not valid YAML: tabs are not allowed as indentation",
    ],
    ["a missing quote", 'a: "b\nc: 1\n', 'E005 3:1 not valid YAML: missing closing "quote'],
  ])("refuses %s, with its place", async (_name, text, expected) => {
    expect(await problemsOf(text)).toContain(expected);
  });

  it("gives the text of numbers that JavaScript does not hold", async () => {
    const text =
      "a: 9007199254740993\nb: [.inf, 1, 0xFFFFFFFFFFFFFFFFFF]\nc: &c 12345678901234567890\nd: *c\ne: +1\nf: -.5\n";
    const parsed = (await parseYaml(text)).parsed;
    const at = (pointer: string): string | undefined => parsed?.inexactNumberAt(stepsOf(pointer));
    expect(at("#/a")).toBe("9007199254740993");
    expect(at("#/b/0")).toBe(".inf");
    expect(at("#/b/1")).toBeUndefined();
    expect(at("#/b/2")).toBe("0xFFFFFFFFFFFFFFFFFF");
    expect(at("#/d")).toBe("12345678901234567890");
    expect(at("#/e")).toBeUndefined();
    expect(at("#/f")).toBeUndefined();
  });

  it("knows where keys and values stand, through aliases and merges", async () => {
    const text =
      "# comment\r\nbase: &base\r\n  type: object # x\r\n  list: [a, {b: 'é😀'}]\r\nother: *base\r\nmerged:\r\n  <<: *base\r\nempty:\r\ntext: |\r\n  one\r\n  two\r\n";
    expect(await textAt(text, "#/base/type")).toBe("object");
    expect(await textAt(text, "#/base/type", "key")).toBe("type");
    expect(await textAt(text, "#/base/list/1/b")).toBe("'é😀'");
    expect(await textAt(text, "#/other")).toBe("*base");
    expect(await textAt(text, "#/other/list/0")).toBe("a");
    expect(await textAt(text, "#/merged/type")).toBe("object");
    expect(await textAt(text, "#/empty", "key")).toBe("empty");
    expect(await textAt(text, "#/empty")).toBe("");
    expect(await textAt(text, "#/text")).toBe("|\r\n  one\r\n  two");
    expect(await textAt(text, "#/base/list")).toBe("[a, {b: 'é😀'}]");
    expect((await parseYaml(text)).parsed?.locate(["base", "x"])).toBeUndefined();
  });

  it("reads back what `yaml` writes of any JSON, with a place for every value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (raw) => {
        const value = JSON.parse(JSON.stringify(raw)) as unknown;
        const text = stringify({ value });
        // `yaml` writes a key `<<` without quotes, where it asks for a merge.
        fc.pre(!text.includes("<<"));
        const { parsed, problems } = await parseYaml(text);
        expect(problems).toEqual([]);
        expect(parsed?.root).toEqual({ value });
        const pending: [string, unknown][] = [["#/value", value]];
        for (let next = pending.pop(); next; next = pending.pop()) {
          const [pointer, at] = next;
          expect(parsed?.locate(stepsOf(pointer))).toBeDefined();
          if (typeof at !== "object" || at === null) continue;
          for (const [key, inner] of Object.entries(at)) pending.push([child(pointer, key), inner]);
        }
      }),
    );
  });

  it("reads JSON in a .yaml file as JSON, duplicates and places included", async () => {
    const text = '{"a": 9007199254740993, "b": [1]}';
    const { parsed } = await parseYaml(text);
    expect(parsed?.inexactNumberAt(["a"])).toBe("9007199254740993");
    expect(await problemsOf('{"a": 1, "a": 2}')).toEqual([
      'E006 1:10 the key "a" stands twice in one object, first in line 1',
    ]);
    expect(await valueOf("{a: 1, b: [x]}")).toEqual({ a: 1, b: ["x"] });
  });

  it("refuses an alias bomb before it goes off", async () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const items =
        level === 0
          ? '"lol"'
          : Array.from({ length: 9 }, () => `*a${String(level - 1)}`).join(", ");
      return `a${String(level)}: &a${String(level)} [${items}]`;
    });
    expect(await problemsOf(levels.join("\n"))).toEqual([
      expect.stringMatching(/^E009 \d+:\d+ aliases expand to more than a million values$/),
    ]);
  });

  it("refuses a bomb of merge keys, and one of depth", async () => {
    const keys = Array.from({ length: 2000 }, (_, key) => `k${String(key)}: 1`).join(", ");
    const merges = Array.from({ length: 2000 }, (_, at) => `m${String(at)}: {<<: *a}`).join("\n");
    expect(await problemsOf(`a: &a {${keys}}\n${merges}`)).toEqual([
      expect.stringContaining("aliases expand to more than a million values"),
    ]);
    const chain = Array.from({ length: 1200 }, (_, at) =>
      at === 0 ? "a0: &a0 {x: 1}" : `a${String(at)}: &a${String(at)} {x: *a${String(at - 1)}}`,
    );
    expect(await problemsOf(chain.join("\n"))).toEqual([
      expect.stringContaining("E009 1001:15 aliases nest"),
    ]);
  });

  it("lets a document use a fragment many times", async () => {
    const uses = Array.from({ length: 5000 }, (_, at) => `u${String(at)}: *a`).join("\n");
    expect(await problemsOf(`a: &a {type: string, maxLength: 5}\n${uses}`)).toEqual([]);
  });

  it.each([
    ["flow sequences", "[".repeat(50_000) + "]".repeat(50_000)],
    ["open flow sequences", "[".repeat(2_000_000)],
    ["flow maps", "{a: ".repeat(50_000)],
    ["block sequences", `${"- ".repeat(50_000)}a`],
    ["complex keys", `${"? ".repeat(50_000)}a`],
    ["more than 250 flow sequences", `x: ${"[".repeat(260)}${"]".repeat(260)}`],
    ["block maps", Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("refuses %s nested without end", async (_name, text) => {
    expect(await problemsOf(text)).toEqual([expect.stringContaining("E007")]);
  });

  it("reads 240 levels", async () => {
    expect(await problemsOf(`${"- ".repeat(240)}a`)).toEqual([]);
    expect(await problemsOf(`x: ${"[".repeat(240)}${"]".repeat(240)}`)).toEqual([]);
  });
});
