import type { JsonObject } from "../../document/document.js";
import type { Member } from "../type-node.js";
import { annotation, defaultFits } from "./annotation.js";
import type { Mapping, Place } from "./mapping.js";
import { mapSchema } from "./map-schema.js";
import { isJsonObject, nullNode } from "./nodes.js";
import { requiredNames, type PropertyAt, type SchemaAt } from "./schema-reader.js";

/** What the object around a property says of it. */
export interface PropertyRole {
  readonly required: boolean;
  /** The producer lists defaulted members in `required`, so a defaulted member that is not listed may really be absent (types.md 4.1). */
  readonly truthful: boolean;
}

export function isTruthful(properties: JsonObject, required: ReadonlySet<string>): boolean {
  for (const name of required) {
    if (!Object.hasOwn(properties, name)) continue;
    const property = properties[name];
    if (property !== undefined && annotation(property, "default") !== undefined) return true;
  }
  return false;
}

/** What the object that declares a property says of it by itself. */
export function roleOf(property: PropertyAt): PropertyRole {
  const { properties } = property.holder;
  const required = new Set(requiredNames(property.holder));
  const truthful = isJsonObject(properties) && isTruthful(properties, required);
  return { required: property.required, truthful };
}

/** One member of an object, at its own place; null when it does not travel in this direction. */
export function mapProperty(
  m: Mapping,
  name: string,
  at: SchemaAt,
  role: PropertyRole,
  place: Place,
): Member | null {
  const presence = presenceOf(m, at, role);
  if (presence === "dropped") return null;
  let type = mapSchema(m, at, place);
  const value = annotation(at.schema, "default");
  if (value === null && !m.reader.allowsNull(at)) {
    m.dependsOn.direction = true;
    if (m.form.direction === "out") type = m.union([type, nullNode]);
  } else if (value !== undefined && !defaultFits(value, at.schema)) {
    m.reader.report("W307", at.pointer, "the default is not of the schema's own type");
  }
  const docs = m.docsOf(at, name);
  return {
    name,
    type,
    optional: presence === "optional",
    ...(docs === undefined ? {} : { docs }),
  };
}

/** Whether a property is in the object at all, in the direction of the mapping. */
export function presenceOf(
  m: Mapping,
  { schema }: SchemaAt,
  { required, truthful }: PropertyRole,
): "dropped" | "optional" | "required" {
  const { direction, lenient } = m.form;
  for (const [keyword, other] of [
    ["readOnly", "in"],
    ["writeOnly", "out"],
  ] as const) {
    if (annotation(schema, keyword) !== true) continue;
    m.dependsOn.direction = true;
    if (direction !== other) continue;
    if (!required) return "dropped";
    m.dependsOn.lenience = true;
    if (!lenient) return "dropped";
  }
  if (required) return "required";
  if (annotation(schema, "default") === undefined) return "optional";
  m.dependsOn.direction = true;
  const present = direction === "out" && !truthful && m.world.options.outputDefaults === "present";
  return present ? "required" : "optional";
}
