import type { JsonObject, JsonValue } from "../../document/document.js";

/** Says what is wrong with a value, or undefined: `/user/id must be integer`. */
export type Validate = (schema: JsonValue, value: unknown) => string | undefined;

const documentId = "mizan:document";

/**
 * A validator for the schemas of a document (JSON Schema 2020-12, as OpenAPI 3.1 has it). Ajv is loaded here and nowhere else: the
 * other commands do without.
 *
 * @param components the `components` of the document, which references lead to
 */
export async function createValidator(components: JsonObject): Promise<Validate> {
  const [{ default: ajv }, { default: formats }] = await Promise.all([
    import("ajv/dist/2020.js"),
    import("ajv-formats"),
  ]);
  const validator = new ajv.Ajv2020({ strict: false, allErrors: false, logger: false });
  formats.default(validator);
  validator.addSchema({ $id: documentId, components });
  const compiled = new Map<string, ReturnType<typeof validator.compile>>();
  return (schema, value) => {
    const text = JSON.stringify(schema);
    let validate = compiled.get(text);
    if (validate === undefined) {
      validate = validator.compile(inDocument(schema) as JsonObject | boolean);
      compiled.set(text, validate);
    }
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    const more =
      error?.keyword === "additionalProperties"
        ? ` (${String(error.params["additionalProperty"])})`
        : "";
    return `${error?.instancePath || "the value"} ${error?.message ?? "does not fit"}${more}`;
  };
}

/** References of a schema that stands alone lead into the document. */
function inDocument(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map((item) => inDocument(item as JsonValue));
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string" && value.startsWith("#")
        ? `${documentId}${value}`
        : inDocument(value),
    ]),
  );
}
