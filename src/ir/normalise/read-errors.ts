import { quote } from "../../diagnostics/quote.js";
import type { JsonObject } from "../../document/document.js";
import { isList, isObject } from "../shape/schema-at.js";
import type { ErrorEntry } from "./normal-form.js";
import { itemsOf, membersOf, placed, type Placed } from "./placed.js";
import type { Reading } from "./reading.js";
import { errorWords } from "./vocabularies.js";

/** The declared errors: code -> `{status, schema}`; a list of these with a `code` is read as well. */
export function readErrors(reading: Reading, found: Placed | undefined): ErrorEntry[] | undefined {
  if (found === undefined) return undefined;
  const { value, pointer } = found;
  if (isObject(value)) {
    return membersOf(placed(value, pointer)).flatMap(([code, member]) => {
      const object = reading.expect.object(member, `the error ${quote(code)}`);
      return object === undefined
        ? []
        : readError(reading, object, placed(code, member.pointer, "key"));
    });
  }
  if (isList(value)) {
    return itemsOf(placed(value, pointer)).flatMap((item) => {
      const object = reading.expect.object(item, "an error");
      return object === undefined ? [] : readError(reading, object);
    });
  }
  return reading.expect.wrong(found, '"errors"', "an object of error codes");
}

function readError(
  reading: Reading,
  object: Placed<JsonObject>,
  key?: Placed<string>,
): ErrorEntry[] {
  const { expect, diagnostics } = reading;
  const fields = reading.fields(object, errorWords);
  const named = fields.take("code");
  const code = key ?? expect.text(named, '"code"');
  const declared = fields.take("status");
  const status = expect.integer(declared, '"status"', 400, 599);
  const schema = reading.schema(fields.take("schema"), '"schema"');
  const description = expect.text(fields.take("description"), '"description"');
  fields.extensions(diagnostics);
  if (declared === undefined) {
    diagnostics.report("E103", object.pointer, 'an error needs a "status" from 400 to 599');
  }
  if (code === undefined) {
    if (named === undefined) diagnostics.report("E103", object.pointer, 'an error needs a "code"');
    return [];
  }
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(code.value)) {
    expect.wrong(code, "the code of an error", "lower-case letters, digits and underscores");
    return [];
  }
  return status === undefined ? [] : [{ code, status, schema, description }];
}
