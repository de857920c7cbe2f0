import { didYouMean, suggest } from "../diagnostics/suggest.js";

/** Steps to a value inside of a config. */
export type ConfigPath = readonly (string | number)[];

/** Something inside of an option that is not as it must be. */
export interface ValueFault {
  /** Below the option. */
  readonly path: ConfigPath;
  readonly value: unknown;
  /** What stands there must be this. */
  readonly expected: string;
  /** The end of the message: the value that was meant, if one is near. */
  readonly meant: string;
  readonly help?: string | undefined;
}

/** What a value must be, said three times: in words, as a JSON Schema, and as a check. A test holds the latter two against each other. */
export interface ValueRule {
  readonly expected: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly faults: (value: unknown) => readonly ValueFault[];
}

/** A string that is not empty. */
export const text: ValueRule = rule(
  "a string that is not empty",
  { type: "string", minLength: 1 },
  (value) => typeof value === "string" && value !== "",
);

export const anyText: ValueRule = rule(
  "a string",
  { type: "string" },
  (value) => typeof value === "string",
);

export const flag: ValueRule = rule(
  "true or false",
  { type: "boolean" },
  (value) => typeof value === "boolean",
);

export function oneOf(...values: readonly (string | boolean)[]): ValueRule {
  const expected = `one of ${listed(values)}`;
  return {
    expected,
    schema: { enum: values },
    faults: (value) => {
      if (values.includes(value as string | boolean)) return [];
      const names = values.filter((entry) => typeof entry === "string");
      const meant = typeof value === "string" ? didYouMean(suggest(value, names)) : "";
      return [{ path: [], value, expected, meant }];
    },
  };
}

export function listOf(entry: ValueRule): ValueRule {
  const choices = entry.schema["enum"] as readonly (string | boolean)[] | undefined;
  const expected = `a list of ${choices === undefined ? "strings" : listed(choices)}`;
  return {
    expected,
    schema: { type: "array", items: entry.schema },
    faults: (value) => {
      if (Array.isArray(value)) return value.flatMap((one, index) => below(index, entry, one));
      const fits = entry.faults(value).length === 0;
      const help = fits ? `write [${JSON.stringify(value)}]` : undefined;
      return [{ path: [], value, expected, meant: "", help }];
    },
  };
}

export function recordOf(entry: ValueRule): ValueRule {
  const expected = "an object of strings";
  return {
    expected,
    schema: { type: "object", additionalProperties: entry.schema },
    faults: (value) =>
      isRecord(value)
        ? Object.entries(value).flatMap(([key, one]) => below(key, entry, one))
        : [{ path: [], value, expected, meant: "" }],
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function rule(
  expected: string,
  schema: ValueRule["schema"],
  allows: (value: unknown) => boolean,
): ValueRule {
  return {
    expected,
    schema,
    faults: (value) => (allows(value) ? [] : [{ path: [], value, expected, meant: "" }]),
  };
}

function below(step: string | number, entry: ValueRule, value: unknown): ValueFault[] {
  return entry.faults(value).map((fault) => ({ ...fault, path: [step, ...fault.path] }));
}

function listed(values: readonly (string | boolean)[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}
