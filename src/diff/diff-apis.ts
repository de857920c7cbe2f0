import type { Api, Context } from "../ir/api.js";
import { attributeChanges } from "./attribute-changes.js";
import { ChangeLog } from "./change-log.js";
import { compareContexts, reportNewContext, reportOldContext } from "./compare-contexts.js";
import { compareContracts } from "./compare-contracts.js";
import { compareFunctions } from "./compare-functions.js";
import { compareTypeNames } from "./compare-type-names.js";
import type { ContractChange } from "./contract-change.js";
import {
  contextsOfQueries,
  functionsOf,
  type FunctionEntry,
  type FunctionPair,
} from "./function-entry.js";
import { matchContexts } from "./match-contexts.js";
import { matchFunctions } from "./match-functions.js";
import { typesOf } from "./reachable-types.js";
import { TypeComparison } from "./type-comparison.js";
import { breaking, compatible, review } from "./verdict.js";

/**
 * What changed between two contracts, and whom it breaks (docs/diff.md). Pure. The contract as a whole comes first, then contexts,
 * functions and types, each in the order of the new document. Nothing for two contracts that say the same.
 */
export function diffApis(before: Api, after: Api): readonly ContractChange[] {
  const comparison = new TypeComparison(before, after);
  const log = new ChangeLog(comparison);
  const functions = matchFunctions(before, after, comparison);
  const contexts = matchContexts(before, after, functions.pairs);

  compareContracts(log, before.contract, after.contract);
  for (const context of contexts.removed) reportOldContext(log, context);
  for (const context of contexts.added) reportNewContext(log, context);
  for (const { before: was, after: is } of contexts.pairs) {
    if (!isSameContext(comparison, was, is)) compareContexts(log, was, is);
  }

  for (const entry of functions.removed) reportOldFunction(log, entry);
  const homes = contextsOfQueries(after);
  const known = new Set(contexts.pairs.map((pair) => pair.after));
  for (const entry of functions.added) {
    const home = homes.get(entry.wireName);
    reportNewFunction(log, entry, home !== undefined && known.has(home));
  }
  const renamed = new Map(contexts.pairs.map((pair) => [pair.before, pair.after]));
  for (const pair of functions.pairs) {
    if (pair.before.wireName !== pair.after.wireName) reportRename(log, pair.before, pair.after);
    const { before: home, after: newHome } = pair.contexts;
    const stayed = home !== undefined && renamed.get(home) === newHome;
    const moved = pair.after.kind === "query" && !stayed;
    if (moved || !isSameFunction(comparison, pair)) compareFunctions(log, pair, stayed);
  }
  compareTypeNames(log, before, after, functions.pairs, comparison.pairs);

  const names = [...functionsOf(before).keys(), ...functionsOf(after).keys()];
  const order = new Map(names.map((name, index) => [name, index]));
  return [...log.changes, ...attributeChanges(log.roots, comparison.pairs, order)];
}

/** Whether nothing can differ, as it is one object and all types that it reaches are. */
function isSameFunction(
  { unchanged }: TypeComparison,
  { before, after }: Pick<FunctionPair, "before" | "after">,
): boolean {
  if (before !== after) return false;
  const params = after.kind === "view" ? after.params.map(({ type }) => type) : [];
  return unchanged.areUnchanged([...typesOf(after), ...params]);
}

function isSameContext({ unchanged }: TypeComparison, before: Context, after: Context): boolean {
  return before === after && unchanged.areUnchanged(after.params.map(({ type }) => type));
}

function reportOldFunction(log: ChangeLog, { wireName, pointer }: FunctionEntry): void {
  log.report(
    {
      subject: { kind: "function", name: wireName },
      functions: [wireName],
      before: pointer,
      after: null,
    },
    "function-removed",
    { summary: "is gone", before: wireName },
    breaking("clients generated earlier still call it, and code that does no longer compiles"),
  );
}

function reportNewFunction(
  log: ChangeLog,
  { wireName, pointer }: FunctionEntry,
  isInKnownContext: boolean,
): void {
  log.report(
    {
      subject: { kind: "function", name: wireName },
      functions: [wireName],
      before: null,
      after: pointer,
    },
    "function-added",
    { summary: "is new", after: wireName },
    compatible(
      isInKnownContext
        ? "clients ignore members of a bundle that they do not know"
        : "nobody calls it yet",
    ),
  );
}

function reportRename(log: ChangeLog, before: FunctionEntry, after: FunctionEntry): void {
  log.report(
    {
      subject: { kind: "function", name: after.wireName },
      functions: [after.wireName],
      before: before.pointer,
      after: after.pointer,
    },
    "function-renamed",
    {
      summary: `is new and has the signature of ${before.wireName}, which is gone: it looks renamed`,
      before: before.wireName,
      after: after.wireName,
    },
    isSameOnWire(before, after)
      ? review(
          "on the wire nothing changes; code that imports it by its old name no longer compiles",
          ["code"],
        )
      : breaking(
          "clients generated earlier call the old name, and code that does no longer compiles",
        ),
  );
}

/** Its address, or its place in a bundle, was given and not made of its name. */
function isSameOnWire(before: FunctionEntry, after: FunctionEntry): boolean {
  if (before.kind === "query") return after.kind === "query" && before.slot === after.slot;
  return after.kind !== "query" && before.path === after.path;
}
