import { check } from "prettier";
import { describe, expect, it } from "vitest";
import { kernelSources } from "../kernel-sources.js";
import { kernelFiles } from "./kernel-files.js";

const sources = kernelSources();
const extensions = { none: "", js: ".js", ts: ".ts" } as const;

describe("the vendored kernel", () => {
  it("holds the sources and the licence, and no tests", () => {
    const paths = sources.map((file) => file.path);
    expect(paths).toEqual(expect.arrayContaining(["LICENSE", "index.ts", "descriptor.ts"]));
    expect(paths.filter((path) => !/^([a-z-]+\.ts|README\.md|LICENSE)$/.test(path))).toEqual([]);
  });

  for (const importExtension of ["none", "js", "ts"] as const) {
    it(`spells its imports as "${importExtension}"`, () => {
      for (const { path, text } of kernelFiles(sources, { importExtension })) {
        // The README quotes a user's own imports.
        if (!path.endsWith(".ts")) continue;
        const source = sources.find((file) => `kernel/${file.path}` === path)?.text ?? "";
        const specifiers = [...text.matchAll(/from "(\.[^"]+)"/g)].map((match) => match[1] ?? "");
        const original = [...source.matchAll(/from "(\.[^"]+)\.js"/g)].map((match) => match[1]);
        expect(specifiers).toEqual(original.map((one) => `${one}${extensions[importExtension]}`));
      }
    });
  }

  it("stays in prettier's form when its imports become shorter", async () => {
    const long = {
      path: "a.ts",
      text: `import {
  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,
  bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,
  type Cccccccccccccccc,
} from "./b.js";
export type { D } from "./d.js";
export type * from "./e.js";
`,
    };
    for (const file of kernelFiles([...sources, long], { importExtension: "none" })) {
      const source = [...sources, long].find((one) => `kernel/${one.path}` === file.path);
      // A source that its author has not formatted yet is not ours to judge.
      if (source === undefined || !file.path.endsWith(".ts") || !(await isFormatted(source.text))) {
        continue;
      }
      expect(await isFormatted(file.text), file.path).toBe(true);
    }
    expect(await isFormatted(long.text)).toBe(true);
  });
});

async function isFormatted(text: string): Promise<boolean> {
  return check(text, { parser: "typescript", printWidth: 100 });
}
