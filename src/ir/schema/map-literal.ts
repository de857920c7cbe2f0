import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import type { TypeNode } from "../type-node.js";
import { isOfType } from "./annotation.js";
import { maxDepth, type Mapping } from "./mapping.js";
import {
  isJsonArray,
  isJsonObject,
  literalNode,
  nullNode,
  numberNode,
  unknownNode,
} from "./nodes.js";

/** The type of `const` or `enum`; null when the schema has neither. The list is taken as it is, whatever `type` says. */
export function mapListed(m: Mapping, schema: JsonObject, pointer: Pointer): TypeNode | null {
  const value = schema["const"];
  if (value !== undefined) {
    warnOfType(m, schema, [value], pointer, "const");
    return mapLiteral(m, value, child(pointer, "const"));
  }
  const values = schema["enum"];
  if (!isJsonArray(values)) return null;
  const place = child(pointer, "enum");
  warnOfType(m, schema, values, pointer, "enum");
  const nodes = values.map((member, index) => mapLiteral(m, member, child(place, index)));
  const { type } = schema;
  const nullable = type === "null" || (isJsonArray(type) && type.includes("null"));
  return m.union(nullable ? [...nodes, nullNode] : nodes);
}

function warnOfType(
  m: Mapping,
  schema: JsonObject,
  values: readonly JsonValue[],
  pointer: Pointer,
  keyword: string,
): void {
  const { type } = schema;
  const types = isJsonArray(type) ? type : type === undefined ? [] : [type];
  if (types.length === 0) return;
  // Null in a list beside a type without it is a common way to write a nullable enum, and cannot be misread.
  const stranger = values.findIndex(
    (value) => value !== null && !types.some((name) => isOfType(value, name)),
  );
  if (stranger < 0) return;
  const place = child(pointer, keyword);
  m.reader.report(
    "W305",
    keyword === "enum" ? child(place, stranger) : place,
    `the value is not of the type ${types.map((name) => JSON.stringify(name)).join(" or ")}`,
  );
}

/** A literal type; `number` in the place of numbers that JavaScript cannot hold (types.md section 4). */
function mapLiteral(m: Mapping, value: JsonValue, pointer: Pointer, depth = 0): TypeNode {
  if (typeof value === "number")
    return isExact(m, value, pointer) ? literalNode(value) : numberNode;
  if (depth > maxDepth) return unknownNode;
  if (isJsonArray(value)) {
    const elements = value.map((member, index) => ({
      type: mapLiteral(m, member, child(pointer, index), depth + 1),
      optional: false,
    }));
    const exact = elements.every(({ type }) => isLiteral(type));
    return exact ? literalNode(value) : { kind: "tuple", elements };
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([name, member]) => ({
      name,
      type: mapLiteral(m, member, child(pointer, name), depth + 1),
      optional: false,
    }));
    const exact = members.every(({ type }) => isLiteral(type));
    return exact ? literalNode(value) : { kind: "object", members };
  }
  return literalNode(value);
}

function isLiteral({ kind }: TypeNode): boolean {
  return kind === "literal" || kind === "null";
}

function isExact(m: Mapping, value: number, pointer: Pointer): boolean {
  if (Number.isSafeInteger(value)) return true;
  const source = m.reader.document.inexactNumberAt(pointer);
  const whole = Number.isInteger(value) || !Number.isFinite(value);
  if (!whole && source === undefined) return true;
  m.reader.report(
    "W302",
    pointer,
    `${source ?? String(value)} is more than JavaScript can tell from its neighbours; number is taken`,
  );
  return false;
}
