import type { Document } from "../../document/document.js";
import { coreOf, typesOf } from "./identity.js";
import { isList, isObject, own, type SchemaAt } from "./schema-at.js";

/** Whether the values of a schema are strings, numbers or booleans (or null). */
export function isScalar(document: Document, start: SchemaAt): boolean {
  const { at } = coreOf(document, start);
  if (!isObject(at.schema)) return false;
  const { types } = typesOf(at.schema);
  if (types.length > 0) return !types.includes("object") && !types.includes("array");
  const values = own(at.schema, "enum");
  const listed = isList(values) ? values : [own(at.schema, "const")];
  return listed.every((value) => ["string", "number", "boolean"].includes(typeof value));
}
