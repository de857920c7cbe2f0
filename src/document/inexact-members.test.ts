import { describe, expect, it } from "vitest";
import { inexactMembers } from "./inexact-members.js";
import { parseJson } from "./json/parse-json.js";
import { parseYaml } from "./yaml/parse-yaml.js";

describe("inexactMembers", () => {
  it("finds containers by the numbers in them that JavaScript does not hold", () => {
    const text =
      '{"a": [1, 9007199254740993, 1e400], "b": {"c": 0.1, "d": "9007199254740993"}, "e": 1e999}';
    const { parsed } = parseJson(text);
    if (!parsed) throw new Error("not read");
    const root = parsed.root as { a: readonly number[] };
    expect([...inexactMembers(parsed)]).toEqual([
      [root, "e\n1e999\n"],
      [root.a, "1\n9007199254740993\n2\n1e400\n"],
    ]);
  });

  it("tells which of two equal numbers it is", () => {
    const [first, second] = ["[1.00000000000000000001, 1]", "[1, 1.00000000000000000001]"]
      .map((text) => parseJson(text).parsed)
      .map((parsed) => (parsed ? [...inexactMembers(parsed).values()] : []));
    expect(first).not.toEqual(second);
  });

  it("looks once at what many aliases share", async () => {
    const levels = Array.from(
      { length: 14 },
      (_, n) => `l${String(n + 1)}: &l${String(n + 1)} [*l${String(n)}, *l${String(n)}]`,
    );
    const { parsed } = await parseYaml(`l0: &l0 [9007199254740993]\n${levels.join("\n")}\n`);
    if (!parsed) throw new Error("not read");
    let asked = 0;
    const found = inexactMembers({
      root: parsed.root,
      locate: (steps) => parsed.locate(steps),
      inexactNumberAt: (steps) => (asked++, parsed.inexactNumberAt(steps)),
    });
    expect([...found.values()]).toEqual(["0\n9007199254740993\n"]);
    expect(asked).toBe(1);
  });
});
