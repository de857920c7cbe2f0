// Writes config.schema.json, the JSON Schema of a config in JSON, from the rules of the validator.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createJiti } from "jiti";
import { format } from "prettier";

const file = resolve(import.meta.dirname, "../config.schema.json");
const jiti = createJiti(import.meta.url);
const { configSchema } = await jiti.import("../src/config/config-schema.ts");
writeFileSync(
  file,
  await format(JSON.stringify(configSchema()), { parser: "json", printWidth: 100 }),
);
