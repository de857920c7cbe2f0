import type { TextMemory } from "../text-memory.js";
import type { KnownText } from "./known-json.js";
import { parseJson, type JsonResult } from "./parse-json.js";
import { ParsedJson } from "./parsed-json.js";
import { rereadJson } from "./reread-json.js";
import { skipSpace } from "./scan-json.js";

/** What `parseJson` gives, of the objects and arrays of the text before, as far as both say the same at the same place. */
export function parseJsonAgain(text: string, memory: TextMemory): JsonResult {
  const again = memory.json && rereadJson(text, memory.json);
  if (again) {
    remember(memory, again);
    const { value, longNumbers } = again.known;
    return { parsed: new ParsedJson(text, value, longNumbers), problems: [] };
  }
  const result = parseJson(text);
  if (result.parsed && result.problems.length === 0) {
    remember(memory, known(text, result.parsed));
  }
  return result;
}

function known(text: string, { root, longNumbers }: ParsedJson): KnownText {
  const start = skipSpace(text, 0);
  const { length } = text.trimEnd();
  return { text, start, known: { value: root, length: length - start, longNumbers } };
}

function remember(memory: TextMemory, text: KnownText): void {
  memory.json = text;
  memory.yaml = undefined;
}
