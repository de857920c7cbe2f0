import { base64url } from "../crypto/base64url.js";
import { sha256 } from "../crypto/sha256.js";
import { isObject } from "../json/json-value.js";
import { jsonText } from "../json/json-text.js";
import { reachedComponents } from "./public-contract.js";

/** Keywords that document (protocol P6). */
const documentation = new Set([
  "deprecated",
  "description",
  "example",
  "examples",
  "producer",
  "summary",
  "tags",
  "title",
]);

/** Members whose keys are names of the author, never keywords. */
const maps = new Set([
  "contexts",
  "errors",
  "fields",
  "functions",
  "params",
  "patternProperties",
  "properties",
  "schemas",
]);

/** Members that hold values, not words of the contract. */
const values = new Set(["const", "default", "enum"]);

/** Lists whose order says nothing. */
const sets = new Set(["required", "functions", "scopes"]);

/**
 * `sha256-` and base64url of SHA-256 over the RFC 8785 text of `{contexts, functions, schemas}`: what `x-mizan.contexts` and
 * `x-mizan-functions` say, and the components that they reach, without what only documents, the names of sets sorted (protocol P6,
 * decision 040).
 */
export async function fingerprintOf(
  contexts: Readonly<Record<string, unknown>>,
  functions: Readonly<Record<string, unknown>>,
  components: Readonly<Record<string, unknown>>,
): Promise<string> {
  const schemas = reachedComponents([contexts, functions], components);
  return `sha256-${base64url(await sha256(jsonText(strip({ contexts, functions, schemas }, false))))}`;
}

function strip(value: unknown, isMap: boolean): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => strip(item, false));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => isMap || !(documentation.has(name) || name.startsWith("x-")))
      .map(([name, item]) => [name, isMap ? strip(item, false) : stripMember(name, item)]),
  );
}

function stripMember(name: string, value: unknown): unknown {
  if (values.has(name)) return value;
  if (sets.has(name) && Array.isArray(value)) {
    return [...(value as unknown[])].sort((a, b) => (jsonText(a) < jsonText(b) ? -1 : 1));
  }
  return strip(value, maps.has(name));
}
