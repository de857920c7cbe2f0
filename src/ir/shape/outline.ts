import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { coreOf, typesOf, type Core } from "./identity.js";
import { isObject, own, type SchemaAt } from "./schema-at.js";

/** A type as slot resolution sees it (protocol section 4): a named thing, a list of named things, or neither. */
export interface Outline {
  readonly core: Core;
  readonly nullable: boolean;
  /** Where the named type stands, null for an inline one. */
  readonly identity: Pointer | null;
  /** The element, when the type is a list. */
  readonly element: Core | null;
}

export function outlineOf(document: Document, at: SchemaAt): Outline {
  const core = coreOf(document, at);
  const { schema } = core.at;
  const types = isObject(schema) ? typesOf(schema) : null;
  return {
    core,
    nullable: core.nullable || (types?.nullable ?? false),
    identity: core.identity,
    element: elementOf(document, core.at),
  };
}

/** The element type of `{ type: array, items }`, else null. */
export function elementOf(document: Document, at: SchemaAt): Core | null {
  const { schema } = at;
  if (!isObject(schema)) return null;
  const { types } = typesOf(schema);
  if (types.length !== 1 || types[0] !== "array") return null;
  const items = own(schema, "items");
  if (items === undefined || Array.isArray(items) || Object.hasOwn(schema, "prefixItems"))
    return null;
  return coreOf(document, { schema: items, pointer: child(at.pointer, "items") });
}
