import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { hasOnly } from "./keywords.js";
import { allOfMeansNullable, isNullWord } from "./null-word.js";
import { isList, isObject, own, type SchemaAt } from "./schema-at.js";

/** How far a chain of references is followed; longer ones are no types that anybody wrote. */
const maxHops = 100;

/** What a schema is once references, null and one-member wrappers are taken off. */
export interface Core {
  /** The schema inside. */
  readonly at: SchemaAt;
  /** Whether null was taken off on the way. */
  readonly nullable: boolean;
  /** Where the named type stands, or null for an inline schema. Equal identities are equal types (protocol section 4). */
  readonly identity: Pointer | null;
  /** A reference on the way leads nowhere, or in a circle. */
  readonly broken: boolean;
}

/**
 * Takes off what does not change the identity of a type: references (also through components that are nothing but another's
 * alias), `null` in a two-way union, OpenAPI 3.0's `nullable`, and `allOf` or `anyOf` with a single member beside null.
 */
export function coreOf(document: Document, start: SchemaAt): Core {
  let at = start;
  let nullable = false;
  let identity: Pointer | null = null;
  for (let hops = 0; hops < maxHops; hops++) {
    const { schema } = at;
    if (!isObject(schema)) break;
    if (own(schema, "nullable") === true) nullable = true;
    const reference = own(schema, "$ref");
    if (typeof reference === "string") {
      if (!hasOnly(schema, "$ref", "nullable")) return { at, nullable, identity, broken: false };
      const target = document.resolve(reference, at.pointer);
      if (!target.found) return { at, nullable, identity: null, broken: true };
      at = { schema: target.value, pointer: target.pointer };
      identity = target.pointer;
      continue;
    }
    const inner = wrapped(schema, at.pointer);
    if (inner === null) return { at, nullable, identity, broken: false };
    if (inner.nullable) nullable = true;
    at = inner.at;
    // The wrapper's own name does not name what is inside it: `MaybeUser = User | null` has the identity of User.
    identity = null;
  }
  return { at, nullable, identity, broken: isObject(at.schema) };
}

/** The single schema inside a wrapper: `X | null`, `allOf: [X]`, `allOf: [X, {nullable: true}]`. */
function wrapped(schema: JsonObject, pointer: Pointer): { at: SchemaAt; nullable: boolean } | null {
  for (const keyword of ["anyOf", "oneOf"]) {
    const members = own(schema, keyword);
    if (!isList(members) || !hasOnly(schema, keyword, "nullable", "discriminator")) continue;
    const rest = members
      .map((member, index) => ({ schema: member, pointer: child(child(pointer, keyword), index) }))
      .filter((member) => !isNull(member.schema));
    const [only] = rest;
    if (rest.length !== 1 || only === undefined) return null;
    return { at: only, nullable: members.length > 1 };
  }
  const all = own(schema, "allOf");
  if (!isList(all) || !hasOnly(schema, "allOf", "nullable")) return null;
  const nullable = allOfMeansNullable(all);
  const [only, ...others] = all
    .map((member, index) => ({ schema: member, pointer: child(child(pointer, "allOf"), index) }))
    .filter((member) => !nullable || !isNullWord(member.schema));
  return only === undefined || others.length > 0 ? null : { at: only, nullable };
}

/** Whether a schema is the null type in one of its spellings. `nullable: true` alone is DRF's and Ninja's way to write it. */
export function isNull(schema: JsonValue): boolean {
  if (!isObject(schema)) return false;
  if (own(schema, "type") === "null") return true;
  if (Object.hasOwn(schema, "const")) return schema["const"] === null;
  const values = own(schema, "enum");
  if (isList(values)) return values.length > 0 && values.every((value) => value === null);
  return own(schema, "nullable") === true && hasOnly(schema, "nullable");
}

/** The types a schema allows by its `type` keyword, without null; and whether null is one of them. */
export function typesOf(schema: JsonObject): { types: readonly string[]; nullable: boolean } {
  const type = own(schema, "type");
  const names = (isList(type) ? type : [type]).filter((name) => typeof name === "string");
  return {
    types: names.filter((name) => name !== "null"),
    nullable: names.includes("null") || own(schema, "nullable") === true,
  };
}
