import { quote } from "../../diagnostics/quote.js";
import { child } from "../../document/pointer.js";
import { isObject, own, type SchemaAt } from "../shape/schema-at.js";
import type { AffectEntry, Method, ParamEntry, ViewEntry } from "./normal-form.js";
import type { Operation } from "./operations.js";
import { placed, type Placed } from "./placed.js";
import type { CommonMembers } from "./read-common.js";
import type { OpenEntry } from "./read-entry.js";
import { readParams } from "./read-params.js";
import { readInput } from "./read-schemas.js";
import { readAffects, readMerges } from "./read-targets.js";
import type { Reading } from "./reading.js";

/** A view: an address that answers with something other than JSON. */
export function readView(
  reading: Reading,
  entry: OpenEntry,
  common: CommonMembers,
): ViewEntry | undefined {
  const { fields, name, raw } = entry;
  const operation =
    reading.operations.ofFunction(name.value, common.operationId?.value) ??
    (raw.path === undefined ? undefined : reading.operations.at(raw.method, raw.path.value));
  const input = readInput(reading, entry, () => bodyOf(reading, operation));
  const view = {
    ...common,
    kind: "view" as const,
    params: readParams(reading, fields.take("params"), operation),
    input,
    affects: affectsOf(reading, entry),
    encoding: readEncoding(reading, entry) ?? usualEncoding(reading, entry, operation),
  };
  const path = common.path ?? addressOf(reading, entry, operation);
  const method =
    common.method ?? methodOf(reading, entry, operation, input !== undefined && input !== null);
  const produces = readProduces(reading, entry, operation);
  const missing = [path === undefined ? "path" : "", produces === undefined ? "produces" : ""];
  for (const key of missing) {
    if (key === "" || Object.hasOwn(raw.body.value, key)) continue;
    const message = `the view ${quote(name.value)} needs a "${key}"`;
    reading.diagnostics.report("E103", common.pointer, message);
  }
  if (path === undefined || method === undefined || produces === undefined) return undefined;
  return { ...view, path, method, produces, params: placeParams(reading, path, view.params) };
}

/** What the view changes. A mutation that turned out to be a view can merge nothing: its merges become invalidations. */
function affectsOf(reading: Reading, { fields }: OpenEntry): readonly AffectEntry[] | undefined {
  const affects = readAffects(reading, fields.take("affects"));
  if (fields.take("kind")?.value === "view") return affects;
  for (const key of ["output", "form", "isForm", "files"]) fields.take(key);
  const merges = readMerges(reading, fields.take("merge"));
  return merges === undefined ? affects : [...merges, ...(affects ?? [])];
}

/** Which params stand in the path: those that its template names, and no others. */
function placeParams(
  reading: Reading,
  path: Placed<string>,
  params: readonly ParamEntry[],
): ParamEntry[] {
  const templates = new Set([...path.value.matchAll(/\{([^{}/]*)\}/g)].map(([, name]) => name));
  const known = new Set(params.map(({ name }) => name.value));
  for (const name of templates) {
    if (name !== undefined && known.has(name)) continue;
    reading.diagnostics.report(
      "E103",
      path.pointer,
      `the path has a place for ${quote(name ?? "")}, but there is no such param`,
      { part: path.part },
    );
  }
  return params.map((param) => {
    if (templates.has(param.name.value)) return { ...param, in: placed("path", param.pointer) };
    if (param.in?.value === "path") {
      const message = `the path has no place for the param ${quote(param.name.value)}`;
      reading.diagnostics.report("E103", param.in.pointer, message);
    }
    return param;
  });
}

function addressOf(
  reading: Reading,
  { raw, name, fields }: OpenEntry,
  operation: Operation | undefined,
): Placed<string> | undefined {
  if (raw.path !== undefined) {
    return reading.onOrigin(raw.path);
  }
  if (operation !== undefined) {
    return placed(
      reading.operations.originPath(operation.path),
      child("#/paths", operation.path),
      "key",
    );
  }
  // Declared as a mutation: it answers where mutations do.
  return fields.take("kind")?.value === "mutation"
    ? placed(reading.operations.originPath(`/call/${name.value}`), name.pointer, "key")
    : undefined;
}

function methodOf(
  reading: Reading,
  { raw, fields, name }: OpenEntry,
  operation: Operation | undefined,
  hasBody: boolean,
): Placed<Method> | undefined {
  if (raw.method !== undefined) return placed(raw.method, raw.body.pointer);
  if (operation !== undefined) return placed(operation.method, operation.pointer);
  if (fields.take("method") !== undefined) return undefined;
  if (!reading.strict) {
    return placed(
      hasBody || fields.take("kind")?.value === "mutation" ? "POST" : "GET",
      name.pointer,
    );
  }
  reading.diagnostics.report(
    "E103",
    raw.body.pointer,
    `the view ${quote(name.value)} needs a "method"`,
  );
  return undefined;
}

function readProduces(
  reading: Reading,
  { fields }: OpenEntry,
  operation: Operation | undefined,
): readonly Placed<string>[] | undefined {
  const found = fields.take("produces");
  if (found !== undefined) {
    const media = reading.expect.texts(found, '"produces"')?.value;
    return media?.length === 0
      ? reading.expect.wrong(found, '"produces"', "a list of at least one media type")
      : media;
  }
  const responses = operation === undefined ? undefined : own(operation.value, "responses");
  if (operation === undefined || !isObject(responses)) return undefined;
  for (const [status, response] of Object.entries(responses)) {
    const content = isObject(response) ? own(response, "content") : undefined;
    if (!/^2/.test(status) || !isObject(content)) continue;
    const pointer = child(child(child(operation.pointer, "responses"), status), "content");
    const media = Object.keys(content).map((type) => placed(type, child(pointer, type), "key"));
    if (media.length > 0) return media;
  }
  return undefined;
}

function bodyOf(reading: Reading, operation: Operation | undefined): SchemaAt | undefined {
  if (operation === undefined) return undefined;
  const [first] = reading.operations.bodies(operation).values();
  return first;
}

const encodings: ReadonlyMap<unknown, "form" | "multipart" | "json"> = new Map([
  ["application/x-www-form-urlencoded", "form"],
  ["multipart/form-data", "multipart"],
  ["application/json", "json"],
]);

function readEncoding(reading: Reading, { fields }: OpenEntry): ViewEntry["encoding"] {
  const found = fields.take("encoding");
  const known = encodings.get(found?.value);
  if (found !== undefined && known !== undefined) return placed(known, found.pointer);
  return reading.expect.oneOf(found, '"encoding"', ["form", "multipart", "json"]);
}

/** The encoding of a body that does not say: as its operation has it; JSON for what was declared as a mutation. */
function usualEncoding(
  reading: Reading,
  { fields }: OpenEntry,
  operation: Operation | undefined,
): ViewEntry["encoding"] {
  if (reading.strict) return undefined;
  const [media] = operation === undefined ? [] : reading.operations.bodies(operation).keys();
  const known = encodings.get(media);
  if (operation !== undefined && known !== undefined) return placed(known, operation.pointer);
  const input = fields.takeNullable("input");
  const isCall = fields.take("kind")?.value !== "view" && input !== undefined;
  return isCall && input.value !== null ? placed("json", input.pointer) : undefined;
}
