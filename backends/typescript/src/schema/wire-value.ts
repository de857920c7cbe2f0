import { dateTimeText } from "../canonical/date-time-text.js";
import { isObject, type JsonValue } from "../json/json-value.js";
import {
  membersOf,
  resolve,
  withoutNull,
  type Components,
  type JsonSchema,
} from "./json-schema.js";

/**
 * A value in its one spelling: defaults written out at every depth, UUIDs in lower case, date-times in UTC. What params are echoed and
 * compared as (protocol 3.2, 3.3).
 *
 * @throws JsonFault for a date-time without an offset
 */
export function wireValue(
  value: JsonValue | undefined,
  schema: JsonSchema,
  components: Components,
): JsonValue | undefined {
  if (value === undefined) {
    const preset = schema["default"];
    if (preset === undefined) return undefined;
    return wireValue(preset as JsonValue, { ...schema, default: undefined }, components);
  }
  if (value === null) return null;
  const core = resolve(withoutNull(resolve(schema, components)).schema, components);
  if (typeof value === "string") return textOf(value, core["format"]);
  if (Array.isArray(value)) {
    const items = isObject(core["items"]) ? core["items"] : {};
    return value.map((item: JsonValue) => wireValue(item, items, components) ?? null);
  }
  return isObject(value) ? objectOf(value, core, components) : value;
}

function textOf(value: string, format: unknown): string {
  if (format === "uuid") return value.toLowerCase();
  return format === "date-time" ? dateTimeText(value) : value;
}

/** Members that the schema does not know are left out where it knows any: they are no part of the value. */
function objectOf(
  value: Readonly<Record<string, JsonValue>>,
  schema: JsonSchema,
  components: Components,
): JsonValue {
  const members = Object.entries(membersOf(schema, components));
  if (members.length === 0) return value;
  const known = members.flatMap(([name, member]): [string, JsonValue][] => {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const wire = wireValue(given, member, components);
    return wire === undefined ? [] : [[name, wire]];
  });
  const isOpen =
    isObject(schema["additionalProperties"]) || schema["additionalProperties"] === true;
  const rest = isOpen
    ? Object.entries(value).filter(([name]) => !members.some(([member]) => member === name))
    : [];
  return Object.fromEntries([...known, ...rest]);
}
