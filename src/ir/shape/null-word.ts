import type { JsonValue } from "../../document/document.js";
import { hasOnly } from "./keywords.js";
import { isList, isObject, own } from "./schema-at.js";

/**
 * Whether a schema lists null among its types, or is marked as nullable: it could have been written without, so somebody meant it.
 */
function mentionsNull(schema: JsonValue): boolean {
  if (!isObject(schema)) return false;
  const type = own(schema, "type");
  return own(schema, "nullable") === true || (isList(type) && type.includes("null"));
}

/** Whether a member of `allOf` says nothing but that null is allowed: `{nullable: true}`, `{type: [object, "null"]}`. */
export function isNullWord(schema: JsonValue): boolean {
  return mentionsNull(schema) && isObject(schema) && hasOnly(schema, "type", "nullable");
}

/**
 * Whether the members of an `allOf` mean "what the reference says, or null". zod-to-openapi writes `.nullable()` of a component so:
 * `allOf: [$ref, {type: [object, "null"]}]`, in 3.0 `allOf: [$ref, {nullable: true}]`. To the letter null would have to fit what is
 * referred to as well, and the word would say nothing. A member with members of its own is taken to the letter.
 */
export function allOfMeansNullable(members: readonly JsonValue[]): boolean {
  const inline = members.filter((member) => !isObject(member) || own(member, "$ref") === undefined);
  if (inline.length === members.length || !inline.some(isNullWord)) return false;
  return inline.every(
    (member) => mentionsNull(member) || (isObject(member) && own(member, "type") === undefined),
  );
}
