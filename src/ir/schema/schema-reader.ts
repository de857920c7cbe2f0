import type { DiagnosticCode } from "../../diagnostics/catalogue.js";
import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Diagnostics, ReportOptions } from "../../diagnostics/diagnostics.js";
import { quote } from "../../diagnostics/quote.js";
import { didYouMean } from "../../diagnostics/suggest.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { allOfMeansNullable } from "../shape/null-word.js";
import { isJsonArray, isJsonObject } from "./nodes.js";

/** A schema and where it stands. */
export interface SchemaAt {
  readonly schema: JsonValue;
  readonly pointer: Pointer;
}

/** A property that was found in a schema or in what the schema is made of. */
export interface PropertyAt extends SchemaAt {
  /** Listed in `required` by the schema or by any part of it. */
  readonly required: boolean;
  /** The object whose `properties` hold it. */
  readonly holder: JsonObject;
}

/** A look through the parts of a schema ends here; schemas with more parts are none that anybody wrote. */
const mostParts = 1000;

/** Fewer where the answer only makes a type prettier: what is not found is `unknown` in an intersection with what declares it. */
const mostHolders = 64;

/** Reads raw schemas: follows references, looks into what a schema is made of, reports each finding once. */
export class SchemaReader {
  readonly document: Document;
  readonly #diagnostics: Diagnostics;

  constructor(document: Document, diagnostics: Diagnostics) {
    this.document = document;
    this.#diagnostics = diagnostics;
  }

  /** As `Diagnostics.report`, but a schema that is mapped more than once is reported once. */
  report(code: DiagnosticCode, pointer: Pointer, message: string, options?: ReportOptions): void {
    this.#diagnostics.reportOnce(code, pointer, message, options);
  }

  /** What the `$ref` of the schema at `pointer` leads to, one step; null (and a diagnostic) when that is nothing. */
  target(reference: string, pointer: Pointer): SchemaAt | null {
    const resolution = this.document.resolve(reference, pointer);
    if (!resolution.found) {
      const { code, reason, suggestion, help } = resolution;
      this.report(code, child(pointer, "$ref"), reason + didYouMean(suggestion), { help });
      return null;
    }
    const target = { schema: resolution.value, pointer: resolution.pointer };
    if (resolution.local) {
      this.report(
        "W308",
        child(pointer, "$ref"),
        `${quote(reference)} leads nowhere from the root of the document; read as ${quote(resolution.pointer)}`,
      );
    }
    return target;
  }

  /** The schema at the end of a chain of references; null when there is none. */
  follow(at: SchemaAt): SchemaAt | null {
    let current = at;
    for (let steps = 0; steps < mostParts; steps++) {
      const reference = referenceOf(current.schema);
      if (reference === undefined) return current;
      const target = this.target(reference, current.pointer);
      if (target === null) return null;
      current = target;
    }
    return null;
  }

  /** The schema itself, then all that it is made of: targets of its references and members of its `allOf`, at any depth, each once. */
  *parts(at: SchemaAt): Generator<SchemaAt & { readonly schema: JsonObject }> {
    const queue = [at];
    const seen = new Set<Pointer>();
    for (const { schema, pointer } of queue) {
      if (!isJsonObject(schema) || seen.has(pointer) || seen.size > mostParts) continue;
      seen.add(pointer);
      yield { schema, pointer };
      const reference = referenceOf(schema);
      const target = reference === undefined ? null : this.target(reference, pointer);
      if (target !== null) queue.push(target);
      for (const member of listAt(schema, pointer, "allOf")) queue.push(member);
    }
  }

  /** The property of that name of a schema, also one that it has by reference or through `allOf`. */
  property(at: SchemaAt, name: string): PropertyAt | null {
    let found: Omit<PropertyAt, "required"> | null = null;
    let required = false;
    let parts = 0;
    for (const { schema, pointer } of this.parts(at)) {
      if (++parts > mostHolders) break;
      required ||= requiredNames(schema).includes(name);
      const properties = schema["properties"];
      if (found === null && isJsonObject(properties) && Object.hasOwn(properties, name)) {
        found = {
          schema: properties[name] ?? null,
          pointer: child(child(pointer, "properties"), name),
          holder: schema,
        };
      }
      if (found !== null && required) break;
    }
    return found === null ? null : { ...found, required };
  }

  /** The names that a schema requires, also by reference or through `allOf`. */
  *required(at: SchemaAt): Generator<string> {
    let parts = 0;
    for (const { schema } of this.parts(at)) {
      if (++parts > mostHolders) return;
      yield* requiredNames(schema);
    }
  }

  /** The values that a schema lists by `const`, `enum` or a union of such; null when it does not say. */
  literals(at: SchemaAt, budget = { parts: mostParts }): readonly JsonValue[] | null {
    for (const { schema, pointer } of this.parts(at)) {
      if (budget.parts-- <= 0) return null;
      if (schema["const"] !== undefined) return [schema["const"]];
      if (isJsonArray(schema["enum"])) return schema["enum"];
      for (const keyword of ["oneOf", "anyOf"]) {
        const branches = listAt(schema, pointer, keyword);
        const lists = branches.map((branch) =>
          budget.parts > 0 ? this.literals(branch, budget) : null,
        );
        const values = lists.flatMap((list) => list ?? []);
        if (branches.length > 0 && lists.every((list) => list !== null)) return values;
      }
    }
    return null;
  }

  /** Whether null is a value of the schema. */
  allowsNull(at: SchemaAt, budget = { parts: mostParts }): boolean {
    const end = this.follow(at);
    if (end === null || budget.parts-- <= 0) return true;
    const { schema, pointer } = end;
    if (!isJsonObject(schema)) return schema === true;
    if (
      schema["nullable"] === true ||
      (isJsonObject(at.schema) && at.schema["nullable"] === true)
    ) {
      return true;
    }
    const { type } = schema;
    if (type !== undefined) return type === "null" || (isJsonArray(type) && type.includes("null"));
    if (schema["const"] !== undefined) return schema["const"] === null;
    if (isJsonArray(schema["enum"])) return schema["enum"].includes(null);
    for (const keyword of ["oneOf", "anyOf"]) {
      const branches = listAt(schema, pointer, keyword);
      if (branches.length > 0) return branches.some((branch) => this.allowsNull(branch, budget));
    }
    const parts = listAt(schema, pointer, "allOf");
    if (parts.length > 0) {
      const meansNullable = allOfMeansNullable(parts.map((part) => part.schema));
      return meansNullable || parts.every((part) => this.allowsNull(part, budget));
    }
    return !["properties", "items", "prefixItems", "additionalProperties"].some((keyword) =>
      Object.hasOwn(schema, keyword),
    );
  }
}

/** The `$ref` of a schema; undefined when it has none (or one of the wrong type). */
export function referenceOf(schema: JsonValue): string | undefined {
  const reference = isJsonObject(schema) ? schema["$ref"] : undefined;
  return typeof reference === "string" ? reference : undefined;
}

/** The members of a keyword that is a list of schemas; none when it is absent or no list. */
export function listAt(schema: JsonObject, pointer: Pointer, keyword: string): SchemaAt[] {
  const list = schema[keyword];
  if (!isJsonArray(list)) return [];
  const place = child(pointer, keyword);
  return list.map((member, index) => ({ schema: member, pointer: child(place, index) }));
}

/** The strings in `required`. */
export function requiredNames(schema: JsonObject): readonly string[] {
  const required = schema["required"];
  return isJsonArray(required) ? required.filter((name) => typeof name === "string") : [];
}
