import type { ChangeClass, ContractChange } from "../contract-change.js";

/** What makes the exit code 1. `any`: whatever a client can notice. */
export const failModes = ["breaking", "review", "any", "none"] as const;
export type FailMode = (typeof failModes)[number];

const failing: Readonly<Record<FailMode, readonly ChangeClass[]>> = {
  breaking: ["breaking"],
  review: ["breaking", "review"],
  any: ["breaking", "review", "compatible"],
  none: [],
};

export function mustFail(changes: readonly ContractChange[], mode: FailMode): boolean {
  return changes.some((change) => failing[mode].includes(change.class));
}
