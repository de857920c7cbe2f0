import type { JsonSchema } from "./json-schema.js";
import { definitionsOf } from "./named.js";
import type { StandardSchema } from "./standard-schema.js";

/** Writes the validators of one vendor as JSON Schema. */
export interface SchemaConverter {
  /** As in `~standard.vendor`. */
  readonly vendor: string;
  /**
   * @param io what goes into the validator, or what comes out of it
   * @param definitions named validators, to be referred to as `#/$defs/<key>`
   */
  readonly convert: (
    schema: StandardSchema,
    io: "input" | "output",
    definitions: Readonly<Record<string, StandardSchema>>,
  ) => JsonSchema;
}

/**
 * The JSON Schema that the vendor itself writes: by a converter that was handed in, else by the validator's own `~standard.jsonSchema`.
 *
 * @throws Error when there is neither, or the vendor cannot write it
 */
export function convertSchema(
  schema: StandardSchema,
  io: "input" | "output",
  converters: readonly SchemaConverter[],
): JsonSchema {
  const { vendor, jsonSchema } = schema["~standard"];
  const converter = converters.find((each) => each.vendor === vendor);
  if (converter !== undefined) return converter.convert(schema, io, definitionsOf(vendor));
  if (jsonSchema === undefined) {
    const way =
      vendor === "valibot"
        ? 'add "converters: [valibotConverter]" of mizan-server/valibot to the registry'
        : `hand a converter for ${vendor} to the registry, "converters: [{ vendor, convert }]"`;
    throw new Error(`${vendor} writes no JSON Schema by itself; ${way}`);
  }
  return jsonSchema[io]({ target: "draft-2020-12" });
}
