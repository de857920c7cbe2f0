import type { Api, Context, Param } from "../ir/api.js";
import type { Direction, TypeNode } from "../ir/type-node.js";
import { attributeChanges, type Root } from "./attribute-changes.js";
import type { ContractChange } from "./contract-change.js";
import { functionsOf, type FunctionEntry } from "./function-entry.js";
import { showStep } from "./show-type.js";
import { TypeComparison } from "./type-comparison.js";
import { breaking, compatible, type Verdict } from "./verdict.js";

/**
 * What changed between two contracts, and whom it breaks (docs/diff.md). Pure; the order is that of the new document, what was removed
 * comes where the old one had it. Nothing for two contracts that say the same.
 */
export function diffApis(before: Api, after: Api): readonly ContractChange[] {
  const comparison = new TypeComparison(before, after);
  const old = functionsOf(before);
  const young = functionsOf(after);
  const order = new Map([...old.keys(), ...young.keys()].map((name, index) => [name, index]));
  const changes: ContractChange[] = [];
  const roots: Root[] = [];

  for (const [name, entry] of old) {
    const other = young.get(name);
    if (other === undefined) {
      changes.push(
        whole(
          "function-removed",
          name,
          "is gone",
          breaking(
            "clients generated earlier still call it, and code that does no longer compiles",
          ),
          entry,
          null,
        ),
      );
    } else {
      roots.push(...rootsOf(comparison, entry, other));
    }
  }
  for (const [name, entry] of young) {
    if (!old.has(name)) {
      changes.push(
        whole("function-added", name, "is new", compatible("nobody calls it yet"), null, entry),
      );
    }
  }
  for (const context of after.contexts) {
    const other = before.contexts.find(({ wireName }) => wireName === context.wireName);
    if (other !== undefined) roots.push(...paramRoots(comparison, other, context));
  }
  return [...changes, ...attributeChanges(roots, comparison.pairs, order)];
}

function rootsOf(comparison: TypeComparison, before: FunctionEntry, after: FunctionEntry): Root[] {
  const roots: Root[] = [];
  const add = (path: string, a: TypeNode, b: TypeNode, direction: Direction): void => {
    roots.push({
      holder: comparison.compare(a, b, direction),
      subject: { kind: "function", name: after.wireName },
      path,
      functions: [after.wireName],
      pointers: { before: before.pointer, after: after.pointer },
    });
  };
  if (before.kind === "query" && after.kind === "query") {
    add("output", before.output, after.output, "out");
  } else if (before.kind === "mutation" && after.kind === "mutation") {
    add("input", before.input, after.input, "in");
    add("output", before.output, after.output, "out");
  } else if (before.kind === "view" && after.kind === "view") {
    add("params", before.paramsType, after.paramsType, "in");
    if (before.input !== null && after.input !== null) add("body", before.input, after.input, "in");
  }
  for (const error of after.errors) {
    const old = before.errors.find(({ code }) => code === error.code);
    if (old === undefined || old.data === null || error.data === null) continue;
    add(`errors${showStep(error.code)}`, old.data, error.data, "out");
  }
  return roots;
}

function paramRoots(comparison: TypeComparison, before: Context, after: Context): Root[] {
  return after.params.flatMap((param): Root[] => {
    const old = before.params.find(({ name }) => name === param.name);
    if (old === undefined) return [];
    return [
      {
        holder: comparison.compare(asMember(old), asMember(param), "in"),
        subject: { kind: "context", name: after.wireName },
        path: "params",
        functions: after.queries
          .filter(({ params }) => params.includes(param.name))
          .map(({ wireName }) => wireName),
        pointers: { before: before.pointer, after: after.pointer },
      },
    ];
  });
}

function asMember({ name, type, required, docs }: Param): TypeNode {
  return { kind: "object", members: [{ name, type, optional: !required, docs }] };
}

function whole(
  kind: "function-added" | "function-removed",
  name: string,
  summary: string,
  verdict: Verdict,
  before: FunctionEntry | null,
  after: FunctionEntry | null,
): ContractChange {
  return {
    kind,
    ...verdict,
    subject: { kind: "function", name },
    path: "",
    direction: null,
    summary,
    before: before === null ? null : name,
    after: after === null ? null : name,
    functions: [{ name, path: "" }],
    pointers: { before: before?.pointer ?? null, after: after?.pointer ?? null },
  };
}
