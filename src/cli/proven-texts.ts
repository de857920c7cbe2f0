import { readFileSync } from "node:fs";

let cached: ReadonlySet<string> | undefined;

/**
 * Hashes of texts that the build of this package has proven to parse: the vendored kernel in each spelling of its imports, which is
 * most of the text of a small client. A kernel that was changed after the build has other hashes, and is proven by the run.
 * Empty where there is no build, in the tests of the sources.
 */
export function provenTexts(): ReadonlySet<string> {
  cached ??= readHashes();
  return cached;
}

function readHashes(): ReadonlySet<string> {
  try {
    const text = readFileSync(new URL("./proven-texts.json", import.meta.url), "utf8");
    return new Set(JSON.parse(text) as readonly string[]);
  } catch {
    return new Set();
  }
}
