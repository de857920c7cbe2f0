import type { Pointer } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/quote.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { child, lastStep } from "../../document/pointer.js";
import type { TypeNode } from "../type-node.js";
import type { Mapping } from "./mapping.js";
import { presenceOf, roleOf } from "./map-property.js";
import { isJsonObject, literalNode } from "./nodes.js";
import {
  listAt,
  referenceOf,
  type PropertyAt,
  type SchemaAt,
  type SchemaReader,
} from "./schema-reader.js";

/** What a `discriminator` says: the member that tells, and its values for each schema that the mapping names. */
export interface Tagging {
  readonly member: string;
  readonly values: ReadonlyMap<Pointer, readonly string[]>;
}

type SchemaObjectAt = SchemaAt & { readonly schema: JsonObject };

const componentPrefix = "#/components/schemas";

/** Discriminators (OpenAPI 3.1.1 section 4.8.25) and the literal tags that they give to variants and to children of a parent. */
export class Discriminators {
  readonly #read = new WeakMap<JsonObject, Tagging>();
  readonly #inherited = new WeakMap<Tagging, ReadonlyMap<Pointer, ReadonlySet<string>>>();

  /** The discriminator of a schema; null when it has none. */
  of(m: Mapping, { schema, pointer }: SchemaObjectAt): Tagging | null {
    const value = schema["discriminator"];
    if (value === undefined) return null;
    const place = child(pointer, "discriminator");
    // Swagger 2.0 wrote the name of the member alone.
    if (typeof value === "string") return { member: value, values: new Map() };
    if (!isJsonObject(value)) {
      m.wrongType(place, '"discriminator"', value, "an object");
      return null;
    }
    const known = this.#read.get(value);
    if (known !== undefined) return known;
    const member = value["propertyName"];
    if (typeof member !== "string") {
      m.wrongType(child(place, "propertyName"), '"propertyName"', member ?? null, "a string");
      return null;
    }
    const tagging = { member, values: readMapping(m, value["mapping"], child(place, "mapping")) };
    this.#read.set(value, tagging);
    return tagging;
  }

  /**
   * A variant of a union with its tag: `V & { kind: "cat" }`. V alone where its own schema lists the values of the member already and
   * requires it.
   */
  tag(m: Mapping, tagging: Tagging, variant: SchemaAt, node: TypeNode): TypeNode {
    const reference = referenceOf(variant.schema);
    const target = reference === undefined ? null : m.reader.target(reference, variant.pointer);
    const mapped = target === null ? undefined : this.#valuesFor(m, tagging, target);
    const property = m.reader.property(variant, tagging.member);
    if (property === null && isTaggedUnion(m.reader, variant, tagging.member)) return node;
    const implicit = target?.pointer.startsWith(componentPrefix) ? [lastStep(target.pointer)] : [];
    const tag = tagNode(m, tagging.member, mapped ?? implicit, property);
    return tag === null ? node : m.intersection([node, tag], variant.pointer);
  }

  #valuesFor(m: Mapping, tagging: Tagging, target: SchemaAt): readonly string[] | undefined {
    const direct = tagging.values.get(target.pointer);
    if (direct !== undefined) return direct;
    const end = m.reader.follow(target);
    return end === null ? undefined : tagging.values.get(end.pointer);
  }

  /**
   * The tag of a child whose parent, reached through `allOf`, maps values to it: `{ kind: "cat" }`. A child with children of its own
   * also has their values, as a value of theirs is one of its own. Null when no parent does, or the child lists its values itself.
   */
  parentTag(m: Mapping, at: SchemaObjectAt): TypeNode | null {
    if (
      listAt(at.schema, at.pointer, "allOf").length === 0 &&
      referenceOf(at.schema) === undefined
    ) {
      return null;
    }
    for (const part of m.reader.parts(at)) {
      if (part.pointer === at.pointer || part.schema["discriminator"] === undefined) continue;
      const tagging = this.of(m, part);
      if (tagging === null || !tagging.values.has(at.pointer)) continue;
      const values = [...(this.#valuesOfFamilies(m, tagging).get(at.pointer) ?? [])];
      const property = m.reader.property(at, tagging.member);
      const tag = tagNode(m, tagging.member, values, property);
      if (tag !== null) return tag;
    }
    return null;
  }

  /** For each schema of the mapping its own values and those of the schemas that extend it. */
  #valuesOfFamilies(m: Mapping, tagging: Tagging): ReadonlyMap<Pointer, ReadonlySet<string>> {
    const known = this.#inherited.get(tagging);
    if (known !== undefined) return known;
    const inherited = new Map<Pointer, Set<string>>();
    for (const [pointer, values] of tagging.values) {
      const schema = m.reader.document.valueAt(pointer);
      if (schema === undefined) continue;
      for (const part of m.reader.parts({ schema, pointer })) {
        if (!tagging.values.has(part.pointer)) continue;
        const all = inherited.get(part.pointer) ?? new Set();
        for (const value of values) all.add(value);
        inherited.set(part.pointer, all);
      }
    }
    this.#inherited.set(tagging, inherited);
    return inherited;
  }
}

function readMapping(
  m: Mapping,
  mapping: JsonValue | undefined,
  place: Pointer,
): ReadonlyMap<Pointer, readonly string[]> {
  const values = new Map<Pointer, string[]>();
  if (mapping === undefined) return values;
  if (!isJsonObject(mapping)) {
    m.wrongType(place, '"mapping"', mapping, "an object of names or references");
    return values;
  }
  for (const [value, name] of Object.entries(mapping)) {
    if (typeof name !== "string") {
      m.wrongType(child(place, value), "a schema in the mapping", name, "a name or a reference");
      continue;
    }
    const pointer = mappedPointer(m, name, place);
    if (pointer === null) {
      m.reader.report("W313", child(place, value), `there is no schema ${quote(name)}`);
      continue;
    }
    const found = values.get(pointer);
    if (found === undefined) values.set(pointer, [value]);
    else found.push(value);
  }
  return values;
}

/** A bare name of a component is preferred to a relative reference (OpenAPI 3.1.1 section 4.8.25.3). */
function mappedPointer(m: Mapping, name: string, place: Pointer): Pointer | null {
  const component = child(componentPrefix, name);
  if (!name.includes("#") && m.reader.document.valueAt(component) !== undefined) return component;
  const resolution = m.reader.document.resolve(name, place);
  return resolution.found ? resolution.pointer : null;
}

/** The object with the one member that tells; null when the member's own schema says as much. */
function tagNode(
  m: Mapping,
  member: string,
  values: readonly string[],
  property: PropertyAt | null,
): TypeNode | null {
  const own = property === null ? null : m.reader.literals(property);
  let literals: readonly JsonValue[];
  if (own === null) {
    literals = values.map((value) => typedValue(value, property));
  } else {
    const mapped = new Set(values);
    const narrowed = own.filter((value) =>
      mapped.has(typeof value === "string" ? value : JSON.stringify(value)),
    );
    const narrows = narrowed.length > 0 && narrowed.length < own.length;
    if (!narrows && isPresent(m, property)) return null;
    literals = narrows ? narrowed : own;
  }
  if (literals.length === 0 || isDropped(m, property)) return null;
  const type = m.union(literals.map((value) => literalNode(value)));
  return { kind: "object", members: [{ name: member, type, optional: false }] };
}

function isPresent(m: Mapping, property: PropertyAt | null): boolean {
  return property !== null && presenceOf(m, property, roleOf(property)) === "required";
}

function isDropped(m: Mapping, property: PropertyAt | null): boolean {
  return property !== null && presenceOf(m, property, roleOf(property)) === "dropped";
}

/** Keys of a mapping are strings; the member may be a number or a boolean. */
function typedValue(value: string, property: PropertyAt | null): JsonValue {
  const type = isJsonObject(property?.schema) ? property.schema["type"] : undefined;
  if ((type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(value))
    return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

/** Whether a variant is itself a union whose variants all list the values of the member. */
function isTaggedUnion(reader: SchemaReader, at: SchemaAt, member: string): boolean {
  const end = reader.follow(at);
  if (end === null || !isJsonObject(end.schema)) return false;
  const variants = ["oneOf", "anyOf"].flatMap((keyword) =>
    isJsonObject(end.schema) ? listAt(end.schema, end.pointer, keyword) : [],
  );
  return (
    variants.length > 0 &&
    variants.every((variant) => {
      const property = reader.property(variant, member);
      return property !== null && reader.literals(property) !== null;
    })
  );
}
