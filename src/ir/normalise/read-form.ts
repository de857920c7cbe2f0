import { quote } from "../../diagnostics/quote.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { isObject, own, type SchemaAt } from "../shape/schema-at.js";
import type { FieldEntry, FileEntry, FormEntry } from "./normal-form.js";
import { itemsOf, membersOf, placed, type Placed } from "./placed.js";
import type { Reading } from "./reading.js";
import { fieldWords, fileWords, formWords } from "./vocabularies.js";

/** `form` as an object, as the name of its schema, or `true` for a form over the whole input. */
export function readForm(
  reading: Reading,
  found: Placed | undefined,
  input: SchemaAt | null,
): FormEntry | undefined {
  if (found === undefined || found.value === false) return undefined;
  const { value, pointer } = found;
  const whole = (): SchemaAt | undefined => {
    if (input === null)
      reading.diagnostics.report("E231", pointer, "a form needs an input to fill");
    return input ?? undefined;
  };
  if (!isObject(value)) {
    const schema = value === true ? whole() : reading.schema(found, '"form"');
    return schema === undefined ? undefined : { pointer, schema, extensions: new Map() };
  }
  const { expect } = reading;
  // A bare schema in place of the form that holds one.
  if (!Object.hasOwn(value, "schema") && typeof own(value, "$ref") === "string") {
    return { pointer, schema: { schema: value, pointer }, extensions: new Map() };
  }
  const fields = reading.fields(placed(value, pointer), formWords);
  const declared = fields.take("schema");
  const at = expect.segments(fields.take("at"), '"at"');
  if (declared === undefined && at !== undefined && at.value.length > 0) {
    reading.diagnostics.report("E103", pointer, 'a form with "at" needs a "schema"');
  }
  const schema = declared === undefined ? whole() : reading.schema(declared, '"schema"');
  const form = {
    pointer,
    at,
    fields: readFields(reading, fields.take("fields")),
    initial: expect.text(fields.take("initial"), '"initial"'),
    validate: readAddress(reading, fields.take("validate")),
    extensions: fields.extensions(reading.diagnostics),
  };
  return schema === undefined ? undefined : { ...form, schema };
}

/** An address on the origin, with or without a query: never another origin's. */
function readAddress(reading: Reading, found: Placed | undefined): FormEntry["validate"] {
  const text = reading.expect.text(found, '"validate"');
  if (text === undefined || /^\/(?!\/)[^#\s\\]*$/.test(text.value)) return text;
  return reading.expect.wrong(text, '"validate"', "a path that starts with one slash");
}

function readFields(
  reading: Reading,
  found: Placed | undefined,
): Map<string, FieldEntry> | undefined {
  const object = reading.expect.object(found, '"fields"');
  if (object === undefined) return undefined;
  const fields = new Map<string, FieldEntry>();
  for (const [name, member] of membersOf(object)) {
    const field = reading.expect.object(member, `the field ${quote(name)}`);
    if (field !== undefined) fields.set(name, readField(reading, field));
  }
  return fields;
}

function readField(reading: Reading, object: Placed<JsonObject>): FieldEntry {
  const { expect } = reading;
  const fields = reading.fields(object, fieldWords);
  return {
    pointer: object.pointer,
    widget: expect.text(fields.take("widget"), '"widget"'),
    label: expect.text(fields.take("label"), '"label"'),
    help: expect.text(fields.take("help"), '"help"'),
    placeholder: expect.text(fields.take("placeholder"), '"placeholder"'),
    order: expect.integer(fields.take("order"), '"order"', Number.MIN_SAFE_INTEGER),
    sensitive: expect.boolean(fields.take("sensitive"), '"sensitive"'),
    choices: readChoices(reading, fields.take("choices")),
    extensions: fields.extensions(reading.diagnostics),
  };
}

function readChoices(
  reading: Reading,
  found: Placed | undefined,
): { value: JsonValue; label: string }[] | undefined {
  const list = reading.expect.list(found, '"choices"');
  if (list === undefined) return undefined;
  return itemsOf(list).flatMap((item) => {
    const object = reading.expect.object(item, "a choice");
    if (object === undefined) return [];
    const value = own(object.value, "value");
    const label = own(object.value, "label");
    if (value !== undefined && typeof label === "string") return [{ value, label }];
    reading.expect.wrong(item, "a choice", 'an object with a "value" and a "label"');
    return [];
  });
}

export function readFiles(
  reading: Reading,
  found: Placed | undefined,
): Placed<FileEntry[]> | undefined {
  const list = reading.expect.list(found, '"files"');
  if (list === undefined) return undefined;
  const { expect, diagnostics } = reading;
  const files = itemsOf(list).flatMap((item) => {
    const object = expect.object(item, "a file");
    if (object === undefined) return [];
    const fields = reading.fields(object, fileWords);
    const declared = fields.take("path");
    const path = expect.segments(declared, '"path"');
    if (declared === undefined) {
      diagnostics.report("E103", object.pointer, 'a file needs a "path"');
    }
    const file = {
      pointer: object.pointer,
      multiple: expect.boolean(fields.take("multiple"), '"multiple"'),
      maxBytes: expect.integer(fields.take("maxBytes"), '"maxBytes"', 1),
      maxCount: expect.integer(fields.take("maxCount"), '"maxCount"', 1),
      accept: expect.texts(fields.take("accept"), '"accept"')?.value,
    };
    fields.extensions(diagnostics);
    return path === undefined ? [] : [{ ...file, path }];
  });
  return placed(files, list.pointer);
}
