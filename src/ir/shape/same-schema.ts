import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { isNull, typesOf } from "./identity.js";
import { hasOnly, isAnnotation, isConstraint } from "./keywords.js";
import { isList, isObject, own, type SchemaAt } from "./schema-at.js";

export interface Comparison {
  /** `schema`: everything but annotations counts. `type`: bounds and patterns do not count either. */
  readonly by: "schema" | "type";
}

/** How many pairs of schemas are compared before two schemas count as different. */
const maxPairs = 20_000;

/** Keywords whose value maps names to schemas: names are no keywords, so nothing is stripped from them. */
const maps: ReadonlySet<string> = new Set(["properties", "patternProperties", "dependentSchemas"]);
const single: ReadonlySet<string> = new Set([
  "additionalProperties",
  "contains",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
const lists: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
/** Schemas that only matter where a reference leads to them. */
const ignored: ReadonlySet<string> = new Set(["$anchor", "$defs", "definitions", "discriminator"]);

/**
 * Whether two schemas are the same after annotations are stripped (protocol 2.4). Equal references are equal without a look
 * inside; a reference equals what it leads to. Different spellings of one type (`type: [string, null]`, `anyOf`) may count as
 * different: a wrong "no" costs an explicit declaration, a wrong "yes" would show wrong data.
 */
export function sameSchema(
  document: Document,
  left: SchemaAt,
  right: SchemaAt,
  comparison: Comparison = { by: "schema" },
): boolean {
  const pending: [SchemaAt, SchemaAt][] = [[left, right]];
  let seen: Set<string> | undefined;
  for (let pairs = 0; ; pairs++) {
    const pair = pending.pop();
    if (pair === undefined) return true;
    if (pairs > maxPairs) return false;
    if (isSameReference(document, pair[0], pair[1])) continue;
    const a = followed(document, pair[0]);
    const b = followed(document, pair[1]);
    if (a === null || b === null) return false;
    if (a.schema === b.schema) continue;
    if (isNull(a.schema) && isNull(b.schema)) continue;
    if (!isObject(a.schema) || !isObject(b.schema)) {
      if (isEverything(a.schema) && isEverything(b.schema)) continue;
      return false;
    }
    const inner = pairsOf(a, b, a.schema, b.schema, comparison);
    if (inner === null) return false;
    if (inner.length === 0) continue;
    // Schemas without inner ones end the walk by themselves; others may lead in a circle.
    const key = `${a.pointer} ${b.pointer}`;
    seen ??= new Set();
    if (seen.has(key)) continue;
    seen.add(key);
    for (const each of inner) pending.push(each);
  }
}

/** Compares two schemas without their inner schemas; gives the pairs of those, or null when the two differ. */
function pairsOf(
  a: SchemaAt,
  b: SchemaAt,
  left: JsonObject,
  right: JsonObject,
  { by }: Comparison,
): [SchemaAt, SchemaAt][] | null {
  const pairs: [SchemaAt, SchemaAt][] = [];
  for (const key of keysOf(left, right)) {
    if (isAnnotation(key) || ignored.has(key)) continue;
    if (by === "type" && isConstraint(key)) continue;
    if (key === "type" || key === "nullable") continue;
    const x = own(left, key);
    const y = own(right, key);
    if (x === undefined || y === undefined) return null;
    const at = (step: string | number, value: JsonValue, from: SchemaAt): SchemaAt => ({
      schema: value,
      pointer: step === "" ? child(from.pointer, key) : child(child(from.pointer, key), step),
    });
    if (single.has(key) && !isList(x) && !isList(y)) {
      pairs.push([at("", x, a), at("", y, b)]);
    } else if (maps.has(key) && isObject(x) && isObject(y)) {
      const names = Object.keys(x);
      if (names.length !== Object.keys(y).length) return null;
      for (const name of names) {
        if (!Object.hasOwn(y, name)) return null;
        pairs.push([at(name, x[name] ?? {}, a), at(name, y[name] ?? {}, b)]);
      }
    } else if (lists.has(key) && isList(x) && isList(y)) {
      if (x.length !== y.length) return null;
      x.forEach((value, index) => {
        pairs.push([at(index, value, a), at(index, y[index] ?? {}, b)]);
      });
    } else if (key === "required" && isList(x) && isList(y)) {
      if (!sameSet(x, y)) return null;
    } else if (!sameJson(x, y)) {
      return null;
    }
  }
  return sameTypes(left, right) ? pairs : null;
}

function sameTypes(left: JsonObject, right: JsonObject): boolean {
  const plain = own(left, "nullable") === undefined && own(right, "nullable") === undefined;
  if (plain && own(left, "type") === own(right, "type")) return true;
  const a = typesOf(left);
  const b = typesOf(right);
  return a.nullable === b.nullable && sameSet(a.types, b.types);
}

/**
 * Whether both are references to one place. Their text alone does not tell: in another file, or in a schema that was pasted with its
 * `$defs`, the same text leads elsewhere.
 */
export function isSameReference(document: Document, left: SchemaAt, right: SchemaAt): boolean {
  const a = bareReference(left.schema);
  const b = bareReference(right.schema);
  if (a === undefined || a !== b) return false;
  const target = document.resolve(a, left.pointer);
  const other = document.resolve(b, right.pointer);
  return target.found && other.found && target.pointer === other.pointer;
}

function bareReference(schema: JsonValue): string | undefined {
  const reference = isObject(schema) && hasOnly(schema, "$ref") ? own(schema, "$ref") : undefined;
  return typeof reference === "string" ? reference : undefined;
}

/** The schema behind pure references; null when one leads nowhere or in a circle. */
function followed(document: Document, start: SchemaAt): SchemaAt | null {
  let at = start;
  for (let hops = 0; hops < 100; hops++) {
    if (!isObject(at.schema)) return at;
    const reference = own(at.schema, "$ref");
    if (typeof reference !== "string" || !hasOnly(at.schema, "$ref")) return at;
    const target = document.resolve(reference, at.pointer);
    if (!target.found) return null;
    at = { schema: target.value, pointer: target.pointer };
  }
  return null;
}

/** The keys of both, each once. */
function keysOf(left: JsonObject, right: JsonObject): string[] {
  return Object.keys(left).concat(Object.keys(right).filter((key) => !Object.hasOwn(left, key)));
}

function isEverything(schema: JsonValue): boolean {
  return schema === true || (isObject(schema) && hasOnly(schema));
}

function sameSet(left: readonly JsonValue[], right: readonly JsonValue[]): boolean {
  const a = new Set(left);
  const b = new Set(right);
  return a.size === b.size && [...a].every((value) => b.has(value));
}

/** Deep equality of JSON values; the order of keys does not count. The reader bounds the depth. */
export function sameJson(left: JsonValue, right: JsonValue): boolean {
  if (left === right) return true;
  if (isList(left) && isList(right)) {
    return (
      left.length === right.length &&
      left.every((value, index) => {
        const other = right[index];
        return other !== undefined && sameJson(value, other);
      })
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => {
      const x = own(left, key);
      const y = own(right, key);
      return x !== undefined && y !== undefined && sameJson(x, y);
    })
  );
}
