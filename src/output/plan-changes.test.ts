import { describe, expect, it } from "vitest";
import { hashLfText, hashText } from "./hash-text.js";
import { hashFiles } from "./hashed-file.js";
import { planChanges } from "./plan-changes.js";

function kinds(
  files: Record<string, string>,
  owned: Record<string, string>,
  disk: Record<string, string>,
): Record<string, string> {
  const plan = planChanges(
    hashFiles(Object.entries(files).map(([path, text]) => ({ path, text }))),
    new Map(Object.entries(owned).map(([path, text]) => [path, [hashText(text)]])),
    (path) => {
      const text = disk[path];
      if (text === undefined) return "missing";
      if (text === "other") return "other";
      const bytes = Buffer.from(text);
      return { hash: hashLfText(bytes), read: () => bytes };
    },
  );
  return Object.fromEntries(plan.changes.map((change) => [change.path, change.kind]));
}

describe("the plan of changes", () => {
  it("tells every case apart", () => {
    expect(
      kinds(
        {
          "new.ts": "1\n",
          "same.ts": "1\n",
          "old.ts": "2\n",
          "edited.ts": "2\n",
          "alien.ts": "1\n",
          "adopted.ts": "1\n",
          "folder.ts": "1\n",
        },
        {
          "same.ts": "1\n",
          "old.ts": "1\n",
          "edited.ts": "1\n",
          "gone.ts": "1\n",
          "kept.ts": "1\n",
        },
        {
          "same.ts": "1\n",
          "old.ts": "1\n",
          "edited.ts": "mine\n",
          "alien.ts": "mine\n",
          "adopted.ts": "1\n",
          "folder.ts": "other",
          "gone.ts": "1\n",
          "kept.ts": "mine\n",
        },
      ),
    ).toEqual({
      "adopted.ts": "unchanged",
      "alien.ts": "foreign",
      "edited.ts": "hand-edited",
      "folder.ts": "foreign",
      "gone.ts": "delete",
      "kept.ts": "abandoned",
      "new.ts": "create",
      "old.ts": "update",
      "same.ts": "unchanged",
    });
  });

  it("takes a checkout with CRLF for what was committed", () => {
    expect(
      kinds(
        { "same.ts": "1\n2\n", "old.ts": "2\n" },
        { "same.ts": "1\n2\n", "old.ts": "1\n", "gone.ts": "1\n" },
        { "same.ts": "1\r\n2\r\n", "old.ts": "1\r\n", "gone.ts": "1\r\n" },
      ),
    ).toEqual({ "gone.ts": "delete", "old.ts": "update", "same.ts": "unchanged" });
  });

  it("says nothing of a leftover that is already gone", () => {
    expect(kinds({}, { "gone.ts": "1\n" }, {})).toEqual({});
  });

  it.each([
    "../up.ts",
    "/abs.ts",
    "a//b.ts",
    "./a.ts",
    "a/..",
    "nul.ts",
    "a:b.ts",
    "a\u0000.ts",
    "dot.",
  ])("refuses to plan the path %j", (path) => {
    expect(() => kinds({ [path]: "" }, {}, {})).toThrow("unsafe output path");
  });

  it("refuses two files that differ by case only", () => {
    expect(() => kinds({ "a.ts": "", "A.ts": "" }, {}, {})).toThrow("two files");
  });
});
