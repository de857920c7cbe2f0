import type { JsonValue } from "../../document/document.js";
import type { LiteralNode, TypeNode } from "../type-node.js";
import { isObject as isJsonObject } from "../../document/value-at.js";

export const unknownNode: TypeNode = { kind: "unknown" };
export const neverNode: TypeNode = { kind: "never" };
export const nullNode: TypeNode = { kind: "null" };
export const booleanNode: TypeNode = { kind: "boolean" };
export const numberNode: TypeNode = { kind: "number" };
export const stringNode: TypeNode = { kind: "string" };
export const undefinedNode: TypeNode = { kind: "undefined" };
export const blobNode: TypeNode = { kind: "blob" };
export const openStringNode: TypeNode = { kind: "open-string" };

/** By the name that JSON Schema has for the type; integers are numbers. */
export const scalarNodes = {
  string: stringNode,
  number: numberNode,
  boolean: booleanNode,
  null: nullNode,
} as const;

/** `{ [key: string]: unknown }`: an object about which nothing is said. */
export const anyObjectNode: TypeNode = { kind: "object", members: [], index: unknownNode };

/** `Record<string, never>`: an object that may not have a member. */
export const emptyObjectNode: TypeNode = {
  kind: "record",
  keys: stringNode,
  value: neverNode,
  partial: false,
};

export function literalNode(value: JsonValue): LiteralNode | typeof nullNode {
  return value === null ? nullNode : { kind: "literal", value };
}

export { isJsonObject };

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** What a message calls a value: `an array`, `null`, `the number 3`. */
export function describeValue(value: JsonValue): string {
  if (value === null) return "null";
  if (isJsonArray(value)) return "an array";
  if (isJsonObject(value)) return "an object";
  return typeof value === "string" ? "a string" : `${typeof value} ${JSON.stringify(value)}`;
}
