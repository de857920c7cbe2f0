import type { Member, TypeNode } from "../type-node.js";
import type { TypeAlgebra } from "./type-algebra.js";

/**
 * The tree with each reference replaced by what `replace` gives for its name. Unions are simplified again, as two references may have
 * got one name. A tree without references is returned as it is.
 */
export function rewriteReferences(
  node: TypeNode,
  algebra: TypeAlgebra,
  replace: (name: string) => TypeNode,
): TypeNode {
  const one = (child: TypeNode): TypeNode => rewriteReferences(child, algebra, replace);
  const many = (children: readonly TypeNode[]): readonly TypeNode[] => mapChanged(children, one);
  switch (node.kind) {
    case "reference":
      return replace(node.name);
    case "array": {
      const element = one(node.element);
      return element === node.element ? node : { kind: "array", element };
    }
    case "tuple": {
      const elements = mapChanged(node.elements, (element) => {
        const type = one(element.type);
        return type === element.type ? element : { ...element, type };
      });
      const rest = node.rest === undefined ? undefined : one(node.rest);
      if (elements === node.elements && rest === node.rest) return node;
      return { ...node, elements, ...(rest === undefined ? {} : { rest }) };
    }
    case "object": {
      const members = mapChanged(node.members, (member): Member => {
        const type = one(member.type);
        return type === member.type ? member : { ...member, type };
      });
      const index = node.index === undefined ? undefined : one(node.index);
      if (members === node.members && index === node.index) return node;
      return { ...node, members, ...(index === undefined ? {} : { index }) };
    }
    case "record": {
      const keys = one(node.keys);
      const value = one(node.value);
      return keys === node.keys && value === node.value ? node : { ...node, keys, value };
    }
    case "union": {
      const members = many(node.members);
      return members === node.members ? node : algebra.union(members);
    }
    case "intersection": {
      const members = many(node.members);
      return members === node.members ? node : algebra.intersection(members);
    }
    default:
      return node;
  }
}

/** As `map`, but the list itself when nothing changed. */
function mapChanged<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  let changed = false;
  const result = items.map((item) => {
    const next = change(item);
    changed ||= next !== item;
    return next;
  });
  return changed ? result : items;
}
