import { valibotConverter } from "mizan-server/valibot";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Findings } from "../registry/findings.js";
import { named } from "./named.js";
import { SchemaBook } from "./schema-book.js";
import type { StandardSchema } from "./standard-schema.js";

function convert(schema: StandardSchema, io: "input" | "output" = "output") {
  const findings = new Findings();
  const book = new SchemaBook(findings, [valibotConverter]);
  const converted = book.convert(schema, io, "test");
  const components = book.finish();
  return { schema: book.settle(converted), components: Object.fromEntries(components), findings };
}

const user = {
  properties: {
    email: { format: "email", type: "string" },
    id: { type: "integer" },
    name: { anyOf: [{ type: "string" }, { type: "null" }] },
  },
  required: ["email", "id", "name"],
  type: "object",
};

describe("the same type, whoever validates it", () => {
  const ofZod = named(
    "User",
    z.object({ email: z.email(), id: z.int(), name: z.string().nullable() }),
  );
  const ofValibot = named(
    "User",
    v.object({
      email: v.pipe(v.string(), v.email()),
      id: v.pipe(v.number(), v.integer()),
      name: v.nullable(v.string()),
    }),
  );
  const ofArktype = named(
    "User",
    type({ email: "string.email", id: "number.integer", name: "string | null" }),
  );

  it.each([
    ["zod", z.array(ofZod)],
    ["valibot", v.array(ofValibot)],
    ["arktype", ofArktype.array()],
  ] as [string, StandardSchema][])(
    "%s: a list of a named type, by reference (P2)",
    (_vendor, schema) => {
      const { schema: list, components, findings } = convert(schema);
      expect(findings.all).toEqual([]);
      expect(list).toEqual({ items: { $ref: "#/components/schemas/User" }, type: "array" });
      expect(components).toEqual({ User: user });
    },
  );

  it.each([
    ["zod", ofZod.nullable()],
    ["valibot", v.nullable(ofValibot)],
    ["arktype", ofArktype.or("null")],
  ] as [string, StandardSchema][])(
    "%s: nullable stays a union with null (H15)",
    (_vendor, schema) => {
      expect(convert(schema).schema).toEqual({
        anyOf: [{ $ref: "#/components/schemas/User" }, { type: "null" }],
      });
    },
  );
});

describe("named types", () => {
  it("two different types of one name are refused (P5)", () => {
    const findings = new Findings();
    const book = new SchemaBook(findings, []);
    book.convert(z.object({ a: z.string() }).meta({ id: "Same" }), "output", "first");
    book.convert(z.object({ b: z.string() }).meta({ id: "Same" }), "output", "second");
    expect(findings.errors).toMatchObject([{ code: "E104", at: "second" }]);
  });

  it("a type with defaults has two forms: in an answer they are always there (P4)", () => {
    const findings = new Findings();
    const book = new SchemaBook(findings, []);
    const Line = z.object({ qty: z.int().default(1) }).meta({ id: "TwoForms" });
    const Cart = z.object({ lines: z.array(Line) }).meta({ id: "TwoFormsCart" });
    const given = book.convert(Cart, "input", "input");
    const answered = book.convert(Cart, "output", "output");
    const components = book.finish();
    expect(findings.all).toEqual([]);
    expect(book.settle(given)).toEqual({ $ref: "#/components/schemas/TwoFormsCartInput" });
    expect(book.settle(answered)).toEqual({ $ref: "#/components/schemas/TwoFormsCart" });
    expect(components.get("TwoForms")).toHaveProperty("required", ["qty"]);
    expect(components.get("TwoFormsInput")).not.toHaveProperty("required");
    expect(components.get("TwoFormsCartInput")).toHaveProperty(
      "properties.lines.items.$ref",
      "#/components/schemas/TwoFormsInput",
    );
  });

  it("a type that refers to itself needs a name, and works with one", () => {
    const Tree = z.object({
      get children() {
        return z.array(Tree);
      },
    });
    expect(convert(Tree).findings.errors).toMatchObject([{ code: "E105" }]);
    const Named = z
      .object({
        get children() {
          return z.array(Named);
        },
      })
      .meta({ id: "Tree" });
    const { schema, components, findings } = convert(Named);
    expect(findings.all).toEqual([]);
    expect(schema).toEqual({ $ref: "#/components/schemas/Tree" });
    expect(components["Tree"]).toHaveProperty("properties.children.items", schema);
  });

  it("a member called title is a member, a title is not part of a type", () => {
    const { schema } = convert(z.object({ title: z.string().meta({ title: "Of the book" }) }));
    expect(schema).toEqual({
      properties: { title: { type: "string" } },
      required: ["title"],
      type: "object",
    });
  });

  it("what JSON cannot hold is reported, with the way out", () => {
    const { findings } = convert(z.object({ at: z.date() }));
    expect(findings.errors).toMatchObject([{ code: "E105", at: "test" }]);
    expect(findings.errors[0]?.help).toMatch(/format/);
  });

  it("valibot without its converter is told where to get it", () => {
    const findings = new Findings();
    new SchemaBook(findings, []).convert(v.string(), "output", "test");
    expect(findings.errors[0]?.message).toMatch(/mizan-server\/valibot/);
  });
});
