import { isObject } from "../json/json-value.js";
import type { Findings } from "../registry/findings.js";
import type { JsonSchema } from "./json-schema.js";
import type { SchemaBook } from "./schema-book.js";
import {
  isStandardSchema,
  type InferOutput,
  type Issue,
  type Result,
  type StandardSchema,
} from "./standard-schema.js";

/** Named arguments: a validator for each, or one validator of an object. */
export type Arguments = StandardSchema | { readonly [name: string]: StandardSchema };

/** What a handler receives for declared arguments. */
export type InferArguments<Args> = Args extends StandardSchema
  ? InferOutput<Args>
  : { [Name in keyof Args]: Args[Name] extends StandardSchema ? InferOutput<Args[Name]> : never };

/** Arguments ready to be described and validated. */
export interface ArgumentsModel {
  /** An object schema, or a reference to one. */
  readonly schema: JsonSchema;
  /** The object schema, when it has no name of its own. */
  readonly inline: boolean;
  readonly validate: (value: Readonly<Record<string, unknown>>) => Promise<Result<unknown>>;
}

/** Converts the arguments of a function; whether one is required, its validator says by refusing `undefined`. */
export function modelArguments(args: Arguments, book: SchemaBook, at: string): ArgumentsModel {
  if (isStandardSchema(args)) {
    const schema = book.convert(args, "input", at);
    return {
      schema,
      inline: schema["$ref"] === undefined,
      validate: async (value) => args["~standard"].validate(value),
    };
  }
  const members = Object.entries(args);
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [name, validator] of members) {
    const schema = book.convert(validator, "input", `${at}.${name}`);
    const preset = presetOf(validator);
    properties[name] =
      preset.kind === "value" && !("default" in schema)
        ? withDefault(schema, preset.value)
        : schema;
    if (preset.kind === "none") required.push(name);
  }
  return {
    schema: { properties, ...(required.length > 0 && { required }), type: "object" },
    inline: true,
    validate: (value) => validateMembers(members, value),
  };
}

function withDefault(schema: JsonSchema, value: unknown): JsonSchema {
  const isJson = value === null || ["string", "number", "boolean"].includes(typeof value);
  return isJson || Array.isArray(value) || isObject(value)
    ? Object.fromEntries(
        Object.entries({ ...schema, default: value }).sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : schema;
}

/** What a validator makes of an absent value. One that answers later is taken to need a value. */
function presetOf(
  validator: StandardSchema,
): { readonly kind: "none" | "absent" } | { readonly kind: "value"; readonly value: unknown } {
  try {
    const result = validator["~standard"].validate(undefined);
    if (result instanceof Promise) {
      result.catch(() => {});
      return { kind: "none" };
    }
    if (result.issues !== undefined) return { kind: "none" };
    return result.value === undefined ? { kind: "absent" } : { kind: "value", value: result.value };
  } catch {
    return { kind: "none" };
  }
}

async function validateMembers(
  members: readonly (readonly [string, StandardSchema])[],
  value: Readonly<Record<string, unknown>>,
): Promise<Result<unknown>> {
  const output: Record<string, unknown> = {};
  const issues: Issue[] = [];
  for (const [name, validator] of members) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const result = await validator["~standard"].validate(given);
    if (result.issues === undefined) output[name] = result.value;
    else issues.push(...result.issues.map((issue) => ({ ...issue, path: pathOf(name, issue) })));
  }
  return issues.length > 0 ? { issues } : { value: output };
}

const pathOf = (name: string, { path = [] }: Issue): readonly PropertyKey[] => [
  name,
  ...path.map((step) => (typeof step === "object" ? step.key : step)),
];

/** E105 when arguments are not an object: they are named by nature. */
export function checkIsObject(schema: JsonSchema, findings: Findings, at: string): void {
  if (schema["type"] === "object" || Object.keys(schema).length === 0) return;
  findings.report(
    "E105",
    at,
    "arguments must be an object of named values",
    "declare them as { name: schema } or as one object schema",
  );
}
