import { quote } from "../diagnostics/quote.js";
import { didYouMean, suggest } from "../diagnostics/suggest.js";
import type { ProjectConfig } from "./config.js";
import { optionRules } from "./option-rules.js";
import { isRecord, type ConfigPath } from "./value-rule.js";

/** One thing that is wrong with a config. */
export interface ConfigProblem {
  readonly message: string;
  /** What it is about; the path of the config itself is empty. */
  readonly path: ConfigPath;
  /** Whether the key is wrong or what it holds. */
  readonly part: "key" | "value";
  readonly help?: string | undefined;
}

export type Validation =
  | { readonly ok: true; readonly projects: readonly ProjectConfig[] }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** What an editor is told by; says nothing to us. Any config may carry it. */
const schemaKey = "$schema";

const names = Object.keys(optionRules);
const notThere = `options are: ${names.join(", ")}`;

/** Options that a reader may look for in vain (docs/decisions/080). */
const explained: ReadonlyMap<string, string> = new Map([
  [
    "naming",
    "names follow the document and cannot be chosen: rename the function or the type there",
  ],
]);

/** Checks the value of a config, whoever wrote it. Reports every problem. */
export function validateConfig(value: unknown): Validation {
  if (!Array.isArray(value)) {
    const problems = projectProblems(value, [], "");
    return problems.length === 0
      ? { ok: true, projects: [value as ProjectConfig] }
      : { ok: false, problems };
  }
  const list: readonly unknown[] = value;
  const problems = [...nameProblems(list)];
  if (list.length === 0) {
    const help = 'write one project: [{ "name": "shop", "input": "openapi.json" }]';
    problems.push({ message: "the list of projects is empty", path: [], part: "value", help });
  }
  list.forEach((entry, index) => {
    problems.push(...projectProblems(entry, [index], ` of project ${nameOf(entry, index)}`));
  });
  return problems.length === 0
    ? { ok: true, projects: list as readonly ProjectConfig[] }
    : { ok: false, problems };
}

function projectProblems(value: unknown, at: ConfigPath, where: string): ConfigProblem[] {
  if (!isRecord(value)) {
    const which = at.length === 0 ? "" : ` (${where.trim()})`;
    const message = `a config is an object or a list of objects, not ${kindOf(value)}${which}`;
    return [{ message, path: at, part: "value", help: 'write { "input": "openapi.json" }' }];
  }
  return Object.entries(value).flatMap(([key, option]) =>
    option === undefined ? [] : optionProblems(key, option, at, where),
  );
}

function optionProblems(
  key: string,
  value: unknown,
  at: ConfigPath,
  where: string,
): ConfigProblem[] {
  const path = [...at, key];
  if (key === schemaKey) {
    if (typeof value === "string") return [];
    const message = `${quote(key)}${where} must be a string, not ${kindOf(value)}`;
    const help = "remove it, or name the schema for your editor (docs/cli.md)";
    return [{ message, path, part: "value", help }];
  }
  if (!Object.hasOwn(optionRules, key)) {
    const near = suggest(key, names);
    const message = `unknown option ${quote(key)}${where}${didYouMean(near)}`;
    const help = explained.get(key) ?? (near === undefined ? notThere : `rename it to ${near}`);
    return [{ message, path, part: "key", help }];
  }
  const rule = optionRules[key as keyof ProjectConfig];
  return rule.value.faults(value).map((fault): ConfigProblem => {
    const name = quote([key, ...fault.path.map(stepText)].join(""));
    const message = `option ${name}${where} must be ${fault.expected}, not ${key === "headers" ? kindOfSecret(fault.value) : kindOf(fault.value)}${fault.meant}`;
    const help = fault.help ?? `${key}: ${rule.description}`;
    return { message, path: [...path, ...fault.path], part: "value", help };
  });
}

/** In a list every project has a name of its own. */
function nameProblems(list: readonly unknown[]): ConfigProblem[] {
  const seen = new Map<string, number>();
  return list.flatMap((entry, index): ConfigProblem[] => {
    if (!isRecord(entry)) return [];
    const name = entry["name"];
    if (name === undefined) {
      const message = `project ${index + 1} of the list has no "name"`;
      return [{ message, path: [index], part: "value", help: 'give it one: "name": "shop"' }];
    }
    if (typeof name !== "string" || name === "") return [];
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, index);
      return [];
    }
    const message = `two projects are named ${quote(name)}`;
    const help = `they are the projects ${first + 1} and ${index + 1} of the list; rename one`;
    return [{ message, path: [index, "name"], part: "value", help }];
  });
}

function nameOf(entry: unknown, index: number): string {
  const name = isRecord(entry) ? entry["name"] : undefined;
  return typeof name === "string" && name !== "" ? quote(name) : String(index + 1);
}

function stepText(step: string | number): string {
  return typeof step === "number" ? `[${step}]` : `.${step}`;
}

/** The value of a header is never shown. */
function kindOfSecret(value: unknown): string {
  return typeof value === "object" ? kindOf(value) : `a ${typeof value}`;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing (is there a default export?)";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
