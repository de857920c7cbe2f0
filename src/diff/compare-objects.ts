import type { Member } from "../ir/type-node.js";
import { compareDefaults } from "./compare-constraints.js";
import { showKey, showStep, showType } from "./show-type.js";
import type { TypeComparison } from "./type-comparison.js";
import type { Spot } from "./type-difference.js";
import type { ObjectView } from "./type-table.js";
import { breaking, compatible, narrowed, widened } from "./verdict.js";

/** Members that came, went, changed or were renamed, and what stands for all other members. */
export function compareObjects(
  comparison: TypeComparison,
  spot: Spot,
  before: ObjectView,
  after: ObjectView,
): void {
  const removed: Member[] = [];
  for (const member of before.members.values()) {
    const other = after.members.get(member.name);
    if (other === undefined) removed.push(member);
    else compareMember(comparison, spot, member, other);
  }
  const added = [...after.members.values()].filter(({ name }) => !before.members.has(name));
  const [old] = removed;
  const [young] = added;
  if (
    removed.length === 1 &&
    added.length === 1 &&
    old !== undefined &&
    young !== undefined &&
    isRename(comparison, old, young, after)
  ) {
    reportRename(comparison, spot, old, young);
  } else {
    for (const member of removed) reportRemoved(comparison, spot, member, after);
    for (const member of added) reportAdded(comparison, spot, member);
  }
  compareIndex(comparison, spot, before, after);
}

function compareMember(
  comparison: TypeComparison,
  spot: Spot,
  before: Member,
  after: Member,
): void {
  const inner = { ...spot, path: spot.path + showStep(before.name) };
  if (before.optional !== after.optional) {
    const { direction } = spot.holder;
    comparison.report(inner, {
      kind: after.optional ? "member-optional" : "member-required",
      summary: after.optional
        ? direction === "in"
          ? "is now optional"
          : "may now be absent"
        : direction === "in"
          ? "is now required"
          : "is now always there",
      before: before.optional ? "optional" : "required",
      after: after.optional ? "optional" : "required",
      ...(after.optional ? widened(direction) : narrowed(direction)),
    });
  }
  comparison.visit(inner, before.type, after.type);
  comparison.reportDocs(inner, before.docs, after.docs);
  if (before.optional && after.optional && spot.holder.direction === "in") {
    for (const change of compareDefaults(before.docs, after.docs)) comparison.report(inner, change);
  }
}

function isRename(
  { assignability, before, after }: TypeComparison,
  old: Member,
  young: Member,
  view: ObjectView,
): boolean {
  return (
    old.optional === young.optional &&
    view.index === undefined &&
    assignability.same({ node: old.type, types: before }, { node: young.type, types: after })
  );
}

function reportRename(comparison: TypeComparison, spot: Spot, old: Member, young: Member): void {
  const isInput = spot.holder.direction === "in";
  comparison.report(
    { ...spot, path: spot.path + showStep(young.name) },
    {
      kind: "member-renamed",
      summary: `is new and \`${showKey(old.name)}\` of the same type is gone: it looks renamed`,
      before: showKey(old.name),
      after: showKey(young.name),
      ...breaking(
        isInput
          ? "clients generated earlier send the old name, and code that does no longer compiles"
          : "clients generated earlier read the old name, and code that does no longer compiles",
      ),
    },
  );
}

function reportRemoved(
  comparison: TypeComparison,
  spot: Spot,
  member: Member,
  after: ObjectView,
): void {
  const isInput = spot.holder.direction === "in";
  const isStillAccepted =
    isInput &&
    after.index !== undefined &&
    comparison.assignability.fits(
      { node: member.type, types: comparison.before },
      { node: after.index, types: comparison.after },
    );
  const verdict = isStillAccepted
    ? compatible("it is accepted like any other member")
    : breaking(
        isInput
          ? "clients generated earlier still send it: it is refused or has no effect, and code that sends it no longer compiles"
          : "clients generated earlier still read it, and code that does no longer compiles",
      );
  comparison.report(
    { ...spot, path: spot.path + showStep(member.name) },
    {
      kind: "member-removed",
      summary: "is gone",
      before: showType(member.type),
      after: null,
      ...verdict,
    },
  );
}

function reportAdded(comparison: TypeComparison, spot: Spot, member: Member): void {
  const isInput = spot.holder.direction === "in";
  const verdict = !isInput
    ? compatible("clients ignore members that they do not know")
    : !member.optional
      ? breaking("clients generated earlier do not send it, and code must send it to compile")
      : compatible("nobody has to send it");
  comparison.report(
    { ...spot, path: spot.path + showStep(member.name) },
    {
      kind: "member-added",
      summary: member.optional ? "is new (optional)" : isInput ? "is new and required" : "is new",
      before: null,
      after: showType(member.type),
      ...verdict,
    },
  );
}

function compareIndex(
  comparison: TypeComparison,
  spot: Spot,
  before: ObjectView,
  after: ObjectView,
): void {
  const inner = { ...spot, path: `${spot.path}{}` };
  if (before.index !== undefined && after.index !== undefined) {
    comparison.visit(inner, before.index, after.index);
  } else if (before.index !== undefined) {
    comparison.report(spot, {
      kind: "index-removed",
      summary: "has no other members any more",
      before: showType(before.index),
      after: null,
      ...breaking(
        spot.holder.direction === "in"
          ? "clients generated earlier can send members that are refused or have no effect"
          : "clients generated earlier can read members that no longer arrive, and code that does no longer compiles",
      ),
    });
  } else if (after.index !== undefined) {
    comparison.report(spot, {
      kind: "index-added",
      summary: "may now have other members",
      before: null,
      after: showType(after.index),
      ...compatible(
        spot.holder.direction === "in"
          ? "nobody has to send them"
          : "clients ignore members that they do not know",
      ),
    });
  }
}
