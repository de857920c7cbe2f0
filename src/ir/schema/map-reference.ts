import type { Pointer } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/quote.js";
import type { JsonObject } from "../../document/document.js";
import type { TypeNode } from "../type-node.js";
import { speaksOfObjects } from "./map-object.js";
import { mapSchema } from "./map-schema.js";
import type { Mapping, Place } from "./mapping.js";
import { isJsonArray, isJsonObject, unknownNode } from "./nodes.js";
import { listAt, referenceOf, type SchemaAt } from "./schema-reader.js";

/** A look through the variants of variants ends here. */
const mostVariants = 1000;

/** A `$ref` is the name of what it leads to. Only a child's reference to a parent that lists the child is taken apart. */
export function mapReference(
  m: Mapping,
  at: SchemaAt & { readonly schema: JsonObject },
  reference: string,
  place: Place,
): TypeNode {
  const target = m.reader.target(reference, at.pointer);
  if (target === null) return unknownNode;
  const base = place.transparent && isPart(at.schema, place) ? baseOf(m, target) : null;
  if (base === null) return m.refer(target);
  return mapSchema(m, base, { ...place, depth: place.depth + 1, family: undefined });
}

/** Whether the reference is intersected with something. A reference alone is an alias and can stand in a circle of unions. */
function isPart(schema: JsonObject, place: Place): boolean {
  if (place.family !== undefined) return !place.family.alone;
  return (
    speaksOfObjects(schema) ||
    ["required", "allOf", "oneOf", "anyOf"].some((key) => Object.hasOwn(schema, key))
  );
}

/**
 * A parent that lists its variants in `oneOf`, which extend it with `allOf`: for a variant the parent is what it says beside the list.
 * Null when the schema does not lead back by its variants.
 */
function baseOf(m: Mapping, target: SchemaAt): SchemaAt | null {
  const end = m.reader.follow(target);
  if (end === null || m.root === null || !isJsonObject(end.schema)) return null;
  const { schema, pointer } = end;
  if (!isJsonArray(schema["oneOf"]) && !isJsonArray(schema["anyOf"])) return null;
  if (!leadsTo(m, end, m.root)) return null;
  const own = Object.entries(schema).filter(
    ([keyword]) => !["oneOf", "anyOf", "discriminator"].includes(keyword),
  );
  return { schema: Object.fromEntries(own), pointer };
}

/** Whether one of the variants of a schema, or one of theirs, is the one at `goal`. */
function leadsTo(m: Mapping, start: SchemaAt, goal: Pointer): boolean {
  const queue = [start];
  const seen = new Set<Pointer>();
  for (const { schema, pointer } of queue) {
    if (!isJsonObject(schema) || seen.has(pointer) || seen.size > mostVariants) continue;
    seen.add(pointer);
    const reference = referenceOf(schema);
    const target = reference === undefined ? null : m.reader.target(reference, pointer);
    if (target?.pointer === goal) return true;
    if (target !== null) queue.push(target);
    for (const keyword of ["oneOf", "anyOf"]) {
      for (const variant of listAt(schema, pointer, keyword)) queue.push(variant);
    }
  }
  return start.pointer === goal;
}

/** `$dynamicRef` where it can mean one schema only; generic schemas are `unknown` (types.md, Settled). */
export function mapDynamicReference(
  m: Mapping,
  { schema, pointer }: SchemaAt & { readonly schema: JsonObject },
  keyword: "$dynamicRef" | "$recursiveRef",
): TypeNode {
  const value = schema[keyword];
  const reference = typeof value === "string" ? value : "";
  const name = keyword === "$dynamicRef" && reference.startsWith("#") ? reference.slice(1) : "";
  if (name.startsWith("/")) {
    const target = m.reader.target(reference, pointer);
    return target === null ? unknownNode : m.refer(target);
  }
  const [anchor, ...others] = m.world.dynamicAnchors(name);
  const isPlaceholder =
    anchor !== undefined && isJsonObject(anchor.schema) && Object.hasOwn(anchor.schema, "not");
  if (anchor !== undefined && others.length === 0 && !isPlaceholder) return m.refer(anchor);
  const message = `${quote(reference)} means another schema in each place; unknown is taken`;
  m.reader.report("W312", `${pointer}/${keyword}`, message);
  return unknownNode;
}
