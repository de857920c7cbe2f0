import type { JsonValue } from "../../document/document.js";
import { isList } from "../shape/schema-at.js";
import type { EntryBase } from "./normal-form.js";
import { readAuth } from "./read-auth.js";
import type { OpenEntry } from "./read-entry.js";
import { readErrors } from "./read-errors.js";
import type { Reading } from "./reading.js";

export type CommonMembers = EntryBase;

/** The members that entries of every kind may have. `extensions` is filled when all others are read. */
export function readCommon(
  reading: Reading,
  entry: OpenEntry,
  extensions: ReadonlyMap<string, JsonValue>,
): CommonMembers {
  const { fields, name } = entry;
  const { expect } = reading;
  const method = fields.take("method");
  return {
    name,
    pointer: entry.raw.body.pointer,
    declaredKind: fields.take("kind"),
    path: reading.path(fields.take("path"), '"path"'),
    method: expect.oneOf(
      typeof method?.value === "string" ? { ...method, value: method.value.toUpperCase() } : method,
      '"method"',
      ["GET", "POST", "PUT", "PATCH", "DELETE"],
    ),
    operationId: expect.text(fields.take("operationId"), '"operationId"'),
    module: readModule(reading, entry),
    auth: readAuth(reading, fields.take("auth"), entry.raw.body),
    errors: readErrors(reading, fields.take("errors")),
    deprecated: reading.deprecation(fields.take("deprecated")),
    stability: expect.oneOf(fields.take("stability"), '"stability"', [
      "stable",
      "experimental",
      "internal",
    ]),
    summary: expect.text(fields.take("summary"), '"summary"'),
    description: expect.text(fields.take("description"), '"description"'),
    tags: expect.texts(fields.take("tags"), '"tags"')?.value,
    examples: readExamples(reading, entry),
    extensions,
  };
}

function readModule(reading: Reading, { fields }: OpenEntry): EntryBase["module"] {
  const found = reading.expect.text(fields.take("module"), '"module"');
  const pattern = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/;
  if (found === undefined || pattern.test(found.value)) return found;
  return reading.expect.wrong(found, '"module"', "names joined by dots, as shop.orders");
}

function readExamples(reading: Reading, { fields }: OpenEntry): readonly JsonValue[] | undefined {
  const found = fields.take("examples");
  if (found === undefined) return undefined;
  return isList(found.value)
    ? found.value
    : reading.expect.wrong(found, '"examples"', "a list of values");
}
