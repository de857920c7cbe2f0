import { decodeUtf8 } from "./decode-utf8.js";
import { parseJson } from "./json/parse-json.js";
import type { ParsedText } from "./parsed-file.js";
import type { Problem } from "./problem.js";
import type { Source } from "./source.js";
import { TextLines } from "./text-lines.js";
import { parseYaml } from "./yaml/parse-yaml.js";

export interface ParsedSource {
  readonly parsed: ParsedText | null;
  readonly problems: readonly Problem[];
  readonly lines: TextLines;
}

/** Bytes to values: by the format that the name or media type promises, else by the first character. */
export async function parseSource(source: Source): Promise<ParsedSource> {
  const { text, problem } = decodeUtf8(source.bytes);
  const lines = new TextLines(text);
  if (problem) return { parsed: null, problems: [problem], lines };
  const format = source.format ?? (/^\s*[{[<]/.test(text) ? "json" : "yaml");
  const { parsed, problems } = format === "json" ? parseJson(text) : await parseYaml(text);
  return { parsed, problems, lines };
}
