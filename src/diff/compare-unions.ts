import type { LiteralNode, TypeNode } from "../ir/type-node.js";
import { listNames } from "./list-names.js";
import { VariantMatching } from "./match-variants.js";
import { showType } from "./show-type.js";
import type { TypeComparison } from "./type-comparison.js";
import type { Spot } from "./type-difference.js";
import { narrowed, retyped, review, widened } from "./verdict.js";

/** Variants that belong together are compared, the others came or went. */
export function compareUnions(
  comparison: TypeComparison,
  spot: Spot,
  before: TypeNode,
  after: TypeNode,
): void {
  const matching = new VariantMatching(comparison, spot, before, after);
  matching.byName();
  matching.followScalars();
  matching.byStructure();
  judge(comparison, spot, before, after, matching);
}

/** A type that took the place of another, with nothing inside to compare. */
export function reportRetype(
  comparison: TypeComparison,
  spot: Spot,
  before: TypeNode,
  after: TypeNode,
): void {
  judge(comparison, spot, before, after, { removed: [before], added: [after], shared: 0 });
}

interface Unmatched {
  readonly removed: readonly TypeNode[];
  readonly added: readonly TypeNode[];
  readonly shared: number;
}

function judge(
  comparison: TypeComparison,
  spot: Spot,
  before: TypeNode,
  after: TypeNode,
  { removed, added, shared }: Unmatched,
): void {
  const old = { node: before, types: comparison.before };
  const young = { node: after, types: comparison.after };
  const { assignability } = comparison;
  const wide = added.filter((node) => !assignability.fits({ ...young, node }, old));
  const narrow = removed.filter((node) => !assignability.fits({ ...old, node }, young));
  const shown = { before: showType(before), after: showType(after) };
  const { direction } = spot.holder;

  const isNull = ({ kind }: TypeNode): boolean => kind === "null";
  const others = {
    wide: wide.filter((node) => !isNull(node)),
    narrow: narrow.filter((node) => !isNull(node)),
  };
  const overlaps =
    shared > 0 ||
    removed.some((node) => !isNull(node) && !narrow.includes(node)) ||
    added.some((node) => !isNull(node) && !wide.includes(node));
  const isRetyped =
    wide.length > 0 &&
    narrow.length > 0 &&
    (!overlaps || (shared === 0 && others.wide.length > 0 && others.narrow.length > 0));
  if (isRetyped) {
    comparison.report(spot, {
      kind: "type-changed",
      summary: `is now ${shown.after}, was ${shown.before}`,
      ...shown,
      ...retyped(direction),
    });
    return;
  }
  if (wide.some(isNull)) {
    comparison.report(spot, {
      kind: "null-added",
      summary: "may now be null",
      ...shown,
      ...widened(direction),
    });
  }
  if (narrow.some(isNull)) {
    comparison.report(spot, {
      kind: "null-removed",
      summary: "is no longer null",
      ...shown,
      ...narrowed(direction),
    });
  }
  if (others.wide.length > 0) reportWide(comparison, spot, others.wide, shared, shown);
  if (others.narrow.length > 0) reportNarrow(comparison, spot, others.narrow, shared, shown);
}

interface Shown {
  readonly before: string;
  readonly after: string;
}

function reportWide(
  comparison: TypeComparison,
  spot: Spot,
  added: readonly TypeNode[],
  shared: number,
  shown: Shown,
): void {
  const { direction } = spot.holder;
  if (added.every(isValue) && shared > 0) {
    comparison.report(spot, {
      kind: "values-added",
      summary: `may now be ${listTypes(added)}`,
      ...shown,
      ...(direction === "in"
        ? widened(direction)
        : review(
            "clients generated earlier can receive a value that they do not know, and code that handles every value must handle it to compile",
            ["clients", "code"],
          )),
    });
  } else if (shared > 0) {
    comparison.report(spot, {
      kind: "variants-added",
      summary: `may now be ${listTypes(added)}`,
      ...shown,
      ...widened(direction),
    });
  } else {
    comparison.report(spot, {
      kind: "type-widened",
      summary: `is now ${shown.after}, was ${shown.before}`,
      ...shown,
      ...widened(direction),
    });
  }
}

function reportNarrow(
  comparison: TypeComparison,
  spot: Spot,
  removed: readonly TypeNode[],
  shared: number,
  shown: Shown,
): void {
  const isPart = shared > 0;
  comparison.report(spot, {
    kind: !isPart
      ? "type-narrowed"
      : removed.every(isValue)
        ? "values-removed"
        : "variants-removed",
    summary: isPart
      ? `can no longer be ${listTypes(removed)}`
      : `is now ${shown.after}, was ${shown.before}`,
    ...shown,
    ...narrowed(spot.holder.direction),
  });
}

/** One of a closed list. */
function isValue(node: TypeNode): node is LiteralNode {
  return node.kind === "literal" || node.kind === "open-string";
}

function listTypes(nodes: readonly TypeNode[]): string {
  return listNames(nodes.map(showType), "or");
}
