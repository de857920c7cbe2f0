import { type Family, type Mapping } from "./mapping.js";
import type { JsonValue } from "../../document/document.js";
import { speaksOfObjects } from "./map-object.js";
import { isJsonArray, isJsonObject } from "./nodes.js";
import { listAt, referenceOf, requiredNames, type SchemaAt } from "./schema-reader.js";

const memberKeywords = ["$ref", "allOf", "properties", "required"] as const;

const noFamily: Family = {
  required: new Set(),
  inherited: new Set(),
  declared: new Set(),
  targets: [],
  alone: false,
};

/** Reads a schema and the inline members of its `allOf`, at any depth: together they describe one object. */
export function familyOf(m: Mapping, at: SchemaAt, enclosing?: SchemaAt): Family {
  const { schema: whole } = at;
  if (!isJsonObject(whole) || !memberKeywords.some((keyword) => Object.hasOwn(whole, keyword))) {
    return noFamily;
  }
  const required = new Set<string>();
  const declared = new Set<string>();
  const targets: SchemaAt[] = [];
  const queue = [at];
  for (const { schema, pointer } of queue) {
    if (!isJsonObject(schema)) continue;
    for (const name of requiredNames(schema)) required.add(name);
    const { properties } = schema;
    if (isJsonObject(properties)) for (const name of Object.keys(properties)) declared.add(name);
    const reference = referenceOf(schema);
    const target = reference === undefined ? null : m.reader.target(reference, pointer);
    if (target !== null) targets.push(target);
    for (const member of listAt(schema, pointer, "allOf")) queue.push(member);
  }
  const others = enclosing === undefined ? targets : [...targets, enclosing];
  const inherited = new Set<string>();
  if (declared.size > 0) {
    for (const other of others) for (const name of m.reader.required(other)) inherited.add(name);
  }
  return { required, inherited, declared, targets, alone: isAlone(at.schema) };
}

/** `allOf` with one member and nothing that constrains beside it: a way to hang annotations on a reference. */
function isAlone(schema: JsonValue): boolean {
  if (!isJsonObject(schema) || !isJsonArray(schema["allOf"]) || schema["allOf"].length > 1) {
    return false;
  }
  return (
    !["$ref", "oneOf", "anyOf", "required", "enum", "const"].some((keyword) =>
      Object.hasOwn(schema, keyword),
    ) && !speaksOfObjects(schema)
  );
}
