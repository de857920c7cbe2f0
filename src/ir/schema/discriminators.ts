import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child, lastStep } from "../../document/pointer.js";
import { componentsPointer } from "./component-pointer.js";
import type { Source, Steps } from "../steps/steps.js";
import type { TypeNode } from "../type-node.js";
import type { Mapping } from "./mapping.js";
import { presenceOf, roleOf } from "./map-property.js";
import { isJsonObject, literalNode } from "./nodes.js";
import {
  readDiscriminator,
  type DiscriminatorReading,
  type Tagging,
} from "./read-discriminator.js";
import { listAt, referenceOf, type PropertyAt, type SchemaAt } from "./schema-reader.js";
import { kindsOf } from "./value-kinds.js";

type SchemaObjectAt = SchemaAt & { readonly schema: JsonObject };

/** Discriminators (OpenAPI 3.1.1 section 4.8.25) and the literal tags that they give to variants and to children of a parent. */
export class Discriminators {
  readonly #steps: Steps;
  readonly #parents: ReadonlyMap<Pointer, ReadonlyMap<Pointer, Tagging>>;
  /** The schemas whose discriminators map a value to the schema at a place; they are read anew in each build. */
  readonly #parentsOf: Source<ReadonlyMap<Pointer, Tagging> | undefined>;
  #heirs: ReadonlyMap<string, ReadonlyMap<Pointer, ReadonlySet<string>>> | undefined;

  constructor(steps: Steps) {
    this.#steps = steps;
    this.#parents = this.#findParents(steps.document);
    this.#parentsOf = steps.source("parents", (pointer) => this.#parents.get(pointer));
  }

  /** The discriminator of a schema, with its faults reported; null when it has none. */
  of(m: Mapping, at: SchemaObjectAt): Tagging | null {
    if (at.schema["discriminator"] === undefined) return null;
    const { tagging, faults } = this.#reading(at);
    for (const { code, pointer, message } of faults) m.reader.report(code, pointer, message);
    return tagging;
  }

  #reading(at: SchemaObjectAt): DiscriminatorReading {
    return this.#steps.share("discriminator", at.pointer, [at.schema], () =>
      readDiscriminator(this.#steps.document, at),
    );
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
    if (property === null && this.#isTaggedUnion(m, variant, tagging.member)) return node;
    if (property === null && mapped === undefined) {
      const variants = this.#variantsByName(m, tagging, variant);
      if (variants !== null) return variants;
    }
    const implicit = target?.pointer.startsWith(componentsPointer)
      ? [lastStep(target.pointer)]
      : [];
    const tag = tagNode(m, tagging.member, mapped ?? implicit, property);
    if (tag === null || (target !== null && this.#inherits(m, target, tag))) return node;
    return m.intersection([node, tag], variant.pointer);
  }

  /** Whether a variant has that very tag from a parent. */
  #inherits(m: Mapping, target: SchemaAt, tag: TypeNode): boolean {
    const end = m.reader.follow(target);
    if (end === null || !isJsonObject(end.schema)) return false;
    const own = this.parentTag(m, { schema: end.schema, pointer: end.pointer });
    return own !== null && m.world.algebra.same(own, tag);
  }

  /** A variant that is itself a union of schemas which the mapping names: their union, each with its tag. Null for any other. */
  #variantsByName(m: Mapping, tagging: Tagging, variant: SchemaAt): TypeNode | null {
    const end = m.reader.follow(variant);
    if (end === null || !isJsonObject(end.schema)) return null;
    if (speaksOfMore(end.schema)) return null;
    const variants = [
      ...listAt(end.schema, end.pointer, "oneOf"),
      ...listAt(end.schema, end.pointer, "anyOf"),
    ];
    const nodes: TypeNode[] = [];
    for (const inner of variants) {
      const reference = referenceOf(inner.schema);
      const target = reference === undefined ? null : m.reader.target(reference, inner.pointer);
      if (target === null || this.#valuesFor(m, tagging, target) === undefined) return null;
      nodes.push(this.tag(m, tagging, inner, m.refer(target)));
    }
    return nodes.length === 0 ? null : m.union(nodes);
  }

  /** Whether a variant is itself a union whose variants all have their own values of the member, listed or by a discriminator. */
  #isTaggedUnion(m: Mapping, at: SchemaAt, member: string): boolean {
    const end = m.reader.follow(at);
    if (end === null || !isJsonObject(end.schema)) return false;
    const { schema, pointer } = end;
    const variants = ["oneOf", "anyOf"].flatMap((keyword) => listAt(schema, pointer, keyword));
    if (variants.length === 0) return false;
    if (this.of(m, { schema, pointer })?.member === member) return true;
    return variants.every((variant) => {
      const property = m.reader.property(variant, member);
      return property !== null && m.reader.literals(property) !== null;
    });
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
    const parents = this.#parentsOf(at.pointer);
    if (parents === undefined) return null;
    for (const part of m.reader.parts(at)) {
      const tagging = part.pointer === at.pointer ? undefined : parents.get(part.pointer);
      if (tagging === undefined) continue;
      this.#heirs ??= this.#findHeirs(m, this.#parents);
      const values = [...(this.#heirs.get(tagging.member)?.get(at.pointer) ?? [])];
      const tag = tagNode(m, tagging.member, values, m.reader.property(at, tagging.member));
      if (tag !== null) return tag;
    }
    return null;
  }

  /** For each schema that a discriminator of a component, or of a part of one, maps a value to: the schemas that do, by place. */
  #findParents(document: Document): ReadonlyMap<Pointer, ReadonlyMap<Pointer, Tagging>> {
    const parents = new Map<Pointer, Map<Pointer, Tagging>>();
    const schemas = document.valueAt(componentsPointer);
    const queue = Object.entries(isJsonObject(schemas) ? schemas : {}).map(([key, schema]) => ({
      schema,
      pointer: child(componentsPointer, key),
    }));
    for (const { schema, pointer } of queue) {
      if (!isJsonObject(schema)) continue;
      for (const part of listAt(schema, pointer, "allOf")) queue.push(part);
      if (!isJsonObject(schema["discriminator"])) continue;
      const { tagging } = this.#reading({ schema, pointer });
      if (tagging === null) continue;
      for (const target of tagging.values.keys()) {
        const known = parents.get(target) ?? new Map<Pointer, Tagging>();
        parents.set(target, known.set(pointer, tagging));
      }
    }
    return parents;
  }

  /** By member, for each schema that has a parent with a discriminator: its own values and those of the schemas that extend it. */
  #findHeirs(
    m: Mapping,
    parents: ReadonlyMap<Pointer, ReadonlyMap<Pointer, Tagging>>,
  ): ReadonlyMap<string, ReadonlyMap<Pointer, ReadonlySet<string>>> {
    const heirs = new Map<string, Map<Pointer, Set<string>>>();
    for (const [pointer, holders] of parents) {
      const schema = m.reader.document.valueAt(pointer);
      if (schema === undefined) continue;
      const parts = [...m.reader.parts({ schema, pointer })].map((part) => part.pointer);
      for (const holder of parts) {
        const tagging = holders.get(holder);
        const values = tagging?.values.get(pointer);
        if (tagging === undefined || values === undefined) continue;
        const byPlace = heirs.get(tagging.member) ?? new Map<Pointer, Set<string>>();
        heirs.set(tagging.member, byPlace);
        for (const part of parts) {
          if (!parents.has(part)) continue;
          const all = byPlace.get(part) ?? new Set<string>();
          for (const value of values) all.add(value);
          byPlace.set(part, all);
        }
      }
    }
    return heirs;
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
    literals = values
      .map((value) => typedValue(m, value, property))
      .filter((value) => value !== undefined);
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

/** Keys of a mapping are strings; the member may be a number or a boolean. Undefined when the key cannot be a value of it. */
function typedValue(m: Mapping, value: string, property: PropertyAt | null): JsonValue | undefined {
  const kinds = property === null ? null : kindsOf(m.reader, property);
  if (kinds === null || kinds.has("string")) return value;
  if (kinds.has("number") && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  // Python writes `True`.
  if (kinds.has("boolean") && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  return undefined;
}

/** Whether a union says anything beside its variants. */
function speaksOfMore(schema: JsonObject): boolean {
  return Object.keys(schema).some((keyword) => shaping.has(keyword));
}

const shaping = new Set([
  "$ref",
  "allOf",
  "properties",
  "required",
  "additionalProperties",
  "patternProperties",
  "nullable",
]);
