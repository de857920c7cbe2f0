import type { Direction } from "../type-node.js";
import { numberOfForm, type Tree, type Unit } from "./unit.js";

/** A unit in the form in which something refers to it. */
export interface Use {
  readonly unit: Unit;
  readonly direction: Direction;
  readonly blob: boolean;
}

/** A use and the tree that it needs. */
export interface Reached extends Use {
  readonly tree: Tree;
}

/**
 * All forms that the given ones lead to. A schema that is used one way only keeps the members that are required but marked for the
 * other way (types.md section 1.3); "used" is what is reached without such members, so that the answer does not depend on itself.
 */
export function reach(roots: readonly Use[], unitOf: (id: number) => Unit): Reached[] {
  const strict = walk(roots, unitOf, () => false);
  const used = { in: new Set<Unit>(), out: new Set<Unit>() };
  for (const { unit, direction } of strict) used[direction].add(unit);
  return walk(
    roots,
    unitOf,
    ({ unit, direction }) => !used[direction === "in" ? "out" : "in"].has(unit),
  );
}

function walk(
  roots: readonly Use[],
  unitOf: (id: number) => Unit,
  isLenient: (use: Use) => boolean,
): Reached[] {
  const seen = new Set<number>();
  const reached: Reached[] = [];
  const visit = (use: Use): void => {
    const key = use.unit.id * 4 + numberOfForm(use.direction, use.blob);
    if (seen.has(key)) return;
    seen.add(key);
    reached.push({ ...use, tree: use.unit.tree(use.direction, use.blob, isLenient(use)) });
  };
  roots.forEach(visit);
  for (const { tree, direction, blob } of reached) {
    for (const id of tree.units) visit({ unit: unitOf(id), direction, blob });
  }
  return reached;
}
