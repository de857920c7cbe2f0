import type { TypeNode } from "../type-node.js";

/**
 * Whether TypeScript finds a type assignable to another writing of the very same type. It must, for a member beside an index signature
 * that has the member's type in its union (TS2411), and it does not when parts of an intersection have optional members or indexes of
 * their own: `C & { id?: 1 }` is compared part by part, and the `id` of the whole is not the `id` of the part.
 */
export function isSelfComparable(node: TypeNode, inIntersection = false): boolean {
  const all = (nodes: readonly TypeNode[]): boolean =>
    nodes.every((child) => isSelfComparable(child, inIntersection));
  switch (node.kind) {
    case "intersection":
      return node.members.every((member) => isSelfComparable(member, true));
    case "union":
      return all(node.members);
    case "array":
      return isSelfComparable(node.element, inIntersection);
    case "tuple":
      return (
        all(node.elements.map(({ type }) => type)) &&
        (node.rest === undefined || isSelfComparable(node.rest, inIntersection))
      );
    case "record":
      return !inIntersection && isSelfComparable(node.value);
    case "object":
      if (inIntersection && (node.index !== undefined || node.members.some((m) => m.optional))) {
        return false;
      }
      return all(node.members.map(({ type }) => type));
    default:
      return true;
  }
}
