import { ConfigError } from "../config/config-error.js";
import { parseJson } from "../document/json/parse-json.js";
import { TextLines } from "../document/text-lines.js";
import { isRecord } from "../config/value-rule.js";
import { addToJson } from "./json-edit.js";
import type { Step } from "./step.js";

const scripts: Readonly<Record<string, string>> = {
  mizan: "mizan-gen",
  "mizan:check": "mizan-gen check",
  "mizan:watch": "mizan-gen watch",
};

/**
 * Adds the scripts of which there is none of that name.
 *
 * @throws ConfigError with the place where the text is not JSON
 */
export async function scriptsStep(file: string, before: string): Promise<Step> {
  const manifest = readManifest(file, before);
  const known = isRecord(manifest) ? (manifest["scripts"] ?? {}) : undefined;
  if (!isRecord(known)) {
    return { action: "keep", file, about: "it has no place for scripts" };
  }
  const missing = Object.entries(scripts).filter(([name]) => !Object.hasOwn(known, name));
  const others = Object.entries(scripts)
    .filter(([name, value]) => known[name] !== value)
    .filter(([name]) => Object.hasOwn(known, name))
    .map(([name]) => name);
  const stays = others.length === 0 ? "" : ` (another ${others.join(", ")} is there and stays)`;
  if (missing.length === 0) {
    return { action: "keep", file, about: `scripts ${Object.keys(scripts).join(", ")}${stays}` };
  }
  const additions = missing.map(([name, value]) => ({ path: ["scripts", name], value }));
  const about = `scripts ${missing.map(([name]) => name).join(", ")}${stays}`;
  return { action: "edit", file, about, before, text: await addToJson(before, additions) };
}

function readManifest(file: string, text: string): unknown {
  const bare = text.replace(/^\ufeff/, "");
  const { parsed, problems } = parseJson(bare);
  const [problem] = problems;
  if (parsed !== null || problem === undefined) return parsed?.root;
  const lines = new TextLines(bare);
  const range = lines.rangeOf(problem.start, problem.end);
  const { message, help } = problem;
  throw new ConfigError(message, { place: { range, excerpt: lines.excerpt(range) }, help, file });
}
