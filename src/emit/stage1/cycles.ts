import type { NamedType } from "../../ir/api.js";
import { strongComponents } from "../../ir/schema/strong-components.js";
import type { TypeNode } from "../../ir/type-node.js";
import { partsOf } from "../print/type-shape.js";

/** Tells whether two named types reach each other, or a type itself. */
export function findCycles(types: readonly NamedType[]): (type: string, other: string) => boolean {
  const references = new Map(types.map(({ name, type }) => [name, referencesIn(type)]));
  const known = (name: string): string[] =>
    (references.get(name) ?? []).filter((target) => references.has(target));
  const components = strongComponents(references.keys(), known);
  const componentOf = new Map(
    components.flatMap((names, number) => names.map((name) => [name, number] as const)),
  );
  return (type, other) => componentOf.has(type) && componentOf.get(type) === componentOf.get(other);
}

/** Names that a type refers to, at any depth; without recursion. */
function referencesIn(root: TypeNode): string[] {
  const names = new Set<string>();
  const open: TypeNode[] = [root];
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    if (type.kind === "reference") names.add(type.name);
    open.push(...partsOf(type));
  }
  return [...names];
}
