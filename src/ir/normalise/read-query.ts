import { quote } from "../../diagnostics/quote.js";
import type { SchemaAt } from "../shape/schema-at.js";
import type { ParamEntry, QueryEntry } from "./normal-form.js";
import type { CommonMembers } from "./read-common.js";
import type { OpenEntry } from "./read-entry.js";
import { readPagination } from "./read-pagination.js";
import { paramsOfInput, readParams } from "./read-params.js";
import { readInput, readOutput } from "./read-schemas.js";
import type { Operation } from "./operations.js";
import type { Reading } from "./reading.js";

/** A query: a member of a context. */
export function readQuery(
  reading: Reading,
  entry: OpenEntry,
  common: CommonMembers,
): QueryEntry | undefined {
  const { fields, name, context } = entry;
  const { expect, diagnostics } = reading;
  const operation = context === undefined ? undefined : reading.operations.ofContext(context.value);
  const output = readOutput(reading, entry, () =>
    operation === undefined ? undefined : outputInPaths(reading, operation, name.value),
  );
  const query = {
    ...common,
    path: common.path ?? addressOf(reading, entry),
    kind: "query" as const,
    slot: expect.text(fields.take("slot"), '"slot"'),
    params: paramsOf(reading, entry, operation),
    key: expect.key(fields.take("key")),
    optional: expect.boolean(fields.take("optional"), '"optional"'),
    pagination: readPagination(reading, fields.take("pagination")),
  };
  if (context === undefined) {
    diagnostics.report("E103", common.pointer, `the query ${quote(name.value)} needs a "context"`);
    return undefined;
  }
  if (output === undefined || output === null) {
    const written = fields.takeNullable("output");
    if (written === undefined || written.value === null) {
      diagnostics.report(
        "E103",
        written?.pointer ?? common.pointer,
        `the query ${quote(name.value)} needs an "output"`,
        { help: 'write "output": { "$ref": "#/components/schemas/..." }' },
      );
    }
    return undefined;
  }
  return { ...query, context, output };
}

/** The member of the bundle: in the envelope, or bare. */
function outputInPaths(reading: Reading, operation: Operation, name: string): SchemaAt | undefined {
  const { operations } = reading;
  return (
    operations.memberOfAnswer(operation, "data", name) ?? operations.memberOfAnswer(operation, name)
  );
}

function paramsOf(
  reading: Reading,
  entry: OpenEntry,
  operation: Operation | undefined,
): ParamEntry[] {
  const declared = entry.fields.take("params");
  const input = entry.fields.take("input");
  if (declared === undefined && entry.withoutInput) return [];
  if (declared === undefined && input !== undefined) {
    const schema = readInput(reading, entry, () => undefined);
    return schema === null || schema === undefined ? [] : paramsOfInput(reading, schema);
  }
  if (declared === undefined && reading.strict) {
    const message = `the query ${quote(entry.name.value)} needs "params"`;
    reading.diagnostics.report("E103", entry.raw.body.pointer, message, {
      help: 'write "params": [] for none',
    });
  }
  return readParams(reading, declared, reading.strict ? undefined : operation);
}

/** In a document keyed by path, where the whole context answers, when that is not the usual place. */
function addressOf(reading: Reading, { raw, context }: OpenEntry): CommonMembers["path"] {
  if (raw.path === undefined || context === undefined) return undefined;
  if (raw.path.value === `/ctx/${context.value}/`) return undefined;
  return reading.onOrigin(raw.path);
}
