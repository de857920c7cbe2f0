import type { DiagnosticCode } from "../../diagnostics/catalogue.js";
import type { Pointer } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/quote.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { componentsPointer } from "./component-pointer.js";
import { describeValue, isJsonObject } from "./nodes.js";
import type { SchemaAt } from "./schema-reader.js";

/** What a `discriminator` says: the member that tells, and its values for each schema that the mapping names. */
export interface Tagging {
  readonly member: string;
  readonly values: ReadonlyMap<Pointer, readonly string[]>;
}

export interface DiscriminatorReading {
  /** Null when there is none, or none that can be used. */
  readonly tagging: Tagging | null;
  readonly faults: readonly {
    readonly code: DiagnosticCode;
    readonly pointer: Pointer;
    readonly message: string;
  }[];
}

/** Reads the `discriminator` of a schema (OpenAPI 3.1.1 section 4.8.25). Swagger 2.0 wrote the name of the member alone. */
export function readDiscriminator(
  document: Document,
  { schema, pointer }: SchemaAt & { readonly schema: JsonObject },
): DiscriminatorReading {
  const value = schema["discriminator"];
  if (value === undefined) return { tagging: null, faults: [] };
  if (typeof value === "string")
    return { tagging: { member: value, values: new Map() }, faults: [] };
  const place = child(pointer, "discriminator");
  if (!isJsonObject(value)) return wrongType(place, '"discriminator"', value, "an object");
  const member = value["propertyName"];
  if (typeof member !== "string") {
    return wrongType(child(place, "propertyName"), '"propertyName"', member ?? null, "a string");
  }
  return readMapping(document, member, value["mapping"], child(place, "mapping"));
}

function readMapping(
  document: Document,
  member: string,
  mapping: JsonValue | undefined,
  place: Pointer,
): DiscriminatorReading {
  const values = new Map<Pointer, string[]>();
  const tagging = { member, values };
  if (mapping === undefined) return { tagging, faults: [] };
  if (!isJsonObject(mapping)) {
    return {
      ...wrongType(place, '"mapping"', mapping, "an object of names or references"),
      tagging,
    };
  }
  const faults = Object.entries(mapping).flatMap(([value, name]) => {
    const at = child(place, value);
    if (typeof name !== "string") {
      return wrongType(at, "a schema in the mapping", name, "a name or a reference").faults;
    }
    const pointer = mappedPointer(document, name, place);
    if (pointer === null) {
      return { code: "W313" as const, pointer: at, message: `there is no schema ${quote(name)}` };
    }
    const found = values.get(pointer);
    if (found === undefined) values.set(pointer, [value]);
    else found.push(value);
    return [];
  });
  return { tagging, faults };
}

/** A bare name of a component is preferred to a relative reference (OpenAPI 3.1.1 section 4.8.25.3). */
function mappedPointer(document: Document, name: string, place: Pointer): Pointer | null {
  const component = child(componentsPointer, name);
  if (!name.includes("#") && document.valueAt(component) !== undefined) return component;
  const resolution = document.resolve(name, place);
  return resolution.found ? resolution.pointer : null;
}

function wrongType(
  pointer: Pointer,
  what: string,
  value: JsonValue,
  expected: string,
): DiscriminatorReading {
  const message = `${what} must be ${expected}, but is ${describeValue(value)}`;
  return { tagging: null, faults: [{ code: "E303", pointer, message }] };
}
