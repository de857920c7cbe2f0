import { readdirSync, readFileSync } from "node:fs";

const kernel = new URL("../../src/kernel/", import.meta.url);

/** A mutation's text in the sources, however they are formatted. */
const pattern = (text) =>
  new RegExp(
    text
      .trim()
      .split(/\s+/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
      .join("\\s*"),
    "g",
  );

/**
 * Where a mutation can be made: one place, if the list fits the sources.
 *
 * @returns {{ name: string, file: string, text: string, mutant: string }[]}
 */
export function findPlaces([name, find, replace]) {
  return readdirSync(kernel)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, kernel), "utf8");
      return [...text.matchAll(pattern(find))].map(() => ({
        name,
        file,
        text,
        mutant: text.replace(pattern(find), () => replace),
      }));
    });
}
