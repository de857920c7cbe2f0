import { isObject } from "../json/json-value.js";

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 holds it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas by component name. */
export type Components = ReadonlyMap<string, JsonSchema>;

const prefix = "#/components/schemas/";

export const refTo = (name: string): JsonSchema => ({ $ref: prefix + name });

/** The component that a schema refers to, by name. */
export function refName(schema: JsonSchema): string | null {
  const ref = schema["$ref"];
  return typeof ref === "string" && ref.startsWith(prefix) ? ref.slice(prefix.length) : null;
}

/** Follows references to the schema that says something. */
export function resolve(schema: JsonSchema, components: Components): JsonSchema {
  let current = schema;
  for (let steps = 0; steps < 32; steps++) {
    const name = refName(current);
    const next = name === null ? undefined : components.get(name);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

/** The other member of a two-way union with null, or the schema itself. */
export function withoutNull(schema: JsonSchema): {
  readonly schema: JsonSchema;
  readonly nullable: boolean;
} {
  const members = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(members) && members.length === 2) {
    const others = members.filter((member): member is JsonSchema => !isNull(member));
    const [only] = others;
    if (others.length === 1 && only !== undefined) return { schema: only, nullable: true };
  }
  return { schema, nullable: false };
}

const isNull = (schema: unknown): boolean => isObject(schema) && schema["type"] === "null";

/** The declared members of an object schema, references followed. */
export function membersOf(
  schema: JsonSchema,
  components: Components,
): Readonly<Record<string, JsonSchema>> {
  const properties = resolve(schema, components)["properties"];
  return isObject(properties) ? (properties as Record<string, JsonSchema>) : {};
}

/** Whether an object schema requires a member. */
export function requires(schema: JsonSchema, name: string, components: Components): boolean {
  const required = resolve(schema, components)["required"];
  return Array.isArray(required) && required.includes(name);
}

/** The schema at a path: members of objects, items of lists; null when nothing is declared there. */
export function schemaAt(
  schema: JsonSchema,
  path: readonly (string | number)[],
  components: Components,
): JsonSchema | null {
  let current: JsonSchema | undefined = schema;
  for (const step of path) {
    const here: JsonSchema = resolve(withoutNull(current).schema, components);
    const next: unknown =
      typeof step === "number" || here["type"] === "array"
        ? here["items"]
        : Object.hasOwn(membersOf(here, components), step)
          ? membersOf(here, components)[step]
          : undefined;
    if (!isObject(next)) return null;
    current = next;
  }
  return current;
}
