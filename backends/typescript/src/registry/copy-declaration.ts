import { isStandardSchema } from "../schema/standard-schema.js";

/**
 * A declaration of its own: what is done to the object that was handed in, or shared with another function, no longer reaches it (H10,
 * T12). Validators stay the ones they are.
 */
export function copyDeclaration<Declaration>(declaration: Declaration): Declaration {
  return copy(declaration) as Declaration;
}

function copy(value: unknown): unknown {
  if (typeof value !== "object" || value === null || isStandardSchema(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copy));
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item)])),
  );
}
