import type { StandardSchema } from "./standard-schema.js";

/** Named validators of vendors that keep no names of their own, for converters that take definitions. */
const definitions: { readonly name: string; readonly schema: StandardSchema }[] = [];

/** Title that carries a name through a converter that has titles but no definitions. */
export const titlePrefix = "mizan:";

/**
 * Gives a validator the name of its component, for every vendor: `const User = named("User", z.object({…}))`. The name is the identity
 * of the type: by it a merge finds its slot (protocol 4). For zod it is the same as `.meta({ id: "User" })`.
 */
export function named<Schema extends StandardSchema>(name: string, schema: Schema): Schema {
  const own = schema as Schema & Renamable;
  if (typeof own.meta === "function") return own.meta({ id: name }) as Schema;
  if (typeof own.configure === "function") {
    return own.configure({ title: titlePrefix + name }, "self") as Schema;
  }
  definitions.push({ name, schema });
  return schema;
}

interface Renamable {
  /** zod */
  readonly meta?: (meta: { id: string }) => unknown;
  /** arktype */
  readonly configure?: (meta: { title: string }, scope: "self") => unknown;
}

/** The named validators of a vendor, by a key that is unique even where two share a name: `User`, `User~1`. */
export function definitionsOf(vendor: string): Record<string, StandardSchema> {
  const own = definitions.filter(({ schema }) => schema["~standard"].vendor === vendor);
  return Object.fromEntries(own.map(({ name, schema }, index) => [`${name}~${index}`, schema]));
}
