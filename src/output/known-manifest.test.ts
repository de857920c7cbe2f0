import { expect, it } from "vitest";
import { KnownManifest } from "./known-manifest.js";
import { parseManifest, printManifest } from "./manifest.js";

const text = (hash: string): string =>
  printManifest({
    ...{ generator: "1", input: "i", references: [], options: "o", warnings: 0 },
    files: new Map([["a.ts", hash]]),
  });

it("gives the very reading for the same text, and reads any other", () => {
  const known = new KnownManifest();
  const first = known.read(text("1"));
  expect(first).toEqual(parseManifest(text("1")));
  expect(known.read(text("1"))).toBe(first);
  for (const other of [text("2"), "{", text("1"), '{"format":99}']) {
    expect(known.read(other)).toEqual(parseManifest(other));
  }
});
