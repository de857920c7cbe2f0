import type { Document, JsonObject } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { coreOf, isNull, typesOf } from "./identity.js";
import { hasOnly } from "./keywords.js";
import { isList, isObject, own, type SchemaAt } from "./schema-at.js";

/**
 * What stands under a name in the values of a schema: a schema; anything (the schema is open, so nothing can be said against
 * the name); or nothing at all.
 */
export type Found =
  | { readonly kind: "found"; readonly at: SchemaAt; readonly required: boolean }
  | { readonly kind: "open" }
  | { readonly kind: "missing" };

export type Segments = readonly (string | number)[];

const open: Found = { kind: "open" };
const missing: Found = { kind: "missing" };

/** How many schemas one look-up visits, and how deep it goes, before it says "anything": inheritance is never that wide. */
const maxVisits = 10_000;
const maxDepth = 64;

/** Looks one member up, through references, null, `allOf`, and in every variant of a union. */
export function memberOf(document: Document, at: SchemaAt, name: string): Found {
  return new Lookup(document).member(at, name);
}

/** Follows a path from the root of a value. */
export function followPath(document: Document, at: SchemaAt, path: Segments): Found {
  const lookup = new Lookup(document);
  let found: Found = { kind: "found", at, required: true };
  for (const step of path) {
    if (found.kind !== "found") return found;
    const outer: boolean = found.required;
    found = typeof step === "number" ? lookup.item(found.at, step) : lookup.member(found.at, step);
    if (found.kind === "found" && !outer) found = { ...found, required: false };
  }
  return found;
}

/** The names that an object schema declares, with the schema of each, in document order: own ones after inherited ones. */
export function declaredMembers(
  document: Document,
  at: SchemaAt,
): ReadonlyMap<string, DeclaredMember> {
  return new Lookup(document).declared(at);
}

export interface DeclaredMember {
  readonly at: SchemaAt;
  readonly required: boolean;
}

type Declared = { -readonly [Key in keyof DeclaredMember]: DeclaredMember[Key] };

class Lookup {
  readonly #document: Document;
  #visits = 0;
  #depth = 0;

  constructor(document: Document) {
    this.#document = document;
  }

  member(start: SchemaAt, name: string): Found {
    if (!this.#enter()) return open;
    const found = this.#member(start, name);
    this.#depth--;
    return found;
  }

  declared(start: SchemaAt): Map<string, Declared> {
    if (!this.#enter()) return new Map();
    const members = this.#declared(start);
    this.#depth--;
    return members;
  }

  /** Goes one level deeper, unless that is too deep or enough was seen. */
  #enter(): boolean {
    if (++this.#visits > maxVisits || this.#depth >= maxDepth) return false;
    this.#depth++;
    return true;
  }

  #member(start: SchemaAt, name: string): Found {
    const { at } = coreOf(this.#document, start);
    if (at.schema === true) return open;
    if (!isObject(at.schema)) return missing;
    const schema = at.schema;
    if (isUntyped(schema)) return open;

    const properties = own(schema, "properties");
    const required = requires(schema, name);
    if (isObject(properties) && Object.hasOwn(properties, name)) {
      const pointer = child(child(at.pointer, "properties"), name);
      return { kind: "found", at: { schema: properties[name] ?? {}, pointer }, required };
    }
    const inherited = this.#inherited(at, schema, name);
    if (inherited.kind === "found") {
      return required ? { ...inherited, required: true } : inherited;
    }
    const { types } = typesOf(schema);
    if (types.length > 0 && !types.includes("object")) return missing;
    const additional = own(schema, "additionalProperties");
    if (isObject(additional) && Object.keys(additional).length > 0) {
      const pointer = child(at.pointer, "additionalProperties");
      return { kind: "found", at: { schema: additional, pointer }, required };
    }
    if (additional === true || isObject(additional) || Object.hasOwn(schema, "patternProperties")) {
      return open;
    }
    if (inherited.kind === "open") return open;
    return isObject(properties) || additional === false || hasComposition(schema) ? missing : open;
  }

  item(start: SchemaAt, index: number): Found {
    const { at } = coreOf(this.#document, start);
    if (at.schema === true) return open;
    if (!isObject(at.schema)) return missing;
    const schema = at.schema;
    if (isUntyped(schema)) return open;
    const prefix = own(schema, "prefixItems");
    if (isList(prefix) && index < prefix.length) {
      const pointer = child(child(at.pointer, "prefixItems"), index);
      return { kind: "found", at: { schema: prefix[index] ?? {}, pointer }, required: true };
    }
    const items = own(schema, "items");
    if (isObject(items)) {
      const pointer = child(at.pointer, "items");
      return { kind: "found", at: { schema: items, pointer }, required: false };
    }
    return typesOf(schema).types.includes("array") && items === undefined ? open : missing;
  }

  /** A member that comes from `allOf` (any of them), from a union (all of its variants), or from beside a `$ref`. */
  #inherited(at: SchemaAt, schema: JsonObject, name: string): Found {
    let result: Found = missing;
    const bases = [...listed(at, schema, "allOf"), ...this.#referred(at, schema)];
    for (const base of bases) {
      if (isObject(base.schema) && hasOnly(base.schema, "required")) continue;
      const found = this.member(base, name);
      if (found.kind === "found") return found;
      if (found.kind === "open") result = open;
    }
    for (const keyword of ["anyOf", "oneOf"]) {
      const variants = listed(at, schema, keyword).filter((variant) => !isNull(variant.schema));
      if (variants.length === 0) continue;
      const found = variants.map((variant) => this.member(variant, name));
      const [first] = found;
      if (first !== undefined && found.every((each) => each.kind !== "missing")) {
        return found.find((each) => each.kind === "found") ?? first;
      }
    }
    return result;
  }

  #referred(at: SchemaAt, schema: JsonObject): SchemaAt[] {
    const reference = own(schema, "$ref");
    if (typeof reference !== "string") return [];
    const target = this.#document.resolve(reference, at.pointer);
    return target.found ? [{ schema: target.value, pointer: target.pointer }] : [];
  }

  #declared(start: SchemaAt): Map<string, Declared> {
    const members = new Map<string, Declared>();
    const { at } = coreOf(this.#document, start);
    if (!isObject(at.schema)) return members;
    const schema = at.schema;
    for (const base of [...this.#referred(at, schema), ...listed(at, schema, "allOf")]) {
      for (const [name, member] of this.declared(base)) members.set(name, member);
    }
    const properties = own(schema, "properties");
    if (isObject(properties)) {
      for (const [name, property] of Object.entries(properties)) {
        const pointer = child(child(at.pointer, "properties"), name);
        const inherited = members.get(name)?.required ?? false;
        members.set(name, { at: { schema: property, pointer }, required: inherited });
      }
    }
    const required = own(schema, "required");
    if (isList(required)) {
      for (const name of required) {
        const member = typeof name === "string" ? members.get(name) : undefined;
        if (member !== undefined) member.required = true;
      }
    }
    return members;
  }
}

function listed(at: SchemaAt, schema: JsonObject, keyword: string): SchemaAt[] {
  const list = own(schema, keyword);
  if (!isList(list)) return [];
  const pointer = child(at.pointer, keyword);
  return list.map((member, index) => ({ schema: member, pointer: child(pointer, index) }));
}

function requires(schema: JsonObject, name: string): boolean {
  const required = own(schema, "required");
  return isList(required) && required.includes(name);
}

/** `{}` and annotations only: anything. */
function isUntyped(schema: JsonObject): boolean {
  return hasOnly(schema, "nullable");
}

function hasComposition(schema: JsonObject): boolean {
  return ["allOf", "anyOf", "oneOf", "$ref"].some((keyword) => Object.hasOwn(schema, keyword));
}
