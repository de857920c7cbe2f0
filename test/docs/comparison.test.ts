import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { figures } from "../../scripts/comparison.mjs";
import { root } from "./snippets.js";

it("A5: the figures of docs/comparison.md are those of the benchmarks' pages (node scripts/comparison.mjs)", async () => {
  const page = readFileSync(join(root, "docs/comparison.md"), "utf8");
  for (const text of Object.values(await figures())) expect(page).toContain(text.trim());
});
