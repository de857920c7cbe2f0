import { toJsonSchema } from "@valibot/to-json-schema";
import type { SchemaConverter } from "./convert-schema.js";

type ValibotSchema = Parameters<typeof toJsonSchema>[0];

/** Writes valibot's validators by `@valibot/to-json-schema`. */
export const valibotConverter: SchemaConverter = {
  vendor: "valibot",
  convert: (schema, io, definitions) => ({
    ...toJsonSchema(schema as unknown as ValibotSchema, {
      typeMode: io,
      target: "draft-2020-12",
      definitions: definitions as unknown as Record<string, ValibotSchema>,
    }),
  }),
};
