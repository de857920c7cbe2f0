import { sameShape } from "./same-shape.js";
import { unitOfToken } from "./tokens.js";
import type { Tree, Unit } from "./unit.js";

/** Which forms of a unit have the same type, all the way down. Says nothing about who uses the unit. */
export interface SameForms {
  /** IN as JSON and OUT as JSON. */
  inAndOut(unit: Unit): boolean;
  /** IN as JSON and IN as multipart. */
  inAndUpload(unit: Unit): boolean;
  /** OUT as JSON and OUT as another media type. */
  outAndDownload(unit: Unit): boolean;
  /** IN of a `X-Input` and OUT of its `X-Output`. */
  halves(input: Unit): boolean;
}

const relations = 4;
const inAndOut = 0;
const inAndUpload = 1;
const outAndDownload = 2;
const halvesOf = 3;

/**
 * All pairs of forms are taken to be the same until one is seen to differ, by itself or by what it refers to; each difference is then
 * passed on to who refers to it, once. So schemas in a circle that differ in nothing are the same, and the work is linear. A claim, that
 * two forms are the same, is a number: that of the unit and that of the relation.
 */
export function findSameForms(
  units: readonly Unit[],
  halves: ReadonlyMap<number, Unit>,
): SameForms {
  const refuted = new Set<number>();
  const dependents = new Map<number, number[]>();
  const dependsOn = (claim: number, dependency: number | null): void => {
    if (dependency === null) {
      refuted.add(claim);
      return;
    }
    const list = dependents.get(dependency);
    if (list === undefined) dependents.set(dependency, [claim]);
    else list.push(claim);
  };
  const compare = (
    claim: number,
    pairs: readonly (readonly [Tree, Tree])[],
    dependency: (a: number, b: number) => number | null,
  ): void => {
    const seen = new Set<Tree>();
    for (const [a, b] of pairs) {
      if (a !== b) {
        const same = sameShape(a.node, b.node, (x, y) => {
          dependsOn(claim, dependency(unitOfToken(x), unitOfToken(y)));
        });
        if (!same) refuted.add(claim);
      } else if (!seen.has(a)) {
        seen.add(a);
        for (const unit of a.units) dependsOn(claim, dependency(unit, unit));
      }
    }
  };

  for (const [relation, pair] of pairs.entries()) {
    // Where no unit differs by itself, none differs.
    if (!units.some((unit) => differs(unit, pair))) continue;
    for (const unit of units) {
      const pairsOfUnit = [pair(unit, false), pair(unit, true)];
      compare(unit.id * relations + relation, pairsOfUnit, (a, b) =>
        a === b ? a * relations + relation : null,
      );
    }
  }
  for (const input of units) {
    const { id } = input;
    const output = halves.get(id);
    if (output === undefined) continue;
    const pairsOfHalves = [false, true].map(
      (lenient) => [input.tree("in", false, lenient), output.tree("out", false, lenient)] as const,
    );
    compare(id * relations + halvesOf, pairsOfHalves, (a, b) => {
      if (a === b) return a * relations + inAndOut;
      return halves.get(a)?.id === b ? a * relations + halvesOf : null;
    });
  }
  // The set grows while differences are passed on.
  for (const claim of refuted) {
    for (const dependent of dependents.get(claim) ?? []) refuted.add(dependent);
  }
  const holds = (unit: Unit, relation: number): boolean =>
    !refuted.has(unit.id * relations + relation);
  return {
    inAndOut: (unit) => holds(unit, inAndOut),
    inAndUpload: (unit) => holds(unit, inAndUpload),
    outAndDownload: (unit) => holds(unit, outAndDownload),
    halves: (input) => halves.has(input.id) && holds(input, halvesOf),
  };
}

type PairOfForms = (unit: Unit, lenient: boolean) => readonly [Tree, Tree];

function differs(unit: Unit, pair: PairOfForms): boolean {
  return [false, true].some((lenient) => {
    const [a, b] = pair(unit, lenient);
    return a !== b;
  });
}

/** The two forms of each relation within a unit, in the order of their numbers. */
const pairs: readonly PairOfForms[] = [
  (unit, lenient) => [unit.tree("in", false, lenient), unit.tree("out", false, lenient)],
  (unit, lenient) => [unit.tree("in", false, lenient), unit.tree("in", true, lenient)],
  (unit, lenient) => [unit.tree("out", false, lenient), unit.tree("out", true, lenient)],
];
