import type { NamedType } from "../../ir/api.js";
import { strongComponents } from "../../ir/schema/strong-components.js";
import type { TypeNode } from "../../ir/type-node.js";

/** Tells whether two named types reach each other, or a type itself. */
export function findCycles(types: readonly NamedType[]): (type: string, other: string) => boolean {
  const references = new Map(types.map(({ name, type }) => [name, [...referencesIn(type)]]));
  const known = (name: string): string[] =>
    (references.get(name) ?? []).filter((target) => references.has(target));
  const components = strongComponents(references.keys(), known);
  const componentOf = new Map(
    components.flatMap((names, number) => names.map((name) => [name, number] as const)),
  );
  return (type, other) => componentOf.has(type) && componentOf.get(type) === componentOf.get(other);
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
