import type { NamedType } from "../../ir/api.js";
import { strongComponents } from "../../ir/schema/strong-components.js";
import type { TypeNode } from "../../ir/type-node.js";
import { partsOf } from "../print/type-shape.js";

/** Tells whether two named types reach each other, or a type itself. Looks when it is first asked: most clients never ask. */
export function findCycles(
  types: readonly NamedType[],
  memory?: CycleMemory,
): (type: string, other: string) => boolean {
  let componentOf: ReadonlyMap<string, number> | undefined;
  return (type, other) => {
    componentOf ??= findComponents(types, memory);
    const component = componentOf.get(type);
    return component !== undefined && component === componentOf.get(other);
  };
}

/** The names that types refer to, for a watch: of a type that is the very same object, they are the same. */
export type CycleMemory = WeakMap<NamedType, readonly string[]>;

function findComponents(
  types: readonly NamedType[],
  memory: CycleMemory | undefined,
): ReadonlyMap<string, number> {
  const references = new Map(
    types.map((named) => {
      const known = memory?.get(named) ?? referencesIn(named.type);
      memory?.set(named, known);
      return [named.name, known];
    }),
  );
  const known = (name: string): string[] =>
    (references.get(name) ?? []).filter((target) => references.has(target));
  const components = strongComponents(references.keys(), known);
  return new Map(
    components.flatMap((names, number) => names.map((name) => [name, number] as const)),
  );
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
