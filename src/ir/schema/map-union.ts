import type { JsonObject } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import type { TypeNode } from "../type-node.js";
import { objectNode, partNode, type ObjectShape } from "./map-object.js";
import { isNullableAlone, isRequirement, mapSchema } from "./map-schema.js";
import { unionOfVariants } from "./map-type.js";
import { variantOf, type Mapping, type Place } from "./mapping.js";
import { isJsonArray, neverNode, nullNode, openStringNode } from "./nodes.js";
import { listAt, referenceOf, requiredNames, type SchemaAt } from "./schema-reader.js";
import { canBeToldApart } from "./variants.js";

type UnionAt = SchemaAt & { readonly schema: JsonObject };

/** More variants of one object are written beside it instead of being expanded. */
const mostExpanded = 10;

/** The union of `oneOf` or `anyOf`, with the tags that a discriminator gives to its variants. */
export function mapVariants(
  m: Mapping,
  at: UnionAt,
  keyword: "oneOf" | "anyOf",
  place: Place,
): TypeNode {
  const { schema, pointer } = at;
  const variants = listAt(schema, pointer, keyword);
  if (variants.length === 0) {
    m.reader.report("E309", child(pointer, keyword), `"${keyword}" has no members`);
    return neverNode;
  }
  const tagging = m.world.discriminators.of(m, at);
  const nodes = variants.map((variant) => {
    if (isNullableAlone(variant.schema)) return nullNode;
    const node = mapSchema(m, variant, variantOf(place, place.whole ?? at));
    return tagging === null ? node : m.world.discriminators.tag(m, tagging, variant, node);
  });
  if (keyword === "oneOf" && tagging === null && !canBeToldApart(m.reader, variants)) {
    m.reader.report(
      "W309",
      child(pointer, keyword),
      "nothing tells the variants of this union apart",
    );
  }
  return unionOfVariants(m, openEnums(m, variants, nodes));
}

/** `Color | string` keeps completion when the `string` does not swallow the literals of the named enum. */
function openEnums(
  m: Mapping,
  variants: readonly SchemaAt[],
  nodes: readonly TypeNode[],
): readonly TypeNode[] {
  if (!nodes.some(({ kind }) => kind === "string")) return nodes;
  const isOpen = variants.some(
    (variant) =>
      referenceOf(variant.schema) !== undefined &&
      (m.reader.literals(variant)?.some((value) => typeof value === "string") ?? false),
  );
  return isOpen ? nodes.map((node) => (node.kind === "string" ? openStringNode : node)) : nodes;
}

/**
 * An object whose variants only say which of its members are required, as a union of the object with these required
 * (`anyOf: [{required: [a]}, {required: [b]}]`). Null when the variants say more, or are too many.
 */
export function expandRequirements(
  m: Mapping,
  { schema }: UnionAt,
  shape: ObjectShape,
): { readonly keyword: "oneOf" | "anyOf"; readonly node: TypeNode } | null {
  const declared = new Set(shape.members.map(({ name }) => name));
  for (const keyword of ["anyOf", "oneOf"] as const) {
    const variants = schema[keyword];
    if (!isJsonArray(variants) || variants.length === 0 || variants.length > mostExpanded) continue;
    if (!variants.every(isRequirement)) continue;
    const required = variants.map((variant) => requiredNames(variant));
    if (required.every((names) => names.length === 0)) continue;
    if (shape.others.length === 0 && !required.flat().every((name) => declared.has(name))) continue;
    // A variant that only forbids leaves the object as it is, and the others are part of that.
    if (required.some((names) => names.length === 0)) return { keyword, node: partNode(m, shape) };
    const nodes = required.map((names) => objectNode(m, shape, new Set(names)));
    return { keyword, node: m.union(nodes.filter((node) => node !== null)) };
  }
  return null;
}
