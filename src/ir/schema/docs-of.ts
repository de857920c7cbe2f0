import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import type { DocTag, Docs } from "../docs.js";
import { isJsonArray, isJsonObject } from "./nodes.js";
import type { SchemaAt, SchemaReader } from "./schema-reader.js";

/** Texts of values longer than this say more about themselves than about the type. */
const longestValue = 120;

const constraints = [
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "contentEncoding",
  "contentMediaType",
] as const;

const constraintNames: ReadonlySet<string> = new Set(constraints);

/** What to say about a member or a named type called `name`; undefined when there is nothing that its name and type do not say. */
export function docsOf(reader: SchemaReader, at: SchemaAt, name: string): Docs | undefined {
  const { schema } = at;
  if (!isJsonObject(schema)) return undefined;
  const core = coreOf(at);
  const said = text(schema["description"]) ?? text(core?.schema["description"]);
  const description = said !== undefined && plain(said) === plain(name) ? undefined : said;
  const title = text(schema["title"]);
  const summary =
    title !== undefined && !echoes(title, name) && !echoes(title, description ?? "")
      ? title
      : undefined;
  const tags = [
    ...formatTags(core ?? { ...at, schema }),
    ...defaultTags(reader, schema, at.pointer),
    ...constraintTags(reader, core ?? { ...at, schema }),
    ...exampleTags(schema),
    ...seeTags(schema),
  ];
  const deprecated = schema["deprecated"] === true;
  if (summary === undefined && description === undefined && !deprecated && tags.length === 0) {
    return undefined;
  }
  return {
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    ...(deprecated ? { deprecated: true } : {}),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

/** The one inline variant beside null, which holds the format and the bounds: `anyOf: [{type: string, format: uuid}, {type: null}]`. */
function coreOf({ schema, pointer }: SchemaAt): (SchemaAt & { schema: JsonObject }) | null {
  if (!isJsonObject(schema)) return null;
  for (const keyword of ["anyOf", "oneOf"]) {
    const list = schema[keyword];
    if (!isJsonArray(list) || list.length > 2) continue;
    const variants = list.flatMap((variant, index) =>
      isJsonObject(variant) && variant["type"] !== "null" ? [{ variant, index }] : [],
    );
    const [only] = variants;
    if (variants.length === 1 && only !== undefined && !Object.hasOwn(only.variant, "$ref")) {
      return { schema: only.variant, pointer: child(child(pointer, keyword), only.index) };
    }
  }
  return null;
}

function formatTags({ schema }: { schema: JsonObject }): DocTag[] {
  const format = text(schema["format"]);
  return format === undefined ? [] : [{ name: "format", text: format }];
}

function defaultTags(reader: SchemaReader, schema: JsonObject, pointer: Pointer): DocTag[] {
  const value = schema["default"];
  if (value === undefined || isSecret(schema)) return [];
  return valueTags("default", value, sourceOf(reader, value, child(pointer, "default")));
}

function constraintTags(
  reader: SchemaReader,
  { schema, pointer }: SchemaAt & { schema: JsonObject },
): DocTag[] {
  if (!Object.keys(schema).some((keyword) => constraintNames.has(keyword))) return [];
  // The type itself says how long a tuple is.
  const isTuple = isJsonArray(schema["prefixItems"]) || isJsonArray(schema["items"]);
  return constraints.flatMap((keyword) => {
    const value = schema[keyword];
    switch (typeof value) {
      case "number": {
        if (value === 0 && keyword.startsWith("min") && keyword !== "minimum") return [];
        if (isTuple && keyword.endsWith("Items")) return [];
        return [{ name: keyword, text: sourceOf(reader, value, child(pointer, keyword)) }];
      }
      case "string":
        return value.length > longestValue ? [] : [{ name: keyword, text: value }];
      case "boolean":
        // OpenAPI 3.0: `exclusiveMinimum: true` is about `minimum`.
        return value ? [{ name: keyword, text: "" }] : [];
      default:
        return [];
    }
  });
}

function exampleTags(schema: JsonObject): DocTag[] {
  if (isSecret(schema)) return [];
  const { example, examples } = schema;
  const value = example ?? (isJsonArray(examples) ? examples[0] : undefined);
  return value === undefined ? [] : valueTags("example", value, JSON.stringify(value));
}

function seeTags(schema: JsonObject): DocTag[] {
  const link = schema["externalDocs"];
  const url = isJsonObject(link) ? text(link["url"]) : undefined;
  return url === undefined ? [] : [{ name: "see", text: url }];
}

function valueTags(name: string, value: JsonValue, shown: string): DocTag[] {
  const empty = value === "" || (typeof value === "object" && shown.length > longestValue);
  return empty && name === "example"
    ? []
    : shown.length > longestValue
      ? []
      : [{ name, text: shown }];
}

/** The number as the document writes it, where JavaScript would write another. */
function sourceOf(reader: SchemaReader, value: JsonValue, pointer: Pointer): string {
  const exact = typeof value !== "number" || Number.isSafeInteger(value);
  return (exact ? undefined : reader.document.inexactNumberAt(pointer)) ?? JSON.stringify(value);
}

/** Nobody wants to read, or to commit, the default of a password. */
function isSecret(schema: JsonObject): boolean {
  return schema["format"] === "password" || schema["writeOnly"] === true;
}

function text(value: JsonValue | undefined): string | undefined {
  const trimmed = typeof value === "string" ? value.trim() : "";
  return trimmed === "" ? undefined : trimmed;
}

/** Whether a title only repeats: `User Id` for `user_id`, or the beginning of the description. */
function echoes(title: string, other: string): boolean {
  return plain(other).startsWith(plain(title));
}

/** Letters and digits only, in lower case: what two spellings of one thing have in common. */
function plain(value: string): string {
  return value
    .slice(0, 500)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
