import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "./unified-diff.js";

describe("a unified diff", () => {
  it("is empty for equal texts", () => {
    expect(unifiedDiff("a.ts", "1\n", "1\n")).toBe("");
  });

  it("shows three lines around each change, near ones in one hunk", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `${index + 1}\n`);
    const after = [...lines];
    after[4] = "five\n";
    after.splice(9, 1);
    after.push("end");
    expect(unifiedDiff("a.ts", lines.join(""), after.join(""))).toBe(
      `--- a/a.ts
+++ b/a.ts
@@ -2,12 +2,11 @@
 2
 3
 4
-5
+five
 6
 7
 8
 9
-10
 11
 12
 13
@@ -28,3 +27,4 @@
 28
 29
 30
+end
\\ No newline at end of file
`,
    );
  });

  it("names /dev/null for what is created and removed", () => {
    expect(unifiedDiff("a.ts", null, "1\n")).toBe(
      "--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1,1 @@\n+1\n",
    );
    expect(unifiedDiff("a.ts", "1\n", null)).toBe(
      "--- a/a.ts\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-1\n",
    );
  });

  it("shows texts that have nothing in common as one block, in linear time", () => {
    const text = (prefix: string): string =>
      Array.from({ length: 20_000 }, (_, index) => `${prefix}${index}\n`).join("");
    const diff = unifiedDiff("a.ts", text("a"), text("b"));
    expect(diff).toContain("@@ -1,20000 +1,20000 @@");
  });

  it("is a patch that turns the one text into the other", () => {
    const folder = mkdtempSync(join(tmpdir(), "mizan-diff-"));
    const file = join(folder, "a.ts");
    const line = fc.constantFrom("a", "b", "c", "d", "");
    const text = fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 40 }), fc.boolean())
      .map(([lines, ended]) => lines.join("\n") + (ended ? "\n" : ""))
      .filter((value) => value !== "");
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff("a.ts", before, after);
        fc.pre(diff !== "");
        writeFileSync(file, before);
        execFileSync("git", ["apply", "--unsafe-paths", "--whitespace=nowarn", "-p1"], {
          cwd: folder,
          input: diff,
        });
        expect(readFileSync(file, "utf8")).toBe(after);
      }),
      { numRuns: 60 },
    );
    rmSync(folder, { recursive: true });
  });
});
