import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Direction, TypeNode } from "../type-node.js";
import { Mapping, type DocsOfMembers, type World } from "./mapping.js";
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
 * A schema that becomes a named type: a component, or what another reference leads to.
 */
export class Unit {
  readonly id: number;
  readonly at: SchemaAt;
  /** The trees of all forms, by their numbers; forms that give the same share one. None until it is mapped. */
  trees: readonly Tree[] = [];

  constructor(id: number, at: SchemaAt) {
    this.id = id;
    this.at = at;
  }

  get pointer(): Pointer {
    return this.at.pointer;
  }

  tree(direction: Direction, blob: boolean, lenient: boolean): Tree {
    const tree = this.trees[numberOfForm(direction, blob, lenient)];
    if (tree === undefined) throw new Error(`${this.pointer} was not mapped`);
    return tree;
  }
}

/** The trees of all forms of a schema, so that all units that it can refer to are known. */
export function mapForms(world: World, at: SchemaAt): readonly Tree[] {
  const docs: DocsOfMembers = new Map();
  const trees: Tree[] = [];
  const map = (direction: Direction, blob: boolean, lenient: boolean): Tree => {
    const number = numberOfForm(direction, blob, lenient);
    let tree = trees[number];
    if (tree !== undefined) return tree;
    const simpler = simplerForm(direction, blob, lenient);
    const other = simpler === null ? null : map(...simpler.form);
    if (simpler !== null && other !== null && !other.dependsOn[simpler.unlessBy]) {
      tree = other;
    } else {
      const mapping = new Mapping(world, { direction, blob, lenient }, at.pointer, docs);
      const node = mapSchema(mapping, at);
      tree = { node, units: mapping.units, dependsOn: mapping.dependsOn };
    }
    trees[number] = tree;
    return tree;
  };
  for (const direction of ["in", "out"] as const) {
    for (const lenient of [false, true]) {
      map(direction, false, lenient);
      map(direction, true, lenient);
    }
  }
  return trees;
}

/** The form whose tree is that of this one, unless that depends on what is special about this one. */
function simplerForm(
  direction: Direction,
  blob: boolean,
  lenient: boolean,
): { form: readonly [Direction, boolean, boolean]; unlessBy: keyof Tree["dependsOn"] } | null {
  if (blob) return { form: [direction, false, lenient], unlessBy: "media" };
  if (lenient) return { form: [direction, false, false], unlessBy: "lenience" };
  return direction === "out" ? { form: ["in", false, false], unlessBy: "direction" } : null;
}
