import type { JsonObject } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import type { TypeNode } from "../type-node.js";
import { inside, type Mapping, type Place } from "./mapping.js";
import { mapSchema } from "./map-schema.js";
import { isJsonArray, isJsonObject, unknownNode } from "./nodes.js";
import { listAt, type SchemaAt } from "./schema-reader.js";

/** Arrays of a fixed length up to this are written as tuples. */
const longestFixed = 10;

type ArrayAt = SchemaAt & { readonly schema: JsonObject };

export function speaksOfArrays(schema: JsonObject): boolean {
  return ["items", "prefixItems"].some((keyword) => Object.hasOwn(schema, keyword));
}

/** Arrays and tuples: `prefixItems` (2020-12) or a list in `items` (draft 7) are elements of a tuple. */
export function mapArray(m: Mapping, at: ArrayAt, place: Place): TypeNode {
  const { schema } = at;
  const most = typeof schema["maxItems"] === "number" ? schema["maxItems"] : Infinity;
  const keyword = isJsonArray(schema["prefixItems"]) ? "prefixItems" : "items";
  const elements = listAt(schema, at.pointer, keyword);
  if (elements.length > 0) return mapTuple(m, at, elements, most, place);
  // No elements of their own: what would follow them is all there is.
  const itemsKeyword = isJsonArray(schema["items"]) ? "additionalItems" : "items";
  const items = schema[itemsKeyword];
  if (most <= 0 || items === false) return { kind: "tuple", elements: [] };
  if (items === undefined) {
    m.reader.report("W306", at.pointer, "the array does not say what it holds");
    return { kind: "array", element: unknownNode };
  }
  if (!isJsonObject(items)) return { kind: "array", element: unknownNode };
  const element = mapSchema(
    m,
    { schema: items, pointer: child(at.pointer, itemsKeyword) },
    inside(place),
  );
  if (most === schema["minItems"] && most <= longestFixed && Number.isInteger(most)) {
    const elements = Array.from({ length: most }, () => ({ type: element, optional: false }));
    return { kind: "tuple", elements };
  }
  return { kind: "array", element };
}

function mapTuple(
  m: Mapping,
  { schema, pointer }: ArrayAt,
  elements: readonly SchemaAt[],
  most: number,
  place: Place,
): TypeNode {
  const least = typeof schema["minItems"] === "number" ? schema["minItems"] : elements.length;
  const mapped = elements.slice(0, Math.max(0, most)).map((element, index) => ({
    type: mapSchema(m, element, inside(place)),
    optional: index >= least,
  }));
  const keyword = Object.hasOwn(schema, "prefixItems") ? "items" : "additionalItems";
  const rest = schema[keyword];
  if (!isJsonObject(rest) || most <= elements.length) return { kind: "tuple", elements: mapped };
  return {
    kind: "tuple",
    elements: mapped,
    rest: mapSchema(m, { schema: rest, pointer: child(pointer, keyword) }, inside(place)),
  };
}
