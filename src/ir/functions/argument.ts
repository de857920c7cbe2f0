import type { Document } from "../../document/document.js";
import type { Mutation } from "../api.js";
import { typesOf } from "../shape/identity.js";
import { declaredMembers } from "../shape/member.js";
import { outlineOf } from "../shape/outline.js";
import { isObject, own, type SchemaAt } from "../shape/schema-at.js";
import type { TypeNode } from "../type-node.js";

type Argument = Mutation["argument"];

/** Whether an input asks for nothing: an object that has no members and does not say that it takes any (types.md section 4). */
export function isEmptyInput(document: Document, input: SchemaAt): boolean {
  const { core, nullable } = outlineOf(document, input);
  const { schema } = core.at;
  if (nullable || !isObject(schema)) return false;
  const { types } = typesOf(schema);
  const isObjectType =
    types.length === 0 ? Object.hasOwn(schema, "properties") : types[0] === "object";
  if (!isObjectType || types.length > 1) return false;
  const additional = own(schema, "additionalProperties");
  if (additional !== undefined && additional !== false) return false;
  const others = ["$ref", "allOf", "anyOf", "oneOf", "patternProperties", "propertyNames", "enum"];
  if (others.some((keyword) => Object.hasOwn(schema, keyword))) return false;
  return declaredMembers(document, core.at).size === 0;
}

/** Whether a call may leave its input out: when `{}` is an input. `typeOf` gives a named type. */
export function argumentOf(
  input: TypeNode,
  typeOf: (name: string) => TypeNode | undefined,
): Exclude<Argument, "none"> {
  return allowsNothing(input, typeOf, new Set()) ? "optional" : "required";
}

function allowsNothing(
  node: TypeNode,
  typeOf: (name: string) => TypeNode | undefined,
  seen: Set<string>,
): boolean {
  switch (node.kind) {
    case "object":
      return node.members.length > 0 && node.members.every(({ optional }) => optional);
    case "record":
      return node.partial;
    case "intersection":
      return node.members.every((member) => allowsNothing(member, typeOf, seen));
    case "union":
      return (
        node.members.every(({ kind }) => kind !== "null") &&
        node.members.some((member) => allowsNothing(member, typeOf, seen))
      );
    case "reference": {
      if (seen.has(node.name)) return false;
      seen.add(node.name);
      const type = typeOf(node.name);
      return type !== undefined && allowsNothing(type, typeOf, seen);
    }
    default:
      return false;
  }
}
