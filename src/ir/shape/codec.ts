import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import type { ParamCodec, ScalarCodec } from "../api.js";
import { coreOf, isNull, typesOf } from "./identity.js";
import { isList, isObject, own, type SchemaAt } from "./schema-at.js";

/** What can be said about a param's text from its schema (protocol 3.2). */
export interface Encodable {
  /** The codec of its plain text; null when no plain text exists (objects, nested lists, mixed unions). */
  readonly plain: ParamCodec | null;
  /** Why the plain text would be ambiguous or impossible, for a message; null when `plain` serves. */
  readonly obstacle: string | null;
}

/** Finds the plain codec of a param, and whether absence can stand for its null and its empty list. */
export function encodableOf(document: Document, at: SchemaAt, required: boolean): Encodable {
  const core = coreOf(document, at);
  const inner = core.at.schema;
  if (!isObject(inner)) return { plain: null, obstacle: "a value of any type" };
  const nullable = core.nullable || typesOf(inner).nullable;
  const fallback = defaultOf(at, inner);

  const scalar = scalarCodec(document, core.at);
  if (scalar !== null) {
    const unambiguous = !nullable || (!required && (fallback === undefined || fallback === null));
    return {
      plain: scalar,
      obstacle: unambiguous ? null : "null, which absence does not stand for here",
    };
  }
  if (!typesOf(inner).types.includes("array")) {
    return { plain: null, obstacle: "an object or a union" };
  }
  const items = own(inner, "items");
  const element =
    isObject(items) && !Object.hasOwn(inner, "prefixItems")
      ? elementCodec(document, { schema: items, pointer: child(core.at.pointer, "items") })
      : null;
  if (element === null) return { plain: null, obstacle: "a list of more than plain scalars" };
  const least = own(inner, "minItems");
  const neverEmpty = typeof least === "number" && least >= 1 && !nullable;
  const emptyByDefault =
    !required &&
    (fallback === undefined || fallback === null || (isList(fallback) && fallback.length === 0));
  return {
    plain: `${element}[]`,
    obstacle:
      neverEmpty || emptyByDefault ? null : "an empty list, which absence does not stand for here",
  };
}

function elementCodec(document: Document, at: SchemaAt): ScalarCodec | null {
  const core = coreOf(document, at);
  if (core.nullable || (isObject(core.at.schema) && typesOf(core.at.schema).nullable)) return null;
  return scalarCodec(document, core.at);
}

/** The codec of a scalar schema; a union of scalars has one when all of its members have the same. */
function scalarCodec(document: Document, at: SchemaAt, depth = 0): ScalarCodec | null {
  const { schema } = at;
  if (!isObject(schema) || depth > 8) return null;
  const listed = listedValues(schema);
  if (listed !== null) return codecOfValues(listed);
  for (const keyword of ["anyOf", "oneOf"]) {
    const members = own(schema, keyword);
    if (!isList(members)) continue;
    const codecs = new Set(
      members.flatMap((member, index) =>
        isNull(member)
          ? []
          : [
              scalarCodec(
                document,
                coreOf(document, {
                  schema: member,
                  pointer: child(child(at.pointer, keyword), index),
                }).at,
                depth + 1,
              ),
            ],
      ),
    );
    const [only] = codecs;
    return codecs.size === 1 && only !== undefined ? only : null;
  }
  const { types } = typesOf(schema);
  if (types.length === 2 && types.includes("integer") && types.includes("number")) return "number";
  if (types.length !== 1) return null;
  switch (types[0]) {
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "string": {
      const format = own(schema, "format");
      return format === "uuid" || format === "date-time" ? format : "string";
    }
    default:
      return null;
  }
}

/** The values of `enum` or `const`, without null. */
function listedValues(schema: JsonObject): JsonValue[] | null {
  const values = own(schema, "enum");
  if (isList(values)) return values.filter((value) => value !== null);
  const value = own(schema, "const");
  return value === undefined || value === null ? null : [value];
}

function codecOfValues(values: readonly JsonValue[]): ScalarCodec | null {
  const kinds = new Set(values.map((value) => typeof value));
  const [kind] = kinds;
  if (kinds.size !== 1) return null;
  return kind === "string" || kind === "number" || kind === "boolean" ? kind : null;
}

/** A `default` at the param itself, or at the schema that its references lead to. */
function defaultOf(at: SchemaAt, inner: JsonObject): JsonValue | undefined {
  const outer = isObject(at.schema) ? own(at.schema, "default") : undefined;
  return outer === undefined ? own(inner, "default") : outer;
}
