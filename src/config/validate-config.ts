import { quote } from "../diagnostics/quote.js";
import { didYouMean, suggest } from "../diagnostics/suggest.js";
import { targets } from "../emit/stage2/target.js";
import { futureOptions, type ProjectConfig } from "./config.js";

interface Rule {
  /** What the value must be, for a message. */
  readonly expected: string;
  readonly allows: (value: unknown) => boolean;
}

const text: Rule = {
  expected: "a string that is not empty",
  allows: (value) => typeof value === "string" && value !== "",
};
const flag: Rule = { expected: "true or false", allows: (value) => typeof value === "boolean" };
const texts: Rule = {
  expected: "a list of strings",
  allows: (value) => Array.isArray(value) && value.every((entry) => typeof entry === "string"),
};
const headers: Rule = {
  expected: "an object of strings",
  allows: (value) =>
    isRecord(value) && Object.values(value).every((entry) => typeof entry === "string"),
};

function oneOf(...values: readonly (string | boolean)[]): Rule {
  return {
    expected: `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`,
    allows: (value) => values.includes(value as string | boolean),
  };
}

/** Every option with its rule. The type makes it complete. */
const rules: Readonly<Record<keyof ProjectConfig, Rule>> = {
  name: text,
  input: text,
  output: text,
  targets: {
    expected: `a list of ${targets.map((target) => JSON.stringify(target)).join(", ")}`,
    allows: (value) =>
      Array.isArray(value) && value.every((entry) => targets.some((target) => target === entry)),
  },
  templates: text,
  headers,
  allowRefs: oneOf(false, true, "none", "files", "all"),
  importExtension: oneOf("auto", "none", "js", "ts"),
  readonly: flag,
  enums: oneOf("union", "const"),
  int64: oneOf("number", "string", "brand"),
  outputDefaults: oneOf("present", "optional"),
  banner: { expected: "a string", allows: (value) => typeof value === "string" },
  include: texts,
  exclude: texts,
  basePath: text,
};

export type Validation =
  | { readonly ok: true; readonly projects: readonly ProjectConfig[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks the value of a config, whoever wrote it. Reports every problem, one line each. */
export function validateConfig(value: unknown): Validation {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const problems: string[] = [];
  const names = new Set<string>();
  const projects: ProjectConfig[] = [];
  list.forEach((entry, index) => {
    const where = list.length > 1 ? ` of project ${index + 1}` : "";
    if (!isRecord(entry)) {
      problems.push(
        `a config is an object or a list of objects, not ${kindOf(entry)}${where === "" ? "" : ` (${where.trim()})`}`,
      );
      return;
    }
    const name = entry["name"];
    if (Array.isArray(value)) {
      if (typeof name !== "string" || name === "") {
        problems.push(`project ${index + 1} of the list has no "name"`);
      } else if (names.has(name)) {
        problems.push(`two projects are named ${quote(name)}`);
      } else names.add(name);
    }
    const own = problemsOf(entry, where);
    problems.push(...own);
    if (own.length === 0) projects.push(entry);
  });
  if (list.length === 0) problems.push("the list of projects is empty");
  return problems.length > 0 ? { ok: false, problems } : { ok: true, projects };
}

function problemsOf(entry: Readonly<Record<string, unknown>>, where: string): string[] {
  return Object.entries(entry).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const future = futureOptions.get(key);
    if (future !== undefined) {
      return Array.isArray(value) && value.length === 0
        ? []
        : [`option ${quote(key)}${where}: ${future}`];
    }
    const rule = Object.hasOwn(rules, key) ? rules[key as keyof ProjectConfig] : undefined;
    if (rule === undefined) {
      return [
        `unknown option ${quote(key)}${where}${didYouMean(suggest(key, Object.keys(rules)))}`,
      ];
    }
    if (rule.allows(value)) return [];
    return [`option ${quote(key)}${where} must be ${rule.expected}, not ${kindOf(value)}`];
  });
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing (is there a default export?)";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
