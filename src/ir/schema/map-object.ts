import type { JsonObject } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import type { Member, TypeNode } from "../type-node.js";
import { ghostMembers } from "./ghost-members.js";
import { inside, type Family, type Mapping, type Place } from "./mapping.js";
import { mapProperty, isTruthful } from "./map-property.js";
import { mapSchema } from "./map-schema.js";
import { emptyObjectNode, isJsonObject, literalNode, undefinedNode, unknownNode } from "./nodes.js";
import { referenceOf, type SchemaAt } from "./schema-reader.js";
import { isSelfComparable } from "./self-comparable.js";

export type ObjectAt = SchemaAt & { readonly schema: JsonObject };

/** What a schema says about objects, before it is decided which members may be absent. */
export interface ObjectShape {
  readonly members: readonly Member[];
  /** Members that are required but not declared. */
  readonly ghosts: readonly Member[];
  /** What members of any other name may be; empty when nothing is said of them, or there are none. */
  readonly others: readonly TypeNode[];
  /** The schema forbids other members. */
  readonly closed: boolean;
  /** The names that members may have, when they are listed; `node` is a type of them all. */
  readonly names: { readonly list: readonly string[]; readonly node: TypeNode } | null;
}

const objectKeywords = [
  "properties",
  "additionalProperties",
  "patternProperties",
  "propertyNames",
  "unevaluatedProperties",
] as const;

export function speaksOfObjects(schema: JsonObject): boolean {
  return objectKeywords.some((keyword) => Object.hasOwn(schema, keyword));
}

/** Reads what a schema says about objects. What is required of the members is said by the whole family: the schema with its `allOf`. */
export function readObject(m: Mapping, at: ObjectAt, place: Place, family: Family): ObjectShape {
  const { schema, pointer } = at;
  const members: Member[] = [];
  const { properties } = schema;
  if (isJsonObject(properties)) {
    const truthful = isTruthful(properties, family.required);
    const list = child(pointer, "properties");
    const inner = inside(place);
    for (const [name, property] of Object.entries(properties)) {
      const propertyAt = { schema: property, pointer: child(list, name) };
      const required = family.required.has(name) || family.inherited.has(name);
      const role = { required, truthful };
      const member = mapProperty(m, name, propertyAt, role, inner);
      if (member !== null) members.push(member);
    }
  }
  const { others, closed } = readOthers(m, at, place);
  return {
    members,
    ghosts: place.family === undefined ? ghostMembers(m, at, place, family, others) : [],
    others,
    closed,
    names: readNames(m, at),
  };
}

/** Members by other names: patterns, and `additionalProperties` (or `unevaluatedProperties`, which says the same here). */
function readOthers(
  m: Mapping,
  { schema, pointer }: ObjectAt,
  place: Place,
): { readonly others: readonly TypeNode[]; readonly closed: boolean } {
  const others: TypeNode[] = [];
  const patterns = schema["patternProperties"];
  if (isJsonObject(patterns)) {
    const list = child(pointer, "patternProperties");
    for (const [pattern, value] of Object.entries(patterns)) {
      others.push(mapSchema(m, { schema: value, pointer: child(list, pattern) }, inside(place)));
    }
  }
  const keyword = Object.hasOwn(schema, "additionalProperties")
    ? "additionalProperties"
    : "unevaluatedProperties";
  const value = schema[keyword];
  if (value === true || isJsonObject(value)) {
    others.push(mapSchema(m, { schema: value, pointer: child(pointer, keyword) }, inside(place)));
  }
  const said = others.filter((node) => node.kind !== "never");
  const forbidden = value === false || schema["maxProperties"] === 0 || others.length > 0;
  return { others: said, closed: forbidden && said.length === 0 };
}

function readNames(m: Mapping, { schema, pointer }: ObjectAt): ObjectShape["names"] {
  const { propertyNames } = schema;
  if (propertyNames === undefined) return null;
  const at = { schema: propertyNames, pointer: child(pointer, "propertyNames") };
  const values = propertyNames === false ? [] : m.reader.literals(at);
  if (values === null) return null;
  const list = [...new Set(values.filter((value) => typeof value === "string"))];
  const literals = m.union(list.map((value) => literalNode(value)));
  const reference = referenceOf(propertyNames);
  if (reference === undefined || list.length < values.length || m.reader.allowsNull(at)) {
    return { list, node: literals };
  }
  const target = m.reader.target(reference, at.pointer);
  return { list, node: target === null ? literals : m.refer(target) };
}

/** The type of a shape; null when it says nothing but that the value is an object. `alsoRequired` are members that a variant requires. */
export function objectNode(
  m: Mapping,
  shape: ObjectShape,
  alsoRequired: ReadonlySet<string> = new Set(),
): TypeNode | null {
  const { ghosts, others, closed, names } = shape;
  const declared = shape.members.map((member) =>
    member.optional && alsoRequired.has(member.name) ? { ...member, optional: false } : member,
  );
  const members = [...declared, ...ghosts];
  const declaredNames = new Set(members.map(({ name }) => name));
  const value = others.length === 0 ? unknownNode : m.union(others);
  for (const name of alsoRequired) {
    if (!declaredNames.has(name)) members.push({ name, type: value, optional: false });
  }
  if (names !== null && !closed) {
    if (declared.length === 0 && alsoRequired.size === 0 && names.list.length > 0) {
      const required = new Set(ghosts.map(({ name }) => name));
      const all = names.list.every((name) => required.has(name));
      if (all || required.size === 0) {
        return { kind: "record", keys: names.node, value, partial: !all };
      }
    }
    const known = new Set(members.map(({ name }) => name));
    for (const name of names.list) {
      if (!known.has(name)) members.push({ name, type: value, optional: true });
    }
    return members.length === 0 ? emptyObjectNode : { kind: "object", members };
  }
  if (others.length > 0) {
    const types = [...others, ...members.map(({ type }) => type)];
    const isOptional = members.some(({ optional }) => optional);
    const index = types.every((type) => isSelfComparable(type))
      ? m.union(isOptional ? [...types, undefinedNode] : types)
      : unknownNode;
    return { kind: "object", members, index };
  }
  if (members.length > 0) return { kind: "object", members };
  return closed ? emptyObjectNode : null;
}

/** The type of a shape as one part of several: without members it adds nothing, also when it closes the whole. */
export function partNode(m: Mapping, shape: ObjectShape): TypeNode {
  const node = objectNode(m, shape);
  return node === null || node === emptyObjectNode ? unknownNode : node;
}
