import type { JsonObject, JsonValue } from "../../document/document.js";
import type { TypeNode } from "../type-node.js";
import { allOfMeansNullable } from "../shape/null-word.js";
import { familyOf } from "./family.js";
import { mapArray, speaksOfArrays } from "./map-array.js";
import { mapListed } from "./map-literal.js";
import { partNode, readObject, speaksOfObjects } from "./map-object.js";
import { mapDynamicReference, mapReference } from "./map-reference.js";
import { mapType } from "./map-type.js";
import { expandRequirements, mapVariants } from "./map-union.js";
import { maxDepth, partOf, topPlace, type Family, type Mapping, type Place } from "./mapping.js";
import {
  isJsonArray,
  isJsonObject,
  neverNode,
  nullNode,
  scalarNodes,
  unknownNode,
} from "./nodes.js";
import { listAt, referenceOf, type SchemaAt } from "./schema-reader.js";
import { kindsOf, typesOf } from "./value-kinds.js";

type ObjectAt = SchemaAt & { readonly schema: JsonObject };

/** The type of a schema: the table of types.md section 4. Never throws; what cannot be mapped is reported and `unknown`. */
export function mapSchema(m: Mapping, at: SchemaAt, place: Place = topPlace): TypeNode {
  const { schema, pointer } = at;
  if (schema === true) return unknownNode;
  if (schema === false) return neverNode;
  if (!isJsonObject(schema)) {
    m.wrongType(pointer, "a schema", schema, "an object, true or false");
    return unknownNode;
  }
  if (place.depth > maxDepth) {
    m.reader.report("E305", pointer, `more than ${maxDepth} schemas stand inside each other`);
    return unknownNode;
  }
  m.check(schema, pointer);
  m.world.discriminators.of(m, { schema, pointer });
  const node = mapKeywords(m, { schema, pointer }, place);
  return schema["nullable"] === true ? m.union([node, nullNode]) : node;
}

function mapKeywords(m: Mapping, at: ObjectAt, place: Place): TypeNode {
  const { schema, pointer } = at;
  if (forbidsAll(schema["not"])) return neverNode;
  const listed = mapListed(m, schema, pointer);
  if (!isComposed(schema)) {
    if (listed !== null) return listed;
    if (place.family !== undefined && isBarePart(schema, place.family)) return unknownNode;
    return mapType(m, at, place, place.family ?? familyOf(m, at, place.enclosing));
  }
  const family = place.family ?? familyOf(m, at, place.enclosing);
  const whole = m.intersection(partsOf(m, at, place, family, listed), pointer);
  if (whole.kind === "unknown") return mapBare(m, at, place, family);
  const node = narrowed(m, at, whole);
  const { type } = schema;
  const isNullable = (isJsonArray(type) && type.includes("null")) || meansNullable(schema);
  return isNullable ? m.union([node, nullNode]) : node;
}

function meansNullable(schema: JsonObject): boolean {
  const { allOf } = schema;
  return isJsonArray(allOf) && allOfMeansNullable(allOf);
}

/** What a composed schema is made of, to be intersected: base types first, as one writes `Base & { ... }`. */
function partsOf(
  m: Mapping,
  at: ObjectAt,
  place: Place,
  family: Family,
  listed: TypeNode | null,
): TypeNode[] {
  const { schema, pointer } = at;
  const parts: TypeNode[] = [];
  const reference = referenceOf(schema);
  if (reference !== undefined) parts.push(mapReference(m, at, reference, place));
  for (const keyword of ["$dynamicRef", "$recursiveRef"] as const) {
    if (typeof schema[keyword] === "string") parts.push(mapDynamicReference(m, at, keyword));
  }
  for (const member of listAt(schema, pointer, "allOf")) {
    parts.push(mapSchema(m, member, partOf(place, family, at)));
  }
  let expanded: string | null = null;
  if (listed !== null) {
    parts.push(listed);
  } else if (speaksOfArrays(schema) && !speaksOfObjects(schema)) {
    parts.push(mapArray(m, at, place));
  } else if (speaksOfObjects(schema) || family.required.size > 0) {
    const shape = readObject(m, at, place, family);
    const expansion = expandRequirements(m, at, shape);
    expanded = expansion?.keyword ?? null;
    parts.push(expansion?.node ?? partNode(m, shape));
  }
  for (const keyword of ["oneOf", "anyOf"] as const) {
    if (isJsonArray(schema[keyword]) && keyword !== expanded) {
      parts.push(mapVariants(m, at, keyword, place));
    }
  }
  const tag =
    place.depth === 0 && m.root === pointer ? m.world.discriminators.parentTag(m, at) : null;
  if (tag !== null) parts.push(tag);
  return parts;
}

/** A composition whose parts say nothing beside `type`: `type: string` with `anyOf` of patterns, `allOf` of a bare `type: object`. */
function mapBare(m: Mapping, at: ObjectAt, place: Place, family: Family): TypeNode {
  const { schema, pointer } = at;
  if (place.family !== undefined) return unknownNode;
  if (schema["type"] !== undefined || speaksOfObjects(schema)) return mapType(m, at, place, family);
  const members = listAt(schema, pointer, "allOf").filter(
    ({ schema: member }) => isJsonObject(member) && !isComposed(member),
  );
  const alone = { ...partOf(place, family, at), family: undefined };
  return m.intersection(
    members.map((member) => mapSchema(m, member, alone)),
    pointer,
  );
}

/**
 * A composition that `type` beside it, or a member of `allOf` that is only a `type`, narrows to scalars: what it refers to may be
 * anything. Unchanged where the parts say as much, or the opposite.
 */
function narrowed(m: Mapping, { schema, pointer }: ObjectAt, node: TypeNode): TypeNode {
  const members = isJsonArray(schema["allOf"]) ? schema["allOf"] : [];
  const isTyped = (member: JsonValue): member is JsonObject =>
    isJsonObject(member) && !isComposed(member) && member["type"] !== undefined;
  const types = [schema["type"], ...members.filter(isTyped).map((member) => member["type"])]
    .map(typesOf)
    .filter((kinds) => kinds !== null);
  const [first, ...others] = types;
  if (first === undefined) return node;
  const kinds = [...first].filter((kind) => others.every((other) => other.has(kind)));
  const scalars = kinds.filter((kind) => kind !== "object" && kind !== "array");
  if (scalars.length < kinds.length) return node;
  const allOf = members.map((member) => (isTyped(member) ? true : member));
  const rest = Object.entries(schema).filter(([keyword]) => keyword !== "type");
  const parts = { ...Object.fromEntries(rest), allOf };
  const found = kindsOf(m.reader, { schema: parts, pointer });
  if (found !== null && (found.size === 0 || [...found].every((kind) => kinds.includes(kind)))) {
    return node;
  }
  if (found !== null && !kinds.some((kind) => found.has(kind))) return node;
  return m.intersection([node, m.union(scalars.map((kind) => scalarNodes[kind]))], pointer);
}

function isComposed(schema: JsonObject): boolean {
  return (
    referenceOf(schema) !== undefined ||
    typeof schema["$dynamicRef"] === "string" ||
    typeof schema["$recursiveRef"] === "string" ||
    ["allOf", "oneOf", "anyOf"].some((keyword) => isJsonArray(schema[keyword]))
  );
}

/** A member of `allOf` that only repeats which type the whole is of, or requires what other parts declare. */
function isBarePart(schema: JsonObject, family: Family): boolean {
  if (speaksOfObjects(schema) || speaksOfArrays(schema)) return false;
  const { type } = schema;
  const types = isJsonArray(type) ? type : [type];
  const isObject = types.every(
    (name) => name === undefined || name === "object" || name === "null",
  );
  return (isObject && type !== "null") || family.targets.length > 0;
}

/** `not: {}` and `not: true` leave no value. */
function forbidsAll(not: JsonValue | undefined): boolean {
  if (!isJsonObject(not)) return not === true;
  return Object.keys(not).every((key) => annotations.has(key) || key.startsWith("x-"));
}

/** Keywords that leave the set of values as it is. */
const annotations = new Set(
  (
    "$anchor $comment $id $schema default deprecated description example examples externalDocs readOnly summary title " +
    "writeOnly xml"
  ).split(" "),
);

/** Whether a schema says nothing but that null is allowed: DRF's and Ninja's spelling of null in a union. */
export function isNullableAlone(schema: JsonValue): boolean {
  return (
    isJsonObject(schema) &&
    schema["nullable"] === true &&
    Object.keys(schema).every(
      (key) => key === "nullable" || annotations.has(key) || key.startsWith("x-"),
    )
  );
}

/** Whether a schema only requires members: a variant of the schema around it. */
export function isRequirement(schema: JsonValue): schema is JsonObject {
  return (
    isJsonObject(schema) &&
    (schema["type"] === undefined || schema["type"] === "object") &&
    Object.keys(schema).every(
      (key) =>
        key === "required" ||
        key === "type" ||
        key === "not" ||
        annotations.has(key) ||
        key.startsWith("x-"),
    ) &&
    !forbidsAll(schema["not"])
  );
}
