import { outlineOf } from "../shape/outline.js";
import { sameSchema } from "../shape/same-schema.js";
import { isObject, own, type SchemaAt } from "../shape/schema-at.js";
import type { OpenEntry } from "./read-entry.js";
import type { Reading } from "./reading.js";

/**
 * The output of an entry: what it declares, null-able where it says so; undefined when it is silent. `fromPaths` is the same
 * schema as the operation in `paths` has it: taken when the entry is silent, and when the entry's own lost its name to a tool
 * that dereferences.
 */
export function readOutput(
  reading: Reading,
  { fields }: OpenEntry,
  fromPaths: () => SchemaAt | undefined,
): SchemaAt | null | undefined {
  const nullable = reading.expect.boolean(fields.take("outputNullable"), '"outputNullable"');
  const found = fields.takeNullable("output");
  const output = schemaOrNull(reading, found, '"output"', fromPaths);
  if (output === null || output === undefined || nullable?.value !== true) return output;
  const { schema, pointer } = output;
  return { schema: { anyOf: [schema, { type: "null" }] }, pointer };
}

/** The input of an entry; null when it takes none, undefined when it is silent. */
export function readInput(
  reading: Reading,
  { fields, withoutInput }: OpenEntry,
  fromPaths: () => SchemaAt | undefined,
): SchemaAt | null | undefined {
  const found = fields.takeNullable("input");
  if (withoutInput && (found === undefined || found.value === null)) return null;
  return schemaOrNull(reading, found, '"input"', fromPaths);
}

function schemaOrNull(
  reading: Reading,
  found: ReturnType<OpenEntry["fields"]["takeNullable"]>,
  what: string,
  fromPaths: () => SchemaAt | undefined,
): SchemaAt | null | undefined {
  if (found === undefined) return reading.strict ? undefined : fromPaths();
  if (found.value === null) return null;
  const schema = reading.schema(found, what);
  if (schema === undefined || !mayHaveLostItsName(schema)) return schema ?? null;
  const original = fromPaths();
  if (original === undefined || !isNamed(reading, original)) return schema;
  return sameSchema(reading.document, schema, original) ? original : schema;
}

/** An inline object, a list or union of such: what dereferencing leaves of a named type. */
function mayHaveLostItsName({ schema }: SchemaAt): boolean {
  if (!isObject(schema) || Object.hasOwn(schema, "$ref")) return false;
  const items = own(schema, "items");
  if (isObject(items)) return Object.hasOwn(items, "properties") || Object.hasOwn(items, "allOf");
  return ["properties", "allOf", "anyOf", "oneOf", "enum"].some((key) =>
    Object.hasOwn(schema, key),
  );
}

function isNamed(reading: Reading, at: SchemaAt): boolean {
  const { identity, element } = outlineOf(reading.document, at);
  return identity !== null || (element !== null && element.identity !== null);
}
