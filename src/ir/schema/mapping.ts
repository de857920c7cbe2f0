import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import type { Docs } from "../docs.js";
import type { ApiOptions } from "../options.js";
import type { Direction, TypeNode } from "../type-node.js";
import { docsOf } from "./docs-of.js";
import type { Discriminators } from "./discriminators.js";
import { misusedKeywords } from "./keywords.js";
import { describeValue, isJsonObject } from "./nodes.js";
import type { SchemaAt, SchemaReader } from "./schema-reader.js";
import type { TypeAlgebra } from "./type-algebra.js";

/** Deepest nesting of schemas within one named type (types.md section 6). */
export const maxDepth = 500;

/** For which place a schema is mapped. */
export interface Form {
  readonly direction: Direction;
  /** Binary strings are blobs: multipart bodies, and answers that are not JSON. */
  readonly blob: boolean;
  /** Nobody uses the schema the other way, so read-only members that a caller must send (write-only ones that arrive) are kept. */
  readonly lenient: boolean;
}

export type MappingOptions = Pick<ApiOptions, "outputDefaults" | "int64">;

/** What all mappings of one document share. */
export interface World {
  readonly reader: SchemaReader;
  readonly algebra: TypeAlgebra;
  readonly options: MappingOptions;
  /** A provisional reference to the named type for a schema, for the form given or, within named types, for theirs. */
  refer(target: SchemaAt, form: Form | null): { readonly node: TypeNode; readonly unit: number };
  readonly discriminators: Discriminators;
  /** Objects whose keywords were checked already. */
  readonly checked: Set<JsonObject>;
  /** Where `$dynamicAnchor`s of a name stand. */
  dynamicAnchors(name: string): readonly SchemaAt[];
}

/** Docs of members, by their schemas: the same in all forms. */
export type DocsOfMembers = Map<
  JsonObject,
  { readonly name: string; readonly docs: Docs | undefined }
>;

/** One walk through one schema for one form. Notes on the way on what its result depends. */
export class Mapping {
  readonly world: World;
  readonly form: Form;
  /** Where the named type stands that is being mapped; null for an inline schema of a function. */
  readonly root: Pointer | null;
  /** Whether another form would have given another result. */
  readonly dependsOn = { direction: false, media: false, lenience: false };
  /** Named types that the result refers to, by number. */
  readonly units = new Set<number>();

  readonly #docs: DocsOfMembers;

  /** @param docs what other walks through the same schema have found */
  constructor(
    world: World,
    form: Form,
    root: Pointer | null,
    docs: DocsOfMembers = new Map() as DocsOfMembers,
  ) {
    this.world = world;
    this.form = form;
    this.root = root;
    this.#docs = docs;
  }

  get reader(): SchemaReader {
    return this.world.reader;
  }

  union(nodes: readonly TypeNode[]): TypeNode {
    return this.world.algebra.union(nodes);
  }

  /** Reports W304 at `pointer` when the nodes contradict each other. */
  intersection(nodes: readonly TypeNode[], pointer: Pointer): TypeNode {
    return this.world.algebra.intersection(nodes, () =>
      this.reader.report("W304", pointer, "no value satisfies all parts of this schema"),
    );
  }

  refer(target: SchemaAt): TypeNode {
    const { node, unit } = this.world.refer(target, this.root === null ? this.form : null);
    this.units.add(unit);
    return node;
  }

  docsOf(at: SchemaAt, name: string): Docs | undefined {
    if (!isJsonObject(at.schema)) return undefined;
    const known = this.#docs.get(at.schema);
    if (known?.name === name) return known.docs;
    const docs = docsOf(this.reader, at, name);
    this.#docs.set(at.schema, { name, docs });
    return docs;
  }

  /** Reports keywords of the wrong type, once for each schema. */
  check(schema: JsonObject, pointer: Pointer): void {
    if (this.world.checked.has(schema)) return;
    this.world.checked.add(schema);
    for (const { keyword, value, expected } of misusedKeywords(schema)) {
      this.wrongType(`${pointer}/${keyword}`, `"${keyword}"`, value, expected);
    }
  }

  wrongType(pointer: Pointer, what: string, value: JsonValue, expected: string): void {
    this.reader.report(
      "E303",
      pointer,
      `${what} must be ${expected}, but is ${describeValue(value)}`,
    );
  }
}

/** Where in a walk a schema is met. */
export interface Place {
  /** Schemas around it, up to the named type. */
  readonly depth: number;
  /** The named type is this very schema, a union with it or an intersection with it. */
  readonly transparent: boolean;
  /** The parts of the `allOf` that it is a member of. */
  readonly family?: Family | undefined;
  /** The schema with the `allOf` that it is a member of, at any depth. */
  readonly whole?: SchemaAt | undefined;
  /** The schema whose variant it is: knows the types of members that the variant only requires. */
  readonly enclosing?: SchemaAt | undefined;
  /** How often a member's type was taken from another schema on the way here. */
  readonly borrowed?: number | undefined;
}

/** A schema with its `allOf`: one object in several parts. */
export interface Family {
  /** Names that any inline part requires. */
  readonly required: ReadonlySet<string>;
  /** Names that are required by what the parts refer to, or by the schema that they are a variant of. */
  readonly inherited: ReadonlySet<string>;
  /** Names that any inline part declares. */
  readonly declared: ReadonlySet<string>;
  /** What the parts refer to. */
  readonly targets: readonly SchemaAt[];
  /** There is only one part. */
  readonly alone: boolean;
}

export const topPlace: Place = { depth: 0, transparent: true };

/** Inside a member, an element or a value. */
export function inside(place: Place): Place {
  return { depth: place.depth + 1, transparent: false, borrowed: place.borrowed };
}

/** A variant of a union. */
export function variantOf(place: Place, enclosing: SchemaAt): Place {
  return {
    depth: place.depth + 1,
    transparent: place.transparent,
    borrowed: place.borrowed,
    enclosing,
  };
}

/** A member of `allOf`. */
export function partOf(place: Place, family: Family, at: SchemaAt): Place {
  const whole = place.whole ?? at;
  return { ...variantOf(place, whole), family, whole, enclosing: place.enclosing };
}
