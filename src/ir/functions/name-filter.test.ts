import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apiOf, findingsOf } from "../test/findings.js";
import { mutation, query, ref, small } from "../test/small-document.js";
import { nameFilter } from "./name-filter.js";

describe("nameFilter", () => {
  const rows: readonly [readonly string[], readonly string[], string, boolean][] = [
    [[], [], "anything", true],
    [["user_*"], [], "user_profile", true],
    [["user_*"], [], "my_user_profile", false],
    [["*_profile"], [], "user_profile", true],
    [["*er*ro*le"], [], "user_profile", true],
    [["user_?"], [], "user_a", true],
    [["user_?"], [], "user_ab", false],
    [["a", "b"], [], "b", true],
    [[], ["admin_*"], "admin_drop", false],
    [["*"], ["*"], "a", false],
    [["a.b"], [], "axb", false],
  ];
  it.each(rows)("include %j, exclude %j: %j is %j", (include, exclude, name, expected) => {
    expect(nameFilter(include, exclude)(name)).toBe(expected);
  });

  it("agrees with the regular expression of the same meaning", () => {
    const letters = fc.constantFrom("a", "b", "*", "?");
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 8 }),
        fc.array(fc.constantFrom("a", "b"), { maxLength: 8 }),
        (glob, name) => {
          const source = glob.map((letter) =>
            letter === "*" ? ".*" : letter === "?" ? "." : letter,
          );
          const wanted = new RegExp(`^${source.join("")}$`).test(name.join(""));
          expect(nameFilter([glob.join("")], [])(name.join(""))).toBe(wanted);
        },
      ),
    );
  });

  it("does not hang on a pattern that would tie a regular expression in knots", () => {
    expect(nameFilter(["*a*a*a*a*a*a*a*a*b"], [])("a".repeat(100_000))).toBe(false);
  });
});

describe("functions that are left out", () => {
  const merge = [{ context: "user", slot: "read" }];
  const document = small({
    read: query(ref("User")),
    other: query(ref("Part"), { params: [] }),
    list: query(ref("Part"), { context: "list", params: [] }),
    rename: mutation({
      merge,
      affects: ["list"],
      form: { schema: ref("Rename"), initial: "read" },
    }),
  });

  it("leave the address of their context as it is, and nothing that refers to them", async () => {
    const { contexts, mutations } = await apiOf(document, { exclude: ["read", "list"] });
    expect(
      contexts.map(({ wireName, queries }) => [wireName, queries.map((each) => each.slot)]),
    ).toEqual([["user", ["other"]]]);
    // The server still asks for the param of the function that is left out.
    expect(contexts[0]?.params).toMatchObject([{ name: "user_id", required: true }]);
    expect(mutations[0]).toMatchObject({ merges: [], affects: [] });
    expect(mutations[0]?.form).not.toHaveProperty("initial");
  });

  it("are still candidates for slots: leaving one out makes no other merge", async () => {
    const two = small({
      a: query(ref("User")),
      b: query(ref("User")),
      rename: mutation({ merge: ["user"] }),
    });
    expect(await findingsOf(two, { exclude: ["b"] })).toEqual([
      "E201 #/x-mizan-functions/rename/merge/0",
    ]);
  });

  it("may be wrong in any way", async () => {
    const wrong = small({
      read: query(ref("User")),
      bad: { kind: "mutation", input: ref("Nothing"), merge: 3, auth: 7, then: 1 },
      worse: mutation({ merge: ["nowhere"] }),
      "not a name": mutation({}),
    });
    expect(await findingsOf(wrong, { include: ["read"] })).toEqual([]);
  });

  it("may not be all", async () => {
    expect(await findingsOf(document, { include: ["nothing_*"] })).toEqual([
      "E100 #/x-mizan-functions",
    ]);
  });
});
