import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { JsonValue } from "../../document/document.js";
import { isList } from "../shape/schema-at.js";
import { nameOfPath, type RawEntry } from "./collect-entries.js";
import type { Fields } from "./fields.js";
import type { Entry, Kind } from "./normal-form.js";
import { isJson } from "./operations.js";
import { placed, type Placed } from "./placed.js";
import { readCommon, type CommonMembers } from "./read-common.js";
import { readMutation } from "./read-mutation.js";
import { readQuery } from "./read-query.js";
import { readSubscription } from "./read-subscription.js";
import { readView } from "./read-view.js";
import type { Reading } from "./reading.js";

/** The members of one entry, and what was found out about it so far. */
export interface OpenEntry {
  readonly raw: RawEntry;
  readonly fields: Fields;
  readonly name: Placed<string>;
  /** `context`, or `isContext` of older producers. */
  readonly context: Placed<string> | undefined;
  /** The document says that there is no input: `hasInput: false`. */
  readonly withoutInput: boolean;
  /** Where it says that there is one: `hasInput: true`. */
  readonly withInput: Placed<boolean> | undefined;
}

/** The wire name of an entry: its key, or what it calls itself, or the end of its address. Reports when it has none. */
export function nameOfEntry(
  raw: RawEntry,
  fields: Fields,
  diagnostics: Diagnostics,
): Placed<string> | undefined {
  const found = fields.take("name");
  if (raw.key !== undefined) return raw.key;
  if (found !== undefined) {
    if (typeof found.value === "string") return placed(found.value, found.pointer);
    diagnostics.report("E103", found.pointer, "the name of a function must be a string");
    return undefined;
  }
  const name = raw.path === undefined ? undefined : nameOfPath(raw.path.value);
  if (raw.path !== undefined && name !== undefined) return placed(name, raw.path.pointer, "key");
  diagnostics.report("E103", raw.body.pointer, "an entry needs a name", {
    help: 'write { "name": "rename_user", ... }, or use a map from names to entries',
  });
  return undefined;
}

/** Reads one entry into the strict form; undefined when it cannot be used, which is then reported. */
export function readEntry(
  reading: Reading,
  raw: RawEntry,
  name: Placed<string>,
  fields: Fields,
): Entry | undefined {
  const isContext = fields.take("isContext");
  const hasInput = reading.expect.boolean(fields.take("hasInput"), '"hasInput"');
  const named =
    isContext === undefined || isContext.value === false
      ? undefined
      : reading.expect.text(isContext, '"isContext"');
  const context = reading.expect.text(fields.take("context"), '"context"') ?? named;
  const withInput = hasInput?.value === true ? hasInput : undefined;
  const withoutInput = hasInput?.value === false;
  const entry: OpenEntry = { raw, fields, name, context, withoutInput, withInput };
  const kind = kindOf(reading, entry, named !== undefined);
  if (kind === undefined) return undefined;
  const extensions = new Map<string, JsonValue>();
  const read = readKind(reading, entry, kind, readCommon(reading, entry, extensions));
  // Known only now: whatever nobody took.
  for (const [key, value] of fields.extensions(reading.diagnostics, `a ${kind}`)) {
    extensions.set(key, value);
  }
  return read;
}

function readKind(
  reading: Reading,
  entry: OpenEntry,
  kind: Kind,
  common: CommonMembers,
): Entry | undefined {
  switch (kind) {
    case "query":
      return readQuery(reading, entry, common);
    case "mutation":
      return readMutation(reading, entry, common);
    case "view":
      return readView(reading, entry, common);
    case "subscription":
      return readSubscription(reading, entry, common);
  }
}

/**
 * The declared kind, or: a query if it has a context and no input, else a mutation (protocol 2.5). What `isContext` marks is
 * a query whatever else it has; a mutation that answers with something other than JSON is a view.
 */
function kindOf(reading: Reading, entry: OpenEntry, isContext: boolean): Kind | undefined {
  const { fields, context, withoutInput } = entry;
  const declared = fields.take("kind");
  if (declared !== undefined) {
    const kinds = ["query", "mutation", "view", "subscription"] as const;
    const kind = reading.expect.oneOf(declared, '"kind"', kinds, "E104")?.value;
    return kind === "mutation" && answersOtherwise(fields) ? "view" : kind;
  }
  if (isContext) return "query";
  if (context !== undefined && (withoutInput || fields.take("input") === undefined)) return "query";
  return answersOtherwise(fields) ? "view" : "mutation";
}

function answersOtherwise(fields: Fields): boolean {
  const produces = fields.take("produces")?.value;
  const media = isList(produces) ? produces : [produces];
  return media.some((type) => typeof type === "string" && !isJson(type));
}
