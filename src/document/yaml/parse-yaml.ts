import { parseJsonAgain } from "../json/parse-json-again.js";
import { parseJson } from "../json/parse-json.js";
import type { ParseResult } from "../parsed-file.js";
import type { TextMemory } from "../text-memory.js";
import { composeYaml } from "./compose-yaml.js";
import { shareYaml } from "./share-yaml.js";

/**
 * Reads YAML 1.2 with its core schema. JSON is YAML, and is read as JSON where it is; `yaml` is loaded only for the rest.
 */
export async function parseYaml(text: string, memory?: TextMemory): Promise<ParseResult> {
  if (/^\s*[{[]/.test(text)) {
    const result = memory ? parseJsonAgain(text, memory) : parseJson(text);
    if (result.parsed || result.problems.some((problem) => problem.code === "E007")) return result;
  }
  const { contents, problems } = await composeYaml(text);
  if (problems.length > 0) return { parsed: null, problems };
  const { convertYaml } = await import("./convert-yaml.js");
  const converted = convertYaml(contents, text);
  const { places } = converted;
  if (!memory || !places || converted.problems.length > 0) {
    return { parsed: places, problems: converted.problems };
  }
  const { parsed, said } = shareYaml(places, memory.yaml);
  memory.yaml = said;
  memory.json = undefined;
  return { parsed, problems: [] };
}
