import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { createValidator } from "../contract/schema-validator.js";
import { deriveValue, innerSchema } from "./derive-value.js";

const components: JsonObject = {
  schemas: {
    Form: {
      type: "object",
      properties: { name: { type: "string", minLength: 3 }, age: { type: "integer", minimum: 18 } },
      required: ["name", "age"],
    },
    Circle: {
      type: "object",
      properties: { next: { $ref: "#/components/schemas/Circle" } },
      required: ["next"],
    },
  },
};

describe("deriveValue", () => {
  const schemas: Readonly<Record<string, JsonValue>> = {
    "a form with bounds": { $ref: "#/components/schemas/Form" },
    "a uuid": { type: "string", format: "uuid" },
    "a date-time that may be null": {
      anyOf: [{ type: "string", format: "date-time" }, { type: "null" }],
    },
    "one of several values": { enum: ["open", "paid"] },
    "a list that may not be empty": {
      type: "array",
      minItems: 2,
      items: { type: "number", exclusiveMinimum: 0 },
    },
    "types in a list": { type: ["null", "integer"] },
  };
  for (const [what, schema] of Object.entries(schemas)) {
    it(`makes a value that fits, of ${what}`, async () => {
      const validate = await createValidator(components);
      expect(validate(schema, deriveValue(schema, components))).toBeUndefined();
    });
  }

  it("prefers what the schema gives as an example", () => {
    expect(deriveValue({ type: "string", examples: ["tr"] }, components)).toBe("tr");
  });

  it("comes to an end where no finite value exists", () => {
    expect(() => deriveValue({ $ref: "#/components/schemas/Circle" }, components)).not.toThrow();
  });

  it("sees through references and null", () => {
    const schema = { anyOf: [{ $ref: "#/components/schemas/Form" }, { type: "null" }] };
    expect(innerSchema(schema, components)["required"]).toEqual(["name", "age"]);
  });
});
