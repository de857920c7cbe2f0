import type { ChangeClass, ContractChange } from "../contract-change.js";
import { changeClasses } from "./diff-report.js";

export interface ChangeGroup {
  readonly class: ChangeClass;
  /** The changes of one function, context or type beside each other, in the order first met. */
  readonly subjects: readonly (readonly ContractChange[])[];
  readonly count: number;
}

/** By class, the worst first, and by what they are about; classes without a change are left out. */
export function groupChanges(changes: readonly ContractChange[]): ChangeGroup[] {
  return changeClasses.flatMap((found): ChangeGroup[] => {
    const own = changes.filter((change) => change.class === found);
    if (own.length === 0) return [];
    const subjects = new Map<string, ContractChange[]>();
    for (const change of own) {
      const key = `${change.subject.kind} ${change.subject.name}`;
      const group = subjects.get(key);
      if (group === undefined) subjects.set(key, [change]);
      else group.push(change);
    }
    return [{ class: found, subjects: [...subjects.values()], count: own.length }];
  });
}
