import { sameShape } from "./same-shape.js";
import { unitOfToken } from "./tokens.js";
import { numberOfForm, type Tree } from "./unit.js";

/** Of the trees of a unit all that names depend on: which forms differ, and to what they refer. Plain data. */
export interface TreeStructure {
  /** For each form, which of the different trees it has. */
  readonly forms: readonly number[];
  /** What each of the trees refers to. */
  readonly units: readonly (readonly number[])[];
  /** Of forms that differ: the units at the same places, or false where the trees differ by themselves. */
  readonly shapes: readonly (readonly number[] | false)[];
}

export function structureOf(trees: readonly Tree[]): TreeStructure {
  const different = [...new Set(trees)];
  return {
    forms: trees.map((tree) => different.indexOf(tree)),
    units: different.map(({ units }) => [...units]),
    shapes: pairs.flatMap(([left, right]) => {
      const [a, b] = [trees[left], trees[right]];
      return a === undefined || b === undefined || a === b ? [] : [shapeOf(a, b)];
    }),
  };
}

/** The forms that are compared (`findSameForms`), by their numbers. */
const pairs = [false, true].flatMap((lenient) => [
  [numberOfForm("in", false, lenient), numberOfForm("out", false, lenient)] as const,
  [numberOfForm("in", false, lenient), numberOfForm("in", true, lenient)] as const,
  [numberOfForm("out", false, lenient), numberOfForm("out", true, lenient)] as const,
]);

function shapeOf(a: Tree, b: Tree): readonly number[] | false {
  const units: number[] = [];
  const isSame = sameShape(a.node, b.node, (x, y) => {
    units.push(unitOfToken(x), unitOfToken(y));
  });
  return isSame && units;
}
