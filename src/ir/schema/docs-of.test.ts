import { describe, expect, it } from "vitest";
import type { Docs } from "../docs.js";
import { mapDocument } from "./test/map-document.js";

/** The docs of the member `user_id` with this schema, and of a component `UserId`. */
async function docsFor(
  schema: unknown,
): Promise<{ member: Docs | undefined; type: Docs | undefined }> {
  const mapped = await mapDocument(
    [
      { schema: { properties: { user_id: schema } }, direction: "out" },
      { schema: { $ref: "#/components/schemas/UserId" }, direction: "out" },
    ],
    { UserId: schema },
  );
  const root = mapped.roots[0];
  const type = mapped.types.find(({ name }) => name === "UserId");
  return { member: root?.kind === "object" ? root.members[0]?.docs : undefined, type: type?.docs };
}

const tags = (...pairs: string[]): Docs => ({
  tags: pairs.map((pair) => {
    const space = pair.indexOf(" ");
    return { name: pair.slice(0, space), text: pair.slice(space + 1) };
  }),
});

describe("docs of members and named types", () => {
  it.each<[string, unknown, Docs | undefined]>([
    ["nothing to say", { type: "string" }, undefined],
    ["a title that repeats the name", { type: "string", title: "User Id" }, undefined],
    [
      "a title that says something",
      { type: "string", title: "Number of the customer" },
      { summary: "Number of the customer" },
    ],
    [
      "a title that the description begins with",
      { title: "The key", description: "The key of a user." },
      { description: "The key of a user." },
    ],
    [
      "title and description",
      { title: "Customer", description: "Who pays.\n\nAlways." },
      { summary: "Customer", description: "Who pays.\n\nAlways." },
    ],
    ["a description that repeats the name", { description: "User ID." }, undefined],
    ["empty texts", { title: " ", description: "" }, undefined],
    ["texts of the wrong type", { title: 3, description: [] }, undefined],
    ["deprecated", { deprecated: true }, { deprecated: true }],
    [
      "raw text: the printer makes it safe",
      { description: "*/ evil() /*" },
      { description: "*/ evil() /*" },
    ],
    [
      "format and bounds in order",
      { type: "string", maxLength: 9, format: "uuid", minLength: 1, pattern: "^a*/" },
      tags("format uuid", "minLength 1", "maxLength 9", "pattern ^a*/"),
    ],
    [
      "numbers",
      { type: "integer", minimum: 0, exclusiveMaximum: 10, multipleOf: 2 },
      tags("minimum 0", "exclusiveMaximum 10", "multipleOf 2"),
    ],
    [
      "bounds that say nothing",
      { type: "array", items: {}, minItems: 0, uniqueItems: false },
      undefined,
    ],
    [
      "bounds of tuples, which the type says",
      { prefixItems: [{}, {}], minItems: 2, maxItems: 2 },
      undefined,
    ],
    ["default", { type: "string", default: "a" }, tags('default "a"')],
    ["default null", { type: ["string", "null"], default: null }, tags("default null")],
    ["long defaults", { type: "string", default: "a".repeat(200) }, undefined],
    [
      "the default of a password",
      { type: "string", format: "password", default: "hunter2", example: "hunter3" },
      tags("format password"),
    ],
    ["example", { type: "string", example: "ab" }, tags('example "ab"')],
    ["examples: the first", { type: "integer", examples: [7, 8] }, tags("example 7")],
    [
      "a link",
      { externalDocs: { url: "https://example.com/a" } },
      tags("see https://example.com/a"),
    ],
    [
      "a bound as the document writes it",
      { type: "number", maximum: 9.223372036854776e18 },
      tags("maximum 9223372036854776000"),
    ],
    [
      "format and bounds of the one variant beside null",
      { anyOf: [{ type: "string", format: "date", maxLength: 9 }, { type: "null" }] },
      tags("format date", "maxLength 9"),
    ],
  ])("%s", async (_what, schema, docs) => {
    expect(await docsFor(schema)).toEqual({ member: docs, type: docs });
  });

  it("siblings of a reference are about the member", async () => {
    const { member } = await docsFor({
      $ref: "#/components/schemas/Other",
      description: "Of the walls.",
    });
    expect(member).toEqual({ description: "Of the walls." });
  });

  it("a bound that JavaScript cannot hold is shown as it is written", async () => {
    const mapped = await mapDocument(
      [{ schema: { $ref: "#/components/schemas/X" }, direction: "out" }],
      '{ "X": { "type": "number", "maximum": 9223372036854775807 } }',
    );
    expect(mapped.types[0]?.docs).toEqual(tags("maximum 9223372036854775807"));
  });
});
