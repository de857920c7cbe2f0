import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { decodeUtf8 } from "../document/decode-utf8.js";
import { parseJson } from "../document/json/parse-json.js";
import { TextLines } from "../document/text-lines.js";
import { ConfigError, type ConfigPlace } from "./config-error.js";
import type { ConfigPath } from "./value-rule.js";

/**
 * The value of a config in JSON, or of the key `mizan` of a `package.json`.
 *
 * @throws ConfigError with the place where the text is not JSON, or where a key stands twice
 */
export function readJsonConfig(file: string): unknown {
  const { text, problem } = decodeUtf8(readFileSync(file));
  const { parsed, problems } = parseJson(text);
  // What else is in a package.json is none of our business as long as it can be read.
  const fault = problem ?? (parsed === null || !isPackage(file) ? problems[0] : undefined);
  if (fault !== undefined) {
    const { message, help } = fault;
    throw new ConfigError(message, { place: placeAt(text, fault.start, fault.end), help });
  }
  const value: unknown = parsed?.root;
  if (!isPackage(file)) return value;
  return typeof value === "object" && value !== null && "mizan" in value ? value.mizan : undefined;
}

/** Where a path of a config in JSON stands in its text, or what holds it; undefined when the file has no such place any more. */
export function placeInJsonConfig(
  file: string,
  path: ConfigPath,
  part: "key" | "value",
): ConfigPlace | undefined {
  const { text } = decodeUtf8(readFileSync(file));
  const { parsed } = parseJson(text);
  const place = parsed?.locate([...(isPackage(file) ? ["mizan"] : []), ...path.map(String)]);
  if (place === undefined) return undefined;
  const { start, end } = part === "key" && place.key !== null ? place.key : place.value;
  return placeAt(text, start, end);
}

function isPackage(file: string): boolean {
  return basename(file) === "package.json";
}

function placeAt(text: string, start: number, end: number): ConfigPlace {
  const lines = new TextLines(text);
  const range = lines.rangeOf(start, end);
  return { range, excerpt: lines.excerpt(range) };
}
