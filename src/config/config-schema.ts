import { optionRules } from "./option-rules.js";

/**
 * The JSON Schema (draft 7, which every editor knows) of a config in JSON: `config.schema.json` of the package. Says what
 * `validateConfig` says, but for one thing that a schema cannot: names of projects are unique.
 */
export function configSchema(): Readonly<Record<string, unknown>> {
  const properties = Object.fromEntries(
    Object.entries(optionRules).map(([name, { description, value }]) => [
      name,
      { description, ...value.schema },
    ]),
  );
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "mizan-gen",
    description: "Config of mizan-gen: one project, or a list of projects, each with a name.",
    anyOf: [
      { $ref: "#/definitions/project" },
      {
        type: "array",
        minItems: 1,
        items: { allOf: [{ $ref: "#/definitions/project" }, { required: ["name"] }] },
      },
    ],
    definitions: {
      project: {
        type: "object",
        additionalProperties: false,
        properties: { $schema: { type: "string" }, ...properties },
      },
    },
  };
}
