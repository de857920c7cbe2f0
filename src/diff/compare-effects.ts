import { isDeepStrictEqual } from "node:util";
import type { Affect, Merge } from "../ir/api.js";
import type { ChangeLog, Topic } from "./change-log.js";
import { showKey } from "./show-type.js";
import { breaking, compatible, review } from "./verdict.js";

/** What a mutation or view changes elsewhere. The answer has the last word, so clients follow most of it by themselves. */
export function compareEffects(
  log: ChangeLog,
  topic: Topic,
  before: { readonly merges?: readonly Merge[]; readonly affects: readonly Affect[] },
  after: { readonly merges?: readonly Merge[]; readonly affects: readonly Affect[] },
): void {
  compareMerges(log, topic, before.merges ?? [], after.merges ?? []);
  compareAffects(log, topic, before.affects, after.affects);
}

function compareMerges(
  log: ChangeLog,
  topic: Topic,
  before: readonly Merge[],
  after: readonly Merge[],
): void {
  const isSame = (a: Merge, b: Merge): boolean => a.context === b.context && a.slot === b.slot;
  const removed = before.filter((merge) => !after.some((other) => isSame(merge, other)));
  const added = after.filter((merge) => !before.some((other) => isSame(merge, other)));
  for (const merge of removed) {
    const index = added.findIndex(({ context }) => context === merge.context);
    const other = added[index];
    if (other === undefined) {
      log.report(
        topic,
        "merge-removed",
        {
          path: pathOf(merge),
          summary: "is no longer filled from the answer",
          before: nameOf(merge),
        },
        review(
          "clients do as each answer says; code that draws the slot ahead of the answer no longer compiles",
          ["code"],
        ),
      );
      continue;
    }
    added.splice(index, 1);
    log.report(
      topic,
      "merge-changed",
      {
        path: pathOf(other),
        summary: `is now filled from the answer, was ${nameOf(merge)}`,
        before: nameOf(merge),
        after: nameOf(other),
      },
      breaking(
        "clients generated earlier draw the old slot ahead of the answer, and code that does no longer compiles",
      ),
    );
  }
  for (const merge of added) {
    log.report(
      topic,
      "merge-added",
      { path: pathOf(merge), summary: "is now filled from the answer", after: nameOf(merge) },
      compatible("clients do as each answer says"),
    );
  }
  for (const merge of after) {
    const old = before.find((other) => isSame(merge, other));
    if (old !== undefined && !isDeepStrictEqual(old, merge)) {
      log.report(
        topic,
        "merge-changed",
        {
          path: pathOf(merge),
          summary: describeMergeChange(old, merge),
          before: nameOf(old),
          after: nameOf(merge),
        },
        isDeepStrictEqual(old.params, merge.params)
          ? compatible("clients do as each answer says")
          : review(
              "until the answer comes, and when it is lost, clients generated earlier go by the old params",
              ["clients"],
            ),
      );
    }
  }
}

function describeMergeChange(before: Merge, after: Merge): string {
  if (before.mode !== after.mode) return `is merged by ${after.mode} now, was by ${before.mode}`;
  if (!isDeepStrictEqual(before.params, after.params)) return "finds its params elsewhere now";
  return "is merged in another way";
}

function compareAffects(
  log: ChangeLog,
  topic: Topic,
  before: readonly Affect[],
  after: readonly Affect[],
): void {
  const old = new Map(before.map((affect) => [affect.context, affect]));
  const young = new Map(after.map((affect) => [affect.context, affect]));
  for (const [context, affect] of old) {
    const other = young.get(context);
    const path = `affects.${showKey(context)}`;
    if (other === undefined) {
      log.report(
        topic,
        "affect-removed",
        { path, summary: "is no longer read anew", before: context },
        review("what it shows grows stale if the function still changes it", []),
      );
    } else if (!isDeepStrictEqual(affect, other)) {
      const isFewer = affect.viewers === "all" && other.viewers === "self";
      log.report(
        topic,
        "affect-changed",
        {
          path,
          summary:
            affect.viewers === other.viewers
              ? "is read anew for other params"
              : `is read anew for ${other.viewers === "all" ? "all viewers" : "the caller only"}`,
          before: affect.viewers,
          after: other.viewers,
        },
        isFewer
          ? review("what others see grows stale if the function changes it", [])
          : affect.viewers === other.viewers
            ? review(
                "until the answer comes, and when it is lost, clients generated earlier go by the old params",
                ["clients"],
              )
            : compatible("clients do as each answer says"),
      );
    }
  }
  for (const context of young.keys()) {
    if (old.has(context)) continue;
    log.report(
      topic,
      "affect-added",
      { path: `affects.${showKey(context)}`, summary: "is now read anew", after: context },
      compatible("clients do as each answer says"),
    );
  }
}

const nameOf = ({ context, slot }: Merge): string => `${context}.${slot}`;

const pathOf = (merge: Merge): string => `merge.${nameOf(merge)}`;
