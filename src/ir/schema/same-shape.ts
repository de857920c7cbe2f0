import type { TypeNode } from "../type-node.js";

/**
 * Whether two trees are equal but for the names that they refer to; `onReferences` is told each pair of names that stand at the same
 * place. Members of objects are compared by name; docs do not count.
 */
export function sameShape(
  a: TypeNode,
  b: TypeNode,
  onReferences: (a: string, b: string) => void,
): boolean {
  const same = (x: TypeNode, y: TypeNode): boolean => sameShape(x, y, onReferences);
  const all = (x: readonly TypeNode[], y: readonly TypeNode[]): boolean =>
    x.length === y.length && x.every((node, index) => same(node, y[index] ?? node));
  switch (a.kind) {
    case "reference":
      if (b.kind !== "reference") return false;
      onReferences(a.name, b.name);
      return true;
    case "literal":
      return b.kind === "literal" && JSON.stringify(a.value) === JSON.stringify(b.value);
    case "array":
      return b.kind === "array" && same(a.element, b.element);
    case "tuple":
      return (
        b.kind === "tuple" &&
        a.elements.length === b.elements.length &&
        a.elements.every((element, index) => {
          const other = b.elements[index];
          return (
            other !== undefined &&
            element.optional === other.optional &&
            same(element.type, other.type)
          );
        }) &&
        sameOptional(a.rest, b.rest, same)
      );
    case "object": {
      if (b.kind !== "object" || a.members.length !== b.members.length) return false;
      const others = new Map(b.members.map((member) => [member.name, member]));
      return (
        a.members.every(({ name, optional, type }) => {
          const other = others.get(name);
          return other !== undefined && optional === other.optional && same(type, other.type);
        }) && sameOptional(a.index, b.index, same)
      );
    }
    case "record":
      return (
        b.kind === "record" &&
        a.partial === b.partial &&
        same(a.keys, b.keys) &&
        same(a.value, b.value)
      );
    case "union":
      return b.kind === "union" && all(a.members, b.members);
    case "intersection":
      return b.kind === "intersection" && all(a.members, b.members);
    default:
      return a.kind === b.kind;
  }
}

function sameOptional(
  a: TypeNode | undefined,
  b: TypeNode | undefined,
  same: (a: TypeNode, b: TypeNode) => boolean,
): boolean {
  return a === undefined || b === undefined ? a === b : same(a, b);
}
