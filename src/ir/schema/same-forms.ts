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
  halves(input: Unit, output: Unit): boolean;
}

type Relation = "inAndOut" | "inAndUpload" | "outAndDownload";

/** Two forms that are the same unless something that they refer to is not: the numbers of what each depends on. */
interface Claim {
  holds: boolean;
  readonly dependents: string[];
}

/**
 * All pairs of forms are taken to be the same until one is seen to differ, by itself or by what it refers to; each difference is then
 * passed on to who refers to it, once. So schemas in a circle that differ in nothing are the same, and the work is linear.
 */
export function findSameForms(
  units: readonly Unit[],
  halves: ReadonlyMap<number, Unit>,
): SameForms {
  const claims = new Map<string, Claim>();
  const claim = (key: string): Claim => {
    let found = claims.get(key);
    if (found === undefined) {
      found = { holds: true, dependents: [] };
      claims.set(key, found);
    }
    return found;
  };
  const refuted: string[] = [];
  const refute = (key: string): void => {
    const found = claim(key);
    if (!found.holds) return;
    found.holds = false;
    refuted.push(key);
  };
  const compare = (
    key: string,
    pairs: readonly (readonly [Tree, Tree])[],
    keyOf: (a: number, b: number) => string | null,
  ): void => {
    for (const [a, b] of pairs) {
      const dependencies = new Set<string | null>();
      if (a === b) for (const unit of a.units) dependencies.add(keyOf(unit, unit));
      else {
        const same = sameShape(a.node, b.node, (x, y) =>
          dependencies.add(keyOf(unitOfToken(x), unitOfToken(y))),
        );
        if (!same) refute(key);
      }
      for (const dependency of dependencies) {
        if (dependency === null) refute(key);
        else claim(dependency).dependents.push(key);
      }
    }
  };

  for (const unit of units) {
    for (const [relation, pairs] of Object.entries(pairsOf(unit))) {
      compare(`${relation} ${unit.id}`, pairs, (a, b) => (a === b ? `${relation} ${a}` : null));
    }
    const output = halves.get(unit.id);
    if (output === undefined) continue;
    compare(
      `halves ${unit.id}`,
      [false, true].map((lenient) => [
        unit.tree("in", false, lenient),
        output.tree("out", false, lenient),
      ]),
      (a, b) => (a === b ? `inAndOut ${a}` : halves.get(a)?.id === b ? `halves ${a}` : null),
    );
  }
  for (const key of refuted) {
    for (const dependent of claim(key).dependents) refute(dependent);
  }
  const holds = (relation: Relation | "halves", unit: Unit): boolean =>
    claims.get(`${relation} ${unit.id}`)?.holds ?? true;
  return {
    inAndOut: (unit) => holds("inAndOut", unit),
    inAndUpload: (unit) => holds("inAndUpload", unit),
    outAndDownload: (unit) => holds("outAndDownload", unit),
    halves: (input, output) => halves.get(input.id) === output && holds("halves", input),
  };
}

function pairsOf(unit: Unit): Record<Relation, readonly (readonly [Tree, Tree])[]> {
  const lenience = [false, true];
  return {
    inAndOut: lenience.map((lenient) => [
      unit.tree("in", false, lenient),
      unit.tree("out", false, lenient),
    ]),
    inAndUpload: lenience.map((lenient) => [
      unit.tree("in", false, lenient),
      unit.tree("in", true, lenient),
    ]),
    outAndDownload: lenience.map((lenient) => [
      unit.tree("out", false, lenient),
      unit.tree("out", true, lenient),
    ]),
  };
}
