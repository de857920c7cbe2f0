import { parseJson } from "../json/parse-json.js";
import type { ParseResult } from "../parsed-file.js";
import { composeYaml } from "./compose-yaml.js";

/**
 * Reads YAML 1.2 with its core schema. JSON is YAML, and is read as JSON where it is; `yaml` is loaded only for the rest.
 */
export async function parseYaml(text: string): Promise<ParseResult> {
  if (/^\s*[{[]/.test(text)) {
    const result = parseJson(text);
    if (result.parsed || result.problems.some((problem) => problem.code === "E007")) return result;
  }
  const { contents, problems } = await composeYaml(text);
  if (problems.length > 0) return { parsed: null, problems };
  const { convertYaml } = await import("./convert-yaml.js");
  const converted = convertYaml(contents, text);
  return { parsed: converted.places, problems: converted.problems };
}
