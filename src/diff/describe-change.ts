import { printable } from "../diagnostics/quote.js";
import type { ContractChange } from "./contract-change.js";
import { listNames } from "./list-names.js";

const signs: Readonly<Record<string, string>> = {
  "function-added": "+",
  "context-added": "+",
  "type-added": "+",
  "function-removed": "-",
  "context-removed": "-",
  "type-removed": "-",
};

/**
 * A change on one harmless line: `~ rename_user: input.name is now optional`, `+ list_orders`, `- old_fn`. Names of functions, contexts
 * and types are as the contracts have them; whom a change of a shared type reaches stands in brackets.
 */
export function describeChange(change: ContractChange): string {
  const { subject } = change;
  const sign = signs[change.kind];
  const name = printable(subject.name);
  if (sign !== undefined) {
    return `${sign} ${subject.kind === "function" ? name : `${subject.kind} ${name}`}`;
  }
  const words = [change.path, change.summary].filter((part) => part !== "").join(" ");
  switch (subject.kind) {
    case "contract":
      return `~ ${printable(words)}`;
    case "function":
      return `~ ${name}: ${printable(words)}`;
    case "context":
      return `~ context ${name}: ${printable(words)}`;
    case "type":
      return `~ ${name}: ${printable(words)}${reached(change)}`;
  }
}

/** ` (in answers of list_users, get_user and 3 more)` */
function reached({ functions, direction }: ContractChange): string {
  if (functions.length === 0) return "";
  const list = listNames(functions.map(({ name }) => printable(name)));
  const where = direction === "in" ? "in input of " : direction === "out" ? "in answers of " : "";
  return ` (${where}${list})`;
}
