import type { Pointer } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/quote.js";
import type { Document, JsonValue } from "../../document/document.js";
import { lastStep } from "../../document/pointer.js";
import type { NamedType } from "../api.js";
import type { NameRegistry } from "../names/name-registry.js";
import type { Direction, ReferenceNode, TypeNode } from "../type-node.js";
import { resolveCircles, type Draft } from "./alias-circles.js";
import { ComponentNames, type ComponentName } from "./component-names.js";
import { Discriminators } from "./discriminators.js";
import { docsOf } from "./docs-of.js";
import { findDynamicAnchors } from "./dynamic-anchors.js";
import { mapSchema } from "./map-schema.js";
import { Mapping, type Form, type MappingOptions, type World } from "./mapping.js";
import { blobNode } from "./nodes.js";
import { reach, type Use } from "./reach.js";
import { rewriteReferences } from "./rewrite.js";
import { findSameForms } from "./same-forms.js";
import { SchemaReader, type SchemaAt } from "./schema-reader.js";
import { formOfToken, isToken, tokenOf } from "./tokens.js";
import type { Source, Steps } from "../steps/steps.js";
import { TypeAlgebra } from "./type-algebra.js";
import { TypeNames } from "./type-names.js";
import { structureOf } from "./tree-structure.js";
import { mapForms, numberOfForm, Unit, type Tree } from "./unit.js";

export type { MappingOptions, SchemaAt };

/** What carries the value: JSON, a multipart body, or an answer of another media type. In the latter two binary strings are blobs. */
export type Media = "json" | "multipart" | "binary";

/** The use of a named type by a function, by the number of its unit. */
export type RootUse = Omit<Use, "unit"> & { readonly unit: number };

/** A use of a unit, by its number. */
interface PlannedUse extends RootUse {
  readonly lenient: boolean;
}

interface TypePlan extends Pick<MappedTypes, "names" | "claimed"> {
  /** What becomes a type, by its name; more than one where forms are the same. */
  readonly uses: ReadonlyMap<string, readonly PlannedUse[]>;
}

/** What a named type is described by, beside its type. */
interface TypeParts extends Pick<NamedType, "position"> {
  readonly draft: Draft;
  readonly schema: JsonValue;
  readonly component: ComponentName | undefined;
  /** Where else it stands. */
  readonly others: ReadonlySet<Pointer>;
}

/** All named types that the mapped schemas lead to. */
export interface MappedTypes {
  /** In document order; an IN form stands after its OUT form. Schemas that are no components come last. */
  readonly types: readonly NamedType[];
  /** Names of the types by the tokens of references; the same object as long as all of them are the same. */
  readonly names: ReadonlyMap<string, string>;
  /** Names that were given out for them, beside those of the components. */
  readonly claimed: readonly string[];
  /** A node that `map` gave, or that was made of such nodes, with the names that its references have now. */
  readonly resolve: (node: TypeNode) => TypeNode;
  /** The name that such a node has become; null when it is no named type. */
  readonly nameOf: (node: TypeNode) => string | null;
}

/**
 * Maps schemas to types by the table of types.md section 4. Schemas that references lead to become named types, mapped only when
 * something leads to them; their names are chosen in the constructor, from the document alone, so call it before other names are
 * claimed. References in the nodes of `map` are provisional: call `finish` once, and pass each node through its `resolve`.
 */
export class SchemaMapper {
  readonly #steps: Steps;
  readonly #document: Document;
  readonly #reader: SchemaReader;
  readonly #algebra = new TypeAlgebra();
  readonly #names: ComponentNames;
  readonly #world: World;
  /** In the order in which they are first met. */
  readonly #units: Unit[] = [];
  readonly #unitsById = new Map<number, Unit>();
  readonly #references = new Map<string, ReferenceNode>();
  readonly #home: Source<Pointer>;
  #roots: RootUse[] = [];
  /** Numbers of the root uses. */
  readonly #used = new Set<number>();
  readonly #registry: NameRegistry;
  #anchors: ReadonlyMap<string, readonly SchemaAt[]> | undefined;
  #finished = false;

  constructor(steps: Steps, options: MappingOptions, registry: NameRegistry) {
    const { document, diagnostics } = steps;
    this.#steps = steps;
    this.#registry = registry;
    this.#document = document;
    this.#reader = new SchemaReader(document, diagnostics);
    this.#names = new ComponentNames(steps, registry);
    this.#home = steps.source("home", (pointer) => this.#names.home(pointer));
    this.#world = {
      reader: this.#reader,
      algebra: this.#algebra,
      options,
      discriminators: new Discriminators(steps),
      checked: new Set(),
      refer: (target, form) => this.#refer(target, form),
      // Found anew in each build, so that what holds some is mapped anew.
      dynamicAnchors: steps.source("dynamic anchors", (name) => {
        this.#anchors ??= findDynamicAnchors(this.#document);
        return this.#anchors.get(name) ?? [];
      }),
    };
  }

  /** All that the names of the components depend on. */
  get basis(): readonly unknown[] {
    return this.#names.basis;
  }

  /** What the components would be called if each were alone. */
  get plainNames(): ReadonlySet<string> {
    return this.#names.plain;
  }

  /** The type of the schema of a function, or of a part of one. A component's own schema is its name, as a reference to it would be. */
  map(at: SchemaAt, direction: Direction, media: Media): TypeNode {
    if (this.#finished) throw new Error("SchemaMapper.map was called after finish");
    const blob = media !== "json";
    // A schema that stands in the entry of a function is used by that function only, one way.
    const mapping = new Mapping(this.#world, { direction, blob, lenient: true }, null);
    const isComponent = this.#names.at(at.pointer) !== undefined;
    const node = isComponent ? mapping.refer(at) : mapSchema(mapping, at);
    for (const unit of mapping.units) this.#roots.push({ unit, direction, blob });
    // A body of which the document says nothing is bytes when it is not JSON.
    return media === "binary" && node.kind === "unknown" ? blobNode : node;
  }

  /** What `work` gives, and the uses of named types that it maps, which are `use`d when they are to count. */
  usesOf<Value>(work: () => Value): { readonly value: Value; readonly uses: readonly RootUse[] } {
    const before = this.#roots;
    this.#roots = [];
    const value = work();
    const uses = this.#roots;
    this.#roots = before;
    return { value, uses };
  }

  use(uses: readonly RootUse[]): void {
    for (const use of uses) {
      const key = use.unit * 4 + numberOfForm(use.direction, use.blob);
      if (this.#used.has(key)) continue;
      this.#used.add(key);
      this.#roots.push(use);
      // A remembered step has not met it in this build.
      this.#unit(use.unit);
    }
  }

  /** Chooses the types and their names. Call it once, when all schemas are mapped. */
  finish(): MappedTypes {
    this.#finished = true;
    const halves = this.#mapUnits();
    const plan = this.#steps.closed("type plan", this.#planInputs(halves), () =>
      this.#planTypes(halves),
    );
    const { claimed } = plan;
    this.#registry.take(claimed);
    // The very object of before, unless a name is another.
    const names = this.#steps.closed("type names", [...plan.names].flat(), () => plan.names);
    // A step of the last build may ask for a type that is no more.
    const nameOf = this.#steps.source(
      "type name",
      (token) => names.get(token) ?? (isToken(token) ? "" : token),
    );
    const parts = this.#units.flatMap(({ trees, at }) => [trees, at.schema]);
    const types = this.#steps.closed("all types", [plan, ...parts], () =>
      this.#typesOf(plan, nameOf),
    );
    return {
      types,
      names,
      claimed,
      resolve: (node) => this.#resolve(node, nameOf),
      nameOf: (node) => {
        if (node.kind === "reference") return nameOf(node.name);
        if (node.kind !== "union" && node.kind !== "intersection") return null;
        // Two references may have got one name.
        const resolved = this.#resolve(node, nameOf);
        return resolved.kind === "reference" ? resolved.name : null;
      },
    };
  }

  /** All that a plan depends on: of the trees, only how they hang together. What FastAPI split is compared by the trees themselves. */
  #planInputs(halves: ReadonlyMap<number, Unit>): unknown[] {
    const inputs: unknown[] = [...this.#names.basis];
    for (const { unit, direction, blob } of this.#roots) inputs.push(unit, direction, blob);
    const structures = this.#steps.each(
      "structure",
      this.#units,
      ({ at }) => at.pointer,
      ({ trees }, add) => add(trees),
      ({ trees }) => structureOf(trees),
    );
    for (const [index, { id, trees }] of this.#units.entries()) {
      inputs.push(id, structures[index]);
      if (halves.size > 0) inputs.push(trees, halves.get(id)?.id);
    }
    return inputs;
  }

  /** Which forms of which units become types, and what those are called. */
  #planTypes(halves: ReadonlyMap<number, Unit>): TypePlan {
    const { value, claimed } = this.#registry.claimsOf(() => {
      const names = new TypeNames(this.#names, findSameForms(this.#units, halves), halves);
      const roots = this.#roots.map((use) => ({ ...use, unit: this.#unit(use.unit) }));
      const reached = reach(roots, (id) => this.#unit(id)).sort((a, b) => this.#compare(a, b));
      const uses = new Map<string, PlannedUse[]>();
      const table = new Map<string, string>();
      for (const { unit, direction, blob, lenient } of reached) {
        const name = names.of(unit, direction, blob);
        const use = { unit: unit.id, direction, blob, lenient };
        table.set(tokenOf(unit.id, use), name);
        const same = uses.get(name);
        if (same === undefined) uses.set(name, [use]);
        else same.push(use);
      }
      return { uses, names: table };
    });
    return { ...value, claimed };
  }

  #typesOf({ uses }: TypePlan, nameOf: Source<string>): readonly NamedType[] {
    const planned = [...uses].flatMap(([name, all]) => {
      const [use] = all;
      if (use === undefined) return [];
      const unit = this.#unit(use.unit);
      const tree = unit.tree(use.direction, use.blob, use.lenient);
      return { name, use, uses: all, pointer: unit.pointer, tree };
    });
    const named = this.#steps.each(
      "named tree",
      planned,
      ({ name }) => name,
      ({ tree, use }, add) => [tree, use.direction, use.blob].forEach(add),
      ({ tree, use }) => this.#named(tree, use, nameOf),
    );
    const drafts = planned.map(({ name, pointer, tree }, index): Draft => {
      return { name, pointer, type: named[index] ?? tree.node };
    });
    resolveCircles(drafts, this.#algebra, this.#reader);
    return this.#steps.each(
      "named type",
      drafts.map((draft, index) => this.#partsOf(draft, planned[index]?.uses ?? [])),
      ({ draft }) => draft.name,
      ({ draft, schema, component, position, others }, add) => {
        const { pointer, type } = draft;
        [pointer, schema, type, position, component?.name, component?.preferred].forEach(add);
        others.forEach(add);
      },
      (parts) => this.#describe(parts),
    );
  }

  /** Maps all that can be reached in any form, and pairs what FastAPI split. */
  #mapUnits(): ReadonlyMap<number, Unit> {
    const halves = new Map<number, Unit>();
    const mapped: Unit[] = [];
    // The list grows while schemas are mapped.
    while (mapped.length < this.#units.length) {
      const met = this.#units.slice(mapped.length);
      const trees = this.#steps.each(
        "unit",
        met,
        ({ at }) => at.pointer,
        ({ at }, add) => add(at.schema),
        ({ at }) => mapForms(this.#world, at),
      );
      for (const [index, unit] of met.entries()) {
        unit.trees = trees[index] ?? [];
        this.#meet(unit, halves);
        mapped.push(unit);
      }
    }
    return halves;
  }

  /** Meets what a unit refers to: a remembered step has not. */
  #meet(unit: Unit, halves: Map<number, Unit>): void {
    for (const tree of new Set(unit.trees)) for (const id of tree.units) this.#unit(id);
    const output = this.#names.at(unit.pointer)?.output;
    const schema = output === undefined ? undefined : this.#document.valueAt(output);
    if (output !== undefined && schema !== undefined) {
      halves.set(unit.id, this.#unitAt({ schema, pointer: output }));
    }
  }

  #partsOf(draft: Draft, uses: readonly PlannedUse[]): TypeParts {
    const { pointer } = draft;
    const component = this.#names.at(pointer);
    const units = uses.map(({ unit }) => this.#unit(unit));
    const schema = units[0]?.at.schema ?? true;
    const isIn = uses.some(({ direction }) => direction === "in");
    const isOut = uses.some(({ direction }) => direction === "out");
    const position = isIn && isOut ? "both" : isIn ? "in" : "out";
    const others = new Set<Pointer>();
    for (const unit of units) if (unit.pointer !== pointer) others.add(unit.pointer);
    return { draft, schema, component, position, others };
  }

  #describe({ draft, schema, component, position, others }: TypeParts): NamedType {
    const { name, pointer, type } = draft;
    const docs = docsOf(this.#reader, { schema, pointer }, component?.key ?? lastStep(pointer));
    if (component !== undefined && component.name !== component.preferred) {
      this.#reader.report(
        "W160",
        pointer,
        `the type of ${quote(component.key)} is called ${component.name}, as ${component.preferred} is taken`,
        { part: "key" },
      );
    }
    return {
      name,
      pointer,
      ...(others.size === 0 ? {} : { alsoAt: [...others] }),
      position,
      file: "types.ts",
      type,
      ...(docs === undefined ? {} : { docs }),
    };
  }

  /** The tree of a use with the names of the types that it refers to. */
  #named(tree: Tree, { direction, blob }: PlannedUse, nameOf: Source<string>): TypeNode {
    if (tree.units.size === 0) return tree.node;
    return rewriteReferences(tree.node, this.#algebra, (token) => ({
      kind: "reference",
      name: nameOf(`${token} ${formOfToken(direction, blob)}`),
    }));
  }

  #resolve(node: TypeNode, nameOf: Source<string>): TypeNode {
    return rewriteReferences(node, this.#algebra, (token) => ({
      kind: "reference",
      name: nameOf(token),
    }));
  }

  #refer(target: SchemaAt, form: Form | null): { node: TypeNode; unit: number } {
    const home = this.#homeOf(target.pointer);
    const schema = home === target.pointer ? target.schema : this.#document.valueAt(home);
    const unit = this.#unitAt({ schema: schema ?? target.schema, pointer: home }).id;
    const token = tokenOf(unit, form);
    let node = this.#references.get(token);
    if (node === undefined) {
      node = { kind: "reference", name: token };
      this.#references.set(token, node);
    }
    return { node, unit };
  }

  /** Only that of a reference into another file is elsewhere, and only that is asked of a source. */
  #homeOf(pointer: Pointer): Pointer {
    return this.#names.home(pointer) === pointer ? pointer : this.#home(pointer);
  }

  #unitAt(at: SchemaAt): Unit {
    const id = this.#steps.numbers.of(at.pointer);
    const known = this.#unitsById.get(id);
    if (known !== undefined) return known;
    const unit = new Unit(id, at);
    this.#units.push(unit);
    this.#unitsById.set(id, unit);
    return unit;
  }

  /** The unit of a number; one that only a remembered step has met is met again. */
  #unit(id: number): Unit {
    const unit = this.#unitsById.get(id);
    if (unit !== undefined) return unit;
    const pointer = this.#steps.numbers.keyOf(id);
    const schema =
      pointer === undefined
        ? undefined
        : (this.#names.schemaAt(pointer) ?? this.#document.valueAt(pointer));
    if (pointer === undefined || schema === undefined) throw new Error(`there is no unit ${id}`);
    return this.#unitAt({ schema, pointer });
  }

  /** Document order; what is no component comes last, by its pointer. */
  #compare(a: Use, b: Use): number {
    const order = (use: Use): number =>
      this.#names.enclosing(use.unit.pointer)?.component.order ?? Infinity;
    const [first, second] = [order(a), order(b)];
    if (first !== second) return first - second;
    if (a.unit !== b.unit) return a.unit.pointer < b.unit.pointer ? -1 : 1;
    if (a.direction !== b.direction) return a.direction === "out" ? -1 : 1;
    return Number(a.blob) - Number(b.blob);
  }
}
