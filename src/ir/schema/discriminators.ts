import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { child, lastStep } from "../../document/pointer.js";
import type { TypeNode } from "../type-node.js";
import type { Mapping } from "./mapping.js";
import { presenceOf, roleOf } from "./map-property.js";
import { isJsonObject, literalNode } from "./nodes.js";
import {
  componentPrefix,
  readDiscriminator,
  type DiscriminatorReading,
  type Tagging,
} from "./read-discriminator.js";
import {
  listAt,
  referenceOf,
  type PropertyAt,
  type SchemaAt,
  type SchemaReader,
} from "./schema-reader.js";

type SchemaObjectAt = SchemaAt & { readonly schema: JsonObject };

/** Discriminators (OpenAPI 3.1.1 section 4.8.25) and the literal tags that they give to variants and to children of a parent. */
export class Discriminators {
  readonly #readings = new Map<JsonObject, DiscriminatorReading>();
  #parents: ReadonlyMap<Pointer, ReadonlyMap<Pointer, Tagging>> | undefined;
  readonly #inherited = new Map<Tagging, ReadonlyMap<Pointer, ReadonlySet<string>>>();

  /** The discriminator of a schema, with its faults reported; null when it has none. */
  of(m: Mapping, at: SchemaObjectAt): Tagging | null {
    if (at.schema["discriminator"] === undefined) return null;
    const { tagging, faults } = this.#reading(m, at);
    for (const { code, pointer, message } of faults) m.reader.report(code, pointer, message);
    return tagging;
  }

  #reading(m: Mapping, at: SchemaObjectAt): DiscriminatorReading {
    let reading = this.#readings.get(at.schema);
    if (reading === undefined) {
      reading = readDiscriminator(m.reader.document, at);
      this.#readings.set(at.schema, reading);
    }
    return reading;
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
    this.#parents ??= this.#findParents(m);
    const parents = this.#parents.get(at.pointer);
    if (parents === undefined) return null;
    for (const part of m.reader.parts(at)) {
      const tagging = part.pointer === at.pointer ? undefined : parents.get(part.pointer);
      if (tagging === undefined) continue;
      const values = [...(this.#valuesOfFamilies(m, tagging).get(at.pointer) ?? [])];
      const tag = tagNode(m, tagging.member, values, m.reader.property(at, tagging.member));
      if (tag !== null) return tag;
    }
    return null;
  }

  /** For each schema that a component's discriminator maps a value to: the components that do, by place. */
  #findParents(m: Mapping): ReadonlyMap<Pointer, ReadonlyMap<Pointer, Tagging>> {
    const parents = new Map<Pointer, Map<Pointer, Tagging>>();
    const schemas = m.reader.document.valueAt(componentPrefix);
    for (const [key, schema] of Object.entries(isJsonObject(schemas) ? schemas : {})) {
      if (!isJsonObject(schema) || !isJsonObject(schema["discriminator"])) continue;
      const pointer = child(componentPrefix, key);
      const { tagging } = this.#reading(m, { schema, pointer });
      if (tagging === null) continue;
      for (const target of tagging.values.keys()) {
        const known = parents.get(target) ?? new Map<Pointer, Tagging>();
        parents.set(target, known.set(pointer, tagging));
      }
    }
    return parents;
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
