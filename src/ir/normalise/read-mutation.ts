import { quote } from "../../diagnostics/quote.js";
import type { JsonValue } from "../../document/document.js";
import { declaredMembers } from "../shape/member.js";
import { isList, type SchemaAt } from "../shape/schema-at.js";
import { isBinary } from "../shape/binary.js";
import type { MutationEntry } from "./normal-form.js";
import type { Operation } from "./operations.js";
import { isJson } from "./operations.js";
import { placed, type Placed } from "./placed.js";
import type { CommonMembers } from "./read-common.js";
import type { OpenEntry } from "./read-entry.js";
import { readFiles, readForm } from "./read-form.js";
import { readInput, readOutput } from "./read-schemas.js";
import { readAffects, readMerges } from "./read-targets.js";
import type { Reading } from "./reading.js";

/** A mutation. What it leaves out of input, output and encoding is taken from its operation in `paths`, unless the document is strict. */
export function readMutation(
  reading: Reading,
  entry: OpenEntry,
  common: CommonMembers,
): MutationEntry | undefined {
  const { fields, name, raw } = entry;
  const { expect } = reading;
  const operation =
    reading.operations.ofCall(name.value, common.operationId?.value) ??
    (raw.path === undefined ? undefined : reading.operations.at(raw.method, raw.path.value));
  const bodies = operation === undefined ? undefined : reading.operations.bodies(operation);
  const input = readInput(reading, entry, () => preferredBody(reading, bodies)?.[1]);
  const output = readOutput(reading, entry, () =>
    operation === undefined ? undefined : reading.operations.memberOfAnswer(operation, "result"),
  );
  reportMissing(reading, entry, common);
  if (entry.withInput !== undefined && (input === null || input === undefined)) {
    const message = `${quote(name.value)} has an input, but there is no schema for it`;
    reading.diagnostics.report("E103", entry.withInput.pointer, message);
  }
  fields.take("produces");
  return {
    ...common,
    path: common.path ?? addressOf(reading, entry),
    kind: "mutation",
    input: input ?? null,
    output: output ?? null,
    encoding: readEncoding(reading, entry) ?? encodingInPaths(reading, bodies, operation),
    files: readFiles(reading, fields.take("files")),
    form: readForm(reading, formOf(entry), input ?? null),
    merge: readMerges(reading, fields.take("merge")),
    affects: readAffects(reading, fields.take("affects")),
    hasTargets: ["merge", "affects"].some((key) => !isNothing(fields.take(key)?.value)),
    idempotent: expect.boolean(fields.take("idempotent"), '"idempotent"'),
    csrf: expect.boolean(fields.take("csrf"), '"csrf"'),
    session: expect.oneOf(fields.take("session"), '"session"', ["keep", "change"]),
    concurrency: expect.oneOf(fields.take("concurrency"), '"concurrency"', [
      "parallel",
      "serial",
      "latest",
    ]),
  };
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || (isList(value) && value.length === 0);
}

/** In a strict document an absent input or output is a mistake, not "none". */
function reportMissing(reading: Reading, { fields, name }: OpenEntry, common: CommonMembers): void {
  if (!reading.strict) return;
  for (const key of ["input", "output"]) {
    if (fields.takeNullable(key) !== undefined) continue;
    reading.diagnostics.report(
      "E103",
      common.pointer,
      `the mutation ${quote(name.value)} needs an "${key}"`,
      { help: `write "${key}": null for none` },
    );
  }
}

/** `form`, or `isForm: true` for a form over the whole input. */
function formOf({ fields }: OpenEntry): Placed | undefined {
  const isForm = fields.take("isForm");
  return fields.take("form") ?? isForm;
}

function readEncoding(
  reading: Reading,
  { fields }: OpenEntry,
): Placed<"json" | "multipart"> | undefined {
  const found = fields.take("encoding");
  if (found?.value === "multipart/form-data") return placed("multipart", found.pointer);
  if (typeof found?.value === "string" && isJson(found.value)) return placed("json", found.pointer);
  return reading.expect.oneOf(found, '"encoding"', ["json", "multipart"]);
}

/** Several media types: JSON, unless a member is binary and multipart is offered (types.md, function level). */
function preferredBody(
  reading: Reading,
  bodies: ReadonlyMap<string, SchemaAt> | undefined,
): [media: string, schema: SchemaAt] | undefined {
  const offers = [...(bodies ?? [])];
  const json = offers.find(([media]) => isJson(media));
  const multipart = offers.find(([media]) => /^multipart\//i.test(media));
  if (multipart === undefined) return json;
  return json === undefined || hasBinary(reading, multipart[1]) ? multipart : json;
}

function encodingInPaths(
  reading: Reading,
  bodies: ReadonlyMap<string, SchemaAt> | undefined,
  operation: Operation | undefined,
): Placed<"multipart"> | undefined {
  if (reading.strict || operation === undefined) return undefined;
  const body = preferredBody(reading, bodies);
  return body !== undefined && /^multipart\//i.test(body[0])
    ? placed("multipart", operation.pointer)
    : undefined;
}

function hasBinary(reading: Reading, body: SchemaAt): boolean {
  return [...declaredMembers(reading.document, body).values()].some(({ at }) =>
    isBinary(reading.document, at),
  );
}

function addressOf(reading: Reading, { raw, name }: OpenEntry): CommonMembers["path"] {
  if (raw.path === undefined || raw.path.value === `/call/${name.value}`) return undefined;
  return reading.onOrigin(raw.path);
}
