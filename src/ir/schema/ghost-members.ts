import type { Member, TypeNode } from "../type-node.js";
import { inside, type Family, type Mapping, type Place } from "./mapping.js";
import { mapProperty, presenceOf, roleOf } from "./map-property.js";
import { isJsonObject, unknownNode } from "./nodes.js";
import { listAt, type SchemaAt } from "./schema-reader.js";

/** A member's type may be taken from a schema that takes one itself; a longer chain of such is a circle. */
const mostBorrowings = 2;

/** Looking into more variants than this would only make a type prettier. */
const mostVariants = 64;

/**
 * Members that a family requires but does not declare. Their type is that of the schema that the family refers to, or that it is a
 * variant of; else what the object says of other members; else unknown. A member that is required where it is declared needs nothing.
 */
export function ghostMembers(
  m: Mapping,
  at: SchemaAt,
  place: Place,
  family: Family,
  others: readonly TypeNode[],
): Member[] {
  const members: Member[] = [];
  for (const name of family.required) {
    if (family.declared.has(name) || variantsRequire(m, at, name)) continue;
    const member = borrowedMember(m, name, place, family);
    if (member === "needless") continue;
    const type = others.length > 0 ? m.union(others) : unknownNode;
    members.push(member ?? { name, type, optional: false });
  }
  return members;
}

/** Whether each variant of a schema requires the member itself. */
function variantsRequire(m: Mapping, { schema, pointer }: SchemaAt, name: string): boolean {
  if (!isJsonObject(schema)) return false;
  return ["oneOf", "anyOf"].some((keyword) => {
    const variants = listAt(schema, pointer, keyword);
    return (
      variants.length > 0 &&
      variants.length <= mostVariants &&
      variants.every((variant) => [...m.reader.required(variant)].includes(name))
    );
  });
}

function borrowedMember(
  m: Mapping,
  name: string,
  place: Place,
  family: Family,
): Member | "needless" | null {
  const lenders = [...family.targets, ...(place.enclosing === undefined ? [] : [place.enclosing])];
  for (const lender of lenders) {
    const found = m.reader.property(lender, name);
    if (found === null) continue;
    const role = roleOf(found);
    if (presenceOf(m, found, role) !== "optional") return "needless";
    const borrowed = (place.borrowed ?? 0) + 1;
    if (borrowed > mostBorrowings) return { name, type: unknownNode, optional: false };
    const member = mapProperty(
      m,
      name,
      found,
      { ...role, required: true },
      { ...inside(place), borrowed },
    );
    return member === null ? "needless" : { name, type: member.type, optional: false };
  }
  return null;
}
