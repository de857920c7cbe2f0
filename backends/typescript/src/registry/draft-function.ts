import { isStandardSchema } from "../schema/standard-schema.js";
import {
  checkIsObject,
  modelArguments,
  type Arguments,
  type ArgumentsModel,
} from "../schema/arguments.js";
import type { JsonSchema } from "../schema/json-schema.js";
import type { SchemaBook } from "../schema/schema-book.js";
import { pascalCase } from "./pascal-case.js";
import type { Declared } from "./registry.js";

/** A function with its schemas converted, their references still provisional. */
export interface Draft {
  readonly declared: Declared;
  readonly path: string;
  readonly params: ArgumentsModel | null;
  readonly input: JsonSchema | null;
  readonly inputArgs: ArgumentsModel | null;
  readonly output: JsonSchema | null;
  readonly errors: ReadonlyMap<string, JsonSchema | null>;
}

export function draftFunction(declared: Declared, book: SchemaBook, base: string): Draft {
  const { name, declaration } = declared;
  const params =
    "params" in declaration && declaration.params !== undefined
      ? modelArguments(declaration.params, book, `${name}.params`)
      : null;
  const inputArgs =
    "input" in declaration && declaration.input !== undefined && !isEmpty(declaration.input)
      ? modelArguments(declaration.input, book, `${name}.input`)
      : null;
  const input =
    inputArgs === null
      ? null
      : inputArgs.inline
        ? nameInput(name, inputArgs.schema, book)
        : inputArgs.schema;
  const output =
    "output" in declaration && declaration.output !== undefined
      ? book.convert(declaration.output, "output", `${name}.output`)
      : null;
  return {
    declared,
    path: declared.kind === "view" ? declared.declaration.path : `${base}call/${name}`,
    params,
    input,
    inputArgs,
    output,
    errors: new Map(
      Object.entries(declaration.errors ?? {}).map(([code, { data }]) => [
        code,
        data === undefined ? null : book.convert(data, "output", `${name}.errors.${code}`),
      ]),
    ),
  };
}

const isEmpty = (args: Arguments): boolean =>
  !isStandardSchema(args) && Object.keys(args).length === 0;

/** The arguments of a function are a type of its own: `RenameUserInput`. */
function nameInput(name: string, schema: JsonSchema, book: SchemaBook): JsonSchema {
  checkIsObject(schema, book.findings, `${name}.input`);
  return book.add(`${pascalCase(name)}Input`, schema, `${name}.input`);
}
