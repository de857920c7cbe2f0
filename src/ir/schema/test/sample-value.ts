export type Schema = Readonly<Record<string, unknown>> | boolean;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A value that is most likely valid for a schema (a validator must say). Lists in the place of tuples are complete.
 */
export function sampleValue(
  schema: Schema,
  components: Readonly<Record<string, unknown>>,
  random: () => number,
  depth = 0,
): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const sample = (inner: unknown): unknown =>
    sampleValue(inner as Schema, components, random, depth + 1);
  if (typeof schema === "boolean" || depth > 8) return pick(["s", 1, null]);
  if (schema["nullable"] === true && random() < 0.2) return null;
  if (Object.hasOwn(schema, "const")) return schema["const"];
  if (Array.isArray(schema["enum"])) return pick(schema["enum"]);
  const parts: unknown[] = [];
  const reference = schema["$ref"];
  if (typeof reference === "string")
    parts.push(sample(components[reference.slice("#/components/schemas/".length)]));
  for (const member of (schema["allOf"] as unknown[] | undefined) ?? []) parts.push(sample(member));
  for (const keyword of ["oneOf", "anyOf"]) {
    const variants = schema[keyword] as unknown[] | undefined;
    if (variants !== undefined) parts.push(sample(pick(variants)));
  }
  const type = schema["type"];
  const own = sampleType(Array.isArray(type) ? pick(type as unknown[]) : type);
  if (own !== undefined) parts.push(own);
  const objects = parts.filter(
    (part) => typeof part === "object" && part !== null && !Array.isArray(part),
  );
  return objects.length > 1 ? Object.assign({}, ...objects) : (parts[0] ?? "s");

  function sampleType(name: unknown): unknown {
    switch (name) {
      case "string":
        return pick(["", "a", "zz"]);
      case "integer":
      case "number":
        return pick([0, 1, -2.5, 7]);
      case "boolean":
        return random() < 0.5;
      case "null":
        return null;
      case "array":
        return sampleArray();
      case "object":
        return sampleObject();
      default:
        return undefined;
    }
  }

  function sampleArray(): unknown[] {
    const { prefixItems, items, minItems, maxItems } = schema as Record<string, unknown>;
    const prefix = ((prefixItems as unknown[] | undefined) ?? []).map(sample);
    const room = (maxItems as number | undefined) ?? prefix.length + 3;
    const rest = typeof items === "object" ? Math.floor(random() * 3) : 0;
    const least = Math.max(0, ((minItems as number | undefined) ?? 0) - prefix.length);
    const more = Array.from({ length: Math.max(least, rest) }, () => sample(items));
    return [...prefix, ...more].slice(0, room);
  }

  function sampleObject(): Record<string, unknown> {
    const { properties, required, additionalProperties, propertyNames } = schema as Record<
      string,
      unknown
    >;
    const value: Record<string, unknown> = {};
    const names = (required as string[] | undefined) ?? [];
    for (const [name, property] of Object.entries(properties ?? {})) {
      const isThere = name === "t" || random() < 0.6;
      if (names.includes(name) || isThere) value[name] = sample(property);
    }
    for (const name of names) {
      if (!Object.hasOwn(value, name))
        value[name] =
          typeof additionalProperties === "object" ? sample(additionalProperties) : "ghost";
    }
    if (typeof additionalProperties === "object" && random() < 0.7) {
      const listed = (propertyNames as { enum?: string[] } | undefined)?.enum;
      value[listed === undefined ? "extra" : pick(listed)] = sample(additionalProperties);
    }
    return value;
  }
}
