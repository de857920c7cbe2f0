import { decodeUtf8 } from "./decode-utf8.js";
import { parseJsonAgain } from "./json/parse-json-again.js";
import { parseJson } from "./json/parse-json.js";
import type { ParsedText, ParseResult } from "./parsed-file.js";
import type { Problem } from "./problem.js";
import type { Source } from "./source.js";
import { TextLines } from "./text-lines.js";
import type { TextMemory } from "./text-memory.js";
import { parseYaml } from "./yaml/parse-yaml.js";

export interface ParsedSource {
  readonly parsed: ParsedText | null;
  readonly problems: readonly Problem[];
  readonly lines: TextLines;
}

/**
 * Bytes to values: by the format that the name or media type promises, else by the first character.
 *
 * @param memory of the text that stood there before
 */
export async function parseSource(source: Source, memory?: TextMemory): Promise<ParsedSource> {
  const { text, problem } = decodeUtf8(source.bytes);
  const lines = new TextLines(text);
  if (problem) return { parsed: null, problems: [problem], lines };
  const format = source.format ?? (/^\s*[{[<]/.test(text) ? "json" : "yaml");
  const { parsed, problems } = await parseText(text, format, memory);
  return { parsed, problems, lines };
}

function parseText(
  text: string,
  format: "json" | "yaml",
  memory: TextMemory | undefined,
): ParseResult | Promise<ParseResult> {
  if (format === "yaml") return parseYaml(text, memory);
  return memory ? parseJsonAgain(text, memory) : parseJson(text);
}
