import type { Pointer } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/quote.js";
import { didYouMean } from "../../diagnostics/suggest.js";
import { child, parent } from "../../document/pointer.js";
import type { Entry } from "../normalise/normal-form.js";
import { isList, isObject, own, type SchemaAt } from "../shape/schema-at.js";
import type { Verification } from "./verification.js";

/** How far into an inline schema references are looked at; deeper ones are the mapper's. */
const maxDepth = 4;

/**
 * E240: the types of an entry are components of this document (P2). Returns the places of those that are not, so that nothing
 * else is said about them.
 */
export function verifyReferences(verification: Verification, entry: Entry): readonly Pointer[] {
  return schemasOf(entry)
    .filter((at) => !verifySchema(verification, at, 0))
    .map(({ pointer }) => pointer);
}

/** Every schema that an entry holds. */
export function schemasOf(entry: Entry): SchemaAt[] {
  const schemas: SchemaAt[] = [];
  const add = (schema: SchemaAt | null | undefined): void => {
    if (schema !== null && schema !== undefined) schemas.push(schema);
  };
  for (const { schema } of entry.errors ?? []) add(schema);
  if (entry.kind !== "mutation") for (const { schema } of entry.params) add(schema);
  if (entry.kind === "query" || entry.kind === "mutation") add(entry.output);
  if (entry.kind === "mutation" || entry.kind === "view") add(entry.input);
  if (entry.kind === "mutation") add(entry.form?.schema);
  if (entry.kind === "subscription") add(entry.event);
  return schemas;
}

function verifySchema(verification: Verification, at: SchemaAt, depth: number): boolean {
  const { schema, pointer } = at;
  if (!isObject(schema) || depth > maxDepth) return true;
  const reference = own(schema, "$ref");
  if (typeof reference === "string") return verifyReference(verification, at, reference);
  let isSound = true;
  const verifyInner = (inner: SchemaAt): void => {
    if (!verifySchema(verification, inner, depth + 1)) isSound = false;
  };
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    const list = own(schema, keyword);
    if (!isList(list)) continue;
    const place = child(pointer, keyword);
    list.forEach((each, index) => verifyInner({ schema: each, pointer: child(place, index) }));
  }
  const items = own(schema, "items");
  if (isObject(items)) verifyInner({ schema: items, pointer: child(pointer, "items") });
  return isSound;
}

function verifyReference(verification: Verification, at: SchemaAt, reference: string): boolean {
  const { document } = verification;
  const target = document.resolve(reference, at.pointer);
  const where = () => ({ pointer: nearestPlace(verification, child(at.pointer, "$ref")) });
  if (!target.found) {
    verification.reportOnce("E240", where(), `${target.reason}${didYouMean(target.suggestion)}`);
    return false;
  }
  if (target.pointer.startsWith("#/components/")) return true;
  // A fragment of a schema that was pasted whole into components is as good as a component.
  if (target.local || at.pointer.startsWith("#/components/")) return true;
  verification.reportOnce(
    "E240",
    where(),
    `${quote(reference)} does not lead to a component of this document`,
    { help: "write the type as a component, and refer to it as #/components/schemas/..." },
  );
  return false;
}

/** The place itself, or the nearest one above it that exists: a reference may have been written as a bare name. */
function nearestPlace(verification: Verification, pointer: string): string {
  let place = pointer;
  while (verification.document.valueAt(place) === undefined && parent(place) !== place) {
    place = parent(place);
  }
  return place;
}
