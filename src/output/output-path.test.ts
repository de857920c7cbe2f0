import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOutputPath } from "./output-path.js";

describe("isOutputPath", () => {
  it.each([
    "a.ts",
    "mutations/rename_user.ts",
    ".mizan-gen.json",
    "é/ü.ts",
    "console.ts",
    "nulls/com.ts",
    "a b/c",
  ])("takes %j", (path) => expect(isOutputPath(path)).toBe(true));

  it.each([
    ...[
      "",
      "/",
      "/a",
      "a/",
      "a//b",
      ".",
      "..",
      "../a",
      "a/../b",
      "a/./b",
      "a/..",
      "a.",
      "a./b",
      "a ",
      "a /b",
    ],
    ...["a\\b", "c:/a", "a?", "a*", "a|b", '"', "<", ">", "a\u0000", "a\n", "\u001f"],
    ...["con", "CON.ts", "a/nul", "a/Aux.x.y", "prn/a", "com1", "lpt9.ts", "x/com0/y"],
  ])("refuses %j", (path) => expect(isOutputPath(path)).toBe(false));

  it("judges a path by each of its segments", () => {
    const unit = fc.constantFrom("a", ".", " ", "con", "nul", "com1", "lpt", "/", ":", "\n", "\\");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (path) => {
        expect(isOutputPath(path)).toBe(path.split("/").every(isOutputPath));
      }),
    );
  });
});
