import type { NamedType } from "../../ir/api.js";
import type { TypeNode } from "../../ir/type-node.js";

/**
 * Tells whether two named types reach each other. Tarjan's components, without recursion: a document may chain any number of types.
 */
export function findCycles(types: readonly NamedType[]): (type: string, other: string) => boolean {
  const references = new Map(types.map(({ name, type }) => [name, [...referencesIn(type)]]));
  const component = new Map<string, number>();
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  for (const { name: root } of types) {
    if (index.has(root)) continue;
    const work = [{ name: root, next: 0 }];
    for (let at = work.at(-1); at !== undefined; at = work.at(-1)) {
      const { name } = at;
      if (at.next === 0) {
        index.set(name, index.size);
        low.set(name, index.size - 1);
        stack.push(name);
      }
      const target = references.get(name)?.[at.next++];
      if (target !== undefined) {
        if (!references.has(target)) continue;
        if (!index.has(target)) work.push({ name: target, next: 0 });
        else if (!component.has(target)) lower(name, index.get(target));
        continue;
      }
      work.pop();
      if (low.get(name) === index.get(name)) {
        let member: string | undefined;
        do {
          member = stack.pop();
          if (member !== undefined) component.set(member, index.get(name) ?? 0);
        } while (member !== undefined && member !== name);
      }
      const above = work.at(-1);
      if (above !== undefined) lower(above.name, low.get(name));
    }
  }
  return (type, other) => component.has(type) && component.get(type) === component.get(other);

  function lower(name: string, value: number | undefined): void {
    if (value !== undefined && value < (low.get(name) ?? 0)) low.set(name, value);
  }
}

function* referencesIn(type: TypeNode): Iterable<string> {
  switch (type.kind) {
    case "reference":
      yield type.name;
      break;
    case "array":
      yield* referencesIn(type.element);
      break;
    case "tuple":
      for (const element of type.elements) yield* referencesIn(element.type);
      if (type.rest !== undefined) yield* referencesIn(type.rest);
      break;
    case "object":
      for (const member of type.members) yield* referencesIn(member.type);
      if (type.index !== undefined) yield* referencesIn(type.index);
      break;
    case "record":
      yield* referencesIn(type.keys);
      yield* referencesIn(type.value);
      break;
    case "union":
    case "intersection":
      for (const member of type.members) yield* referencesIn(member);
      break;
    default:
  }
}
