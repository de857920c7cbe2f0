import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, suggest } from "./suggest.js";

describe("suggest", () => {
  const cases: readonly [
    name: string,
    candidates: readonly string[],
    expected: string | undefined,
  ][] = [
    ["Missing", ["Mission", "User"], "Mission"],
    ["usre_profile", ["user_profile", "user_manager"], "user_profile"],
    ["renameUser", ["rename_user"], "rename_user"],
    ["user", ["orders", "USER"], "USER"],
    ["--ouput", ["--output", "--quiet"], "--output"],
    ["Usr", ["User", "Users"], "User"],
    ["xyz", ["User", "Order"], undefined],
    ["a", ["b", "c"], undefined],
    ["", ["a"], undefined],
    ["User", ["User"], undefined],
    ["Nodes", ["Node", "Modes"], "Node"],
  ];
  it.each(cases)("finds for %j in %j: %j", (name, candidates, expected) => {
    expect(suggest(name, candidates)).toBe(expected);
  });

  it("prefers the nearest, and of equally near ones the first", () => {
    expect(suggest("order_lime", ["order_limes_", "order_line", "order_time"])).toBe(
      "order_limes_",
    );
    expect(suggest("order_lime", ["order_line", "order_time"])).toBe("order_line");
  });

  it("answers with one of the candidates or nothing, whatever the names", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, candidates) => {
        const found = suggest(name, candidates);
        expect(found === undefined || (candidates.includes(found) && found !== name)).toBe(true);
      }),
    );
  });

  it("finds whatever is one mistake away: a letter more, less, other, or two swapped", () => {
    const name = fc.stringMatching(/^[a-z]{6,20}$/);
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(3), (right, seed, kind) => {
        const at = seed % (right.length - 1);
        const [one = "", two = ""] = right.slice(at, at + 2);
        const middle = ["", `${one}z${two}`, two + one, `z${two}`][kind] ?? "";
        const wrong = right.slice(0, at) + middle + right.slice(at + (kind === 0 ? 1 : 2));
        fc.pre(wrong !== right);
        expect(suggest(wrong, ["completely_else", right])).toBe(right);
      }),
    );
  });

  it("looks at names of any length in bounded work", () => {
    const long = "a".repeat(1_000_000);
    expect(suggest(long, [`${long}b`])).toBe(`${long}b`);
  });

  it("writes the tail of a message", () => {
    expect(didYouMean("Mission")).toBe(' (did you mean "Mission"?)');
    expect(didYouMean(undefined)).toBe("");
  });
});
