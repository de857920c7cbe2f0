import type { Direction } from "../type-node.js";
import { numberOfForm, type Unit } from "./unit.js";

/** A unit in the form in which something refers to it. */
export interface Use {
  readonly unit: Unit;
  readonly direction: Direction;
  readonly blob: boolean;
}

/** A use, and whether it needs the lenient form. */
export interface Reached extends Use {
  readonly lenient: boolean;
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
    (unit, direction) => !used[direction === "in" ? "out" : "in"].has(unit),
  );
}

function walk(
  roots: readonly Use[],
  unitOf: (id: number) => Unit,
  isLenient: (unit: Unit, direction: Direction) => boolean,
): Reached[] {
  const seen = new Set<number>();
  const reached: Reached[] = [];
  const visit = (id: number, direction: Direction, blob: boolean): void => {
    const key = id * 4 + numberOfForm(direction, blob);
    if (seen.has(key)) return;
    seen.add(key);
    const unit = unitOf(id);
    reached.push({ unit, direction, blob, lenient: isLenient(unit, direction) });
  };
  for (const { unit, direction, blob } of roots) visit(unit.id, direction, blob);
  for (const { unit, direction, blob, lenient } of reached) {
    for (const id of unit.tree(direction, blob, lenient).units) visit(id, direction, blob);
  }
  return reached;
}
