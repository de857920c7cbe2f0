import { suggest } from "../diagnostics/suggest.js";
import type { Api } from "../ir/api.js";
import type { TypeNode } from "../ir/type-node.js";
import {
  contextsOfQueries,
  functionsOf,
  type FunctionEntry,
  type FunctionPair,
} from "./function-entry.js";
import { paramsNode } from "./compare-params.js";
import type { TypeComparison } from "./type-comparison.js";
import type { TypeTable } from "./type-table.js";

export interface MatchedFunctions {
  readonly pairs: readonly FunctionPair[];
  readonly removed: readonly FunctionEntry[];
  readonly added: readonly FunctionEntry[];
}

/** More functions of one shape than this are not compared with each other: nobody renames that many by hand. */
const mostCandidates = 100;

/**
 * Which function became which: by name, and, of those that only one contract has, by an equal signature. A signature that says next to
 * nothing (no argument, no answer) or that several have is enough only where the names are alike.
 */
export function matchFunctions(
  before: Api,
  after: Api,
  comparison: TypeComparison,
): MatchedFunctions {
  const old = functionsOf(before);
  const young = functionsOf(after);
  const removed = new Set([...old.values()].filter(({ wireName }) => !young.has(wireName)));
  const added = new Set([...young.values()].filter(({ wireName }) => !old.has(wireName)));
  const renamed = new Map<FunctionEntry, FunctionEntry>();

  const candidates = new Map<string, FunctionEntry[]>();
  for (const entry of added) {
    const key = shapeOf(entry, comparison.after);
    const list = candidates.get(key);
    if (list === undefined) candidates.set(key, [entry]);
    else list.push(entry);
  }
  const groups = new Map<string, FunctionEntry[]>();
  for (const entry of removed) {
    const key = shapeOf(entry, comparison.before);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [entry]);
    else list.push(entry);
  }
  for (const [key, gone] of groups) {
    const come = candidates.get(key) ?? [];
    if (gone.length > mostCandidates || come.length > mostCandidates) continue;
    for (const entry of gone) {
      const equal = come.filter((other) => haveSameSignature(comparison, entry, other));
      const [first] = equal;
      const rivals = gone.filter(
        (other) => first !== undefined && haveSameSignature(comparison, other, first),
      );
      const isClear =
        equal.length === 1 && rivals.length === 1 && !isTrivial(entry, comparison.before);
      const names = equal.filter((other) => added.has(other)).map(({ wireName }) => wireName);
      const name = isClear ? first?.wireName : suggest(entry.wireName, names);
      const found = equal.find(({ wireName }) => wireName === name);
      if (found === undefined) continue;
      renamed.set(found, entry);
      added.delete(found);
      removed.delete(entry);
    }
  }

  const oldContexts = contextsOfQueries(before);
  const youngContexts = contextsOfQueries(after);
  const pairs = [...young.values()].flatMap((entry): FunctionPair[] => {
    const other = renamed.get(entry) ?? old.get(entry.wireName);
    if (other === undefined) return [];
    const contexts = {
      before: oldContexts.get(other.wireName),
      after: youngContexts.get(entry.wireName),
    };
    return [{ before: other, after: entry, contexts }];
  });
  return { pairs, removed: [...removed], added: [...added] };
}

/** What functions of equal signature have in common at a glance. */
function shapeOf(entry: FunctionEntry, types: TypeTable): string {
  const [input, output] = signatureOf(entry);
  const names = types.objectView(input)?.members.keys() ?? [];
  const result = types.resolve(output);
  const inner = types.objectView(output)?.members.keys() ?? [];
  return JSON.stringify([entry.kind, [...names].sort(), result.kind, [...inner].sort()]);
}

function signatureOf(entry: FunctionEntry): readonly [input: TypeNode, output: TypeNode] {
  switch (entry.kind) {
    case "query":
      return [entry.input, entry.output];
    case "mutation":
      return [entry.argument === "none" ? paramsNode([]) : entry.input, entry.output];
    case "view":
      return [paramsNode(entry.params), entry.input ?? { kind: "void" }];
  }
}

function haveSameSignature(
  { assignability, before, after }: TypeComparison,
  a: FunctionEntry,
  b: FunctionEntry,
): boolean {
  if (a.kind === "view" && b.kind === "view") {
    if (a.method !== b.method || a.produces.join() !== b.produces.join()) return false;
  }
  const others = signatureOf(b);
  return (
    a.kind === b.kind &&
    signatureOf(a).every((node, index) => {
      const other = others[index];
      return (
        other !== undefined &&
        assignability.same({ node, types: before }, { node: other, types: after })
      );
    })
  );
}

function isTrivial(entry: FunctionEntry, types: TypeTable): boolean {
  const [input, output] = signatureOf(entry);
  return (
    types.objectView(input)?.members.size === 0 && ["void", "null", "unknown"].includes(output.kind)
  );
}
