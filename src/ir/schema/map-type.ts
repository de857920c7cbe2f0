import type { JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { quote } from "../../diagnostics/quote.js";
import { suggest } from "../../diagnostics/suggest.js";
import type { TypeNode } from "../type-node.js";
import { strangeKey } from "./keywords.js";
import { mapArray, speaksOfArrays } from "./map-array.js";
import { objectNode, partNode, readObject, speaksOfObjects } from "./map-object.js";
import type { Family, Mapping, Place } from "./mapping.js";
import {
  anyObjectNode,
  blobNode,
  booleanNode,
  isJsonArray,
  nullNode,
  numberNode,
  stringNode,
  undefinedNode,
  unknownNode,
} from "./nodes.js";
import type { SchemaAt } from "./schema-reader.js";

type TypedAt = SchemaAt & { readonly schema: JsonObject };

/** What TypeBox writes into `type` for values that JSON does not have. */
const javaScriptTypes = new Set([
  "AsyncIterator",
  "BigInt",
  "Constructor",
  "Date",
  "Function",
  "Iterator",
  "Promise",
  "RegExp",
  "Symbol",
  "Uint8Array",
  "bigint",
  "constructor",
  "function",
  "symbol",
]);

/** The type that a schema's own keywords give, by `type` or, where that is missing, by the kind of value that they speak of. */
export function mapType(m: Mapping, at: TypedAt, place: Place, family: Family): TypeNode {
  const { type } = at.schema;
  const names = isJsonArray(type) ? type : type === undefined ? impliedTypes(at.schema) : [type];
  const nodes = names.map((name, index) => {
    const pointer = child(at.pointer, "type");
    const namePointer = isJsonArray(type) ? child(pointer, index) : pointer;
    return mapNamed(m, at, name, namePointer, place, family);
  });
  if (nodes.length === 0) {
    const stranger = strangeKey(at.schema);
    if (stranger !== undefined) {
      m.reader.report(
        "W311",
        at.pointer,
        `${quote(stranger)} is no keyword of a schema; unknown is taken`,
      );
    }
    return unknownNode;
  }
  return unionOfVariants(m, nodes);
}

/** A union of what a value may be: `null` stands last, `undefined` (which JSON does not have) only where there is nothing else. */
export function unionOfVariants(m: Mapping, nodes: readonly TypeNode[]): TypeNode {
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) return only;
  const values = nodes.filter((node) => node.kind !== "undefined" && node.kind !== "null");
  if (nodes.some((node) => node.kind === "null")) values.push(nullNode);
  return values.length === 0 && nodes.length > 0 ? undefinedNode : m.union(values);
}

function impliedTypes(schema: JsonObject): string[] {
  const types: string[] = [];
  if (speaksOfObjects(schema) || Object.hasOwn(schema, "required")) types.push("object");
  if (speaksOfArrays(schema)) types.push("array");
  if (types.length === 0 && isBinary(schema)) types.push("string");
  return types;
}

function mapNamed(
  m: Mapping,
  at: TypedAt,
  name: JsonValue,
  pointer: string,
  place: Place,
  family: Family,
): TypeNode {
  switch (name) {
    case "null":
      return nullNode;
    case "boolean":
      return booleanNode;
    case "string":
      return mapString(m, at.schema);
    case "integer":
    case "number":
      return mapNumber(m, at, name === "integer");
    case "array":
      return mapArray(m, at, place);
    case "object":
      return place.family === undefined
        ? (objectNode(m, readObject(m, at, place, family)) ?? anyObjectNode)
        : partNode(m, readObject(m, at, place, family));
    case "undefined":
    case "void":
      return undefinedNode;
    default:
      return mapForeign(m, name, pointer);
  }
}

function mapForeign(m: Mapping, name: JsonValue, pointer: string): TypeNode {
  if (typeof name !== "string") return unknownNode;
  if (javaScriptTypes.has(name)) {
    m.reader.report("W303", pointer, `${quote(name)} is no type of JSON; unknown is taken`);
    return unknownNode;
  }
  const known = ["null", "boolean", "object", "array", "number", "integer", "string"];
  const meant = meantTypes.get(name.toLowerCase()) ?? suggest(name, known);
  m.reader.report("E304", pointer, `${quote(name)} is no type`, {
    help: meant === undefined ? undefined : `did you mean "${meant}"?`,
  });
  return unknownNode;
}

const meantTypes: ReadonlyMap<string, string> = new Map([
  ["bool", "boolean"],
  ["date", "string"],
  ["datetime", "string"],
  ["decimal", "number"],
  ["dict", "object"],
  ["double", "number"],
  ["file", "string"],
  ["float", "number"],
  ["int", "integer"],
  ["list", "array"],
  ["long", "integer"],
  ["map", "object"],
  ["none", "null"],
  ["str", "string"],
  ["text", "string"],
  ["uuid", "string"],
]);

function mapString(m: Mapping, schema: JsonObject): TypeNode {
  if (!isBinary(schema)) return stringNode;
  m.dependsOn.media = true;
  return m.form.blob ? blobNode : stringNode;
}

/** Bytes as such: not base64 text (`contentEncoding`), and not text of another format inside the string. */
function isBinary(schema: JsonObject): boolean {
  if (schema["contentEncoding"] !== undefined) return false;
  if (schema["format"] === "binary") return true;
  const media = schema["contentMediaType"];
  return typeof media === "string" && !isText(media);
}

function isText(media: string): boolean {
  const name = (media.split(";")[0] ?? "").trim().toLowerCase();
  return (
    name.startsWith("text/") ||
    /^application\/([\w.-]+\+)?(json|xml|yaml)$/.test(name) ||
    /^application\/(javascript|x-www-form-urlencoded|x-yaml|x-ndjson|jsonl|sql|graphql)$/.test(name)
  );
}

function mapNumber(m: Mapping, { schema, pointer }: TypedAt, isInteger: boolean): TypeNode {
  const { format } = schema;
  const { int64 } = m.world.options;
  const isLong = format === "int64" || format === "uint64";
  if (isLong && int64 === "string") return stringNode;
  for (const keyword of ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]) {
    const bound = isInteger ? schema[keyword] : undefined;
    // Bounds of 64 bits and less: wider ones are a way to say that there is no bound.
    if (typeof bound === "number" && Math.abs(bound) > 2 ** 53 && Math.abs(bound) <= 2 ** 64) {
      m.reader.report(
        "W302",
        child(pointer, keyword),
        "the bound allows integers that JavaScript cannot tell apart",
      );
    }
  }
  return isLong && int64 === "brand" ? brandedNode : numberNode;
}

const brandedNode: TypeNode = {
  kind: "intersection",
  members: [
    numberNode,
    {
      kind: "object",
      members: [{ name: "__int64", type: { kind: "literal", value: true }, optional: false }],
    },
  ],
};
