import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Direction, TypeNode } from "../type-node.js";
import { Mapping, type Form, type World } from "./mapping.js";
import { mapSchema } from "./map-schema.js";
import type { SchemaAt } from "./schema-reader.js";

/** What a schema becomes for one form. */
export interface Tree {
  readonly node: TypeNode;
  /** Numbers of the units that the node refers to. */
  readonly units: ReadonlySet<number>;
  readonly dependsOn: Mapping["dependsOn"];
}

/** A number for each form, below 8. */
export function numberOfForm(direction: Direction, blob: boolean, lenient = false): number {
  return (direction === "out" ? 1 : 0) + (blob ? 2 : 0) + (lenient ? 4 : 0);
}

/**
 * A schema that becomes a named type: a component, or what another reference leads to. Mapped when first asked for, once for each form
 * that gives another result.
 */
export class Unit {
  readonly id: number;
  readonly at: SchemaAt;
  readonly #world: World;
  readonly #trees: Tree[] = [];

  constructor(id: number, at: SchemaAt, world: World) {
    this.id = id;
    this.at = at;
    this.#world = world;
  }

  get pointer(): Pointer {
    return this.at.pointer;
  }

  tree(direction: Direction, blob: boolean, lenient: boolean): Tree {
    const number = numberOfForm(direction, blob, lenient);
    let tree = this.#trees[number];
    if (tree === undefined) {
      tree = this.#otherwise(direction, blob, lenient) ?? this.#map({ direction, blob, lenient });
      this.#trees[number] = tree;
    }
    return tree;
  }

  /** The tree of a simpler form, when that does not depend on what is special about this one. */
  #otherwise(direction: Direction, blob: boolean, lenient: boolean): Tree | null {
    if (blob) {
      const json = this.tree(direction, false, lenient);
      return json.dependsOn.media ? null : json;
    }
    if (lenient) {
      const strict = this.tree(direction, false, false);
      return strict.dependsOn.lenience ? null : strict;
    }
    if (direction === "out") {
      const input = this.tree("in", false, false);
      return input.dependsOn.direction ? null : input;
    }
    return null;
  }

  #map(form: Form): Tree {
    const mapping = new Mapping(this.#world, form, this.pointer);
    const node = mapSchema(mapping, this.at);
    return { node, units: mapping.units, dependsOn: mapping.dependsOn };
  }

  /** All forms, each tree once, so that all units that the schema can refer to are known. */
  mapAll(): ReadonlySet<Tree> {
    const trees = new Set<Tree>();
    for (const direction of ["in", "out"] as const) {
      for (const lenient of [false, true]) {
        trees.add(this.tree(direction, false, lenient));
        trees.add(this.tree(direction, true, lenient));
      }
    }
    return trees;
  }
}
