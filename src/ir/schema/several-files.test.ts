import { mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document } from "../../document/document.js";
import { readDocument } from "../../document/read-document.js";
import { sameSchema } from "../shape/same-schema.js";
import {
  codesOf,
  mapperFor,
  mapUses,
  typesByName,
  type Mapped,
  type Use,
} from "./test/map-document.js";
import { printType } from "./test/print-type.js";

const text = { type: "string" };
const number = { type: "integer" };
const object = (properties: object): object => ({ type: "object", properties });
const to = (reference: string): { $ref: string } => ({ $ref: reference });
const component = (name: string): { $ref: string } => to(`#/components/schemas/${name}`);
const out = (schema: object): Use => ({ schema, direction: "out" });

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mizan-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a root document with these components and uses, and files beside it, and reads it. */
async function open(
  uses: readonly Use[],
  schemas: object,
  files: Readonly<Record<string, unknown>>,
): Promise<Document> {
  const root = {
    openapi: "3.1.0",
    info: { title: "Test", version: "1" },
    paths: {},
    "x-mizan-functions": Object.fromEntries(
      uses.map(({ schema }, index) => [`f${index}`, { schema }]),
    ),
    components: { schemas },
  };
  for (const [path, content] of Object.entries({ ...files, "openapi.json": root })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), JSON.stringify(content));
  }
  const diagnostics = new Diagnostics();
  const path = join(folder, "openapi.json");
  const document = await readDocument({ kind: "file", path }, { allowRefs: "files" }, diagnostics);
  if (document === null) throw new Error(JSON.stringify(diagnostics.all));
  return document;
}

async function map(
  uses: readonly Use[],
  schemas: object,
  files: Readonly<Record<string, unknown>>,
): Promise<Mapped> {
  const mapped = mapUses(await open(uses, schemas, files), uses);
  expect(codesOf(mapped).filter((code) => code.startsWith("E"))).toEqual([]);
  return mapped;
}

describe("a second file with components of its own", () => {
  const shared = {
    components: {
      schemas: {
        Shop: object({ address: component("Address") }),
        Address: object({ file: text }),
      },
    },
  };
  const schemas = {
    Address: object({ root: text }),
    Shop: to("shared.json#/components/schemas/Shop"),
  };

  it("means its own by a reference of the same text, whichever was met first", async () => {
    for (const uses of [
      [out(component("Address")), out(component("Shop"))],
      [out(component("Shop")), out(component("Address"))],
    ]) {
      expect(typesByName(await map(uses, schemas, { "shared.json": shared }))).toEqual({
        Address: "{ root?: string }",
        Shop: "{ address?: Address2 }",
        Address2: "{ file?: string }",
      });
    }
  });

  it("holds no equal schemas only because references read the same", async () => {
    const document = await open([], schemas, { "shared.json": shared });
    const at = (pointer: string) => ({ schema: document.valueAt(pointer) ?? null, pointer });
    const there = at("shared.json#/components/schemas/Shop/properties/address");
    const here = { schema: component("Address"), pointer: "#/x-mizan-functions/f/output" };
    expect(there.schema).toEqual(here.schema);
    expect(sameSchema(document, here, there)).toBe(false);
    expect(sameSchema(document, here, here)).toBe(true);
    expect(sameSchema(document, there, there)).toBe(true);
  });
});

describe("names of schemas in other files", () => {
  const user = object({ id: { ...number, readOnly: true }, address: to("address.json") });

  it("are those of the components that stand for them", async () => {
    const mapped = await map(
      [out(component("User")), { schema: component("User"), direction: "in" }],
      { User: to("schemas/user.json"), Address: to("schemas/address.json") },
      { "schemas/user.json": user, "schemas/address.json": object({ street: text }) },
    );
    expect(typesByName(mapped)).toEqual({
      User: "{ id?: number; address?: Address }",
      UserInput: "{ address?: Address }",
      Address: "{ street?: string }",
    });
    expect(codesOf(mapped)).toEqual([]);
  });

  it("are those of the first component through a chain of files, and of both where two stand for one", async () => {
    const mapped = await map(
      [out(component("User")), out(component("Person"))],
      { User: to("all.json#/User"), Person: to("user.json") },
      { "all.json": { User: to("user.json") }, "user.json": object({ friend: to("#") }) },
    );
    expect(mapped.roots.map(printType)).toEqual(["User", "User"]);
    expect(typesByName(mapped)).toEqual({ User: "{ friend?: User }" });
  });

  it("of a component that adds to what it refers to are two", async () => {
    const mapped = await map(
      [out(component("User"))],
      { User: { ...to("user.json"), ...object({ more: text }) } },
      { "user.json": object({ name: text }) },
    );
    expect(typesByName(mapped)).toEqual({
      User: "User2 & { more?: string }",
      User2: "{ name?: string }",
    });
  });

  it("end for components and files that refer to each other in a circle", async () => {
    const uses = [out(component("A"))];
    const document = await open(
      uses,
      { A: to("a.json#/A") },
      { "a.json": { A: to("openapi.json#/components/schemas/A") } },
    );
    expect(codesOf(mapUses(document, uses))).toEqual(["E301"]);
  });

  it("stay when a function is added that uses more of the files", async () => {
    const files = {
      "a.json": { Page: object({ item: to("#/Item") }), Item: object({ a: defaulted }) },
      "b.json": { Page: object({ item: to("#/Item") }), Item: object({ b: defaulted }) },
    };
    const schemas = {
      PageB: object({ page: to("b.json#/Page") }),
      PageA: object({ page: to("a.json#/Page") }),
    };
    const [a, b] = [out(component("PageA")), out(component("PageB"))];
    const input = (use: Use): Use => ({ ...use, direction: "in" });
    const all = typesByName(await map([a, b, input(a), input(b)], schemas, files));
    expect(all).toMatchObject({ Page: "{ item?: Item }", Page2: "{ item?: Item2 }" });
    expect(all).toMatchObject({ Item: "{ b: number }", Item2: "{ a: number }" });
    expect(all).toMatchObject({ ItemInput: "{ b?: number }", Item2Input: "{ a?: number }" });
    for (const uses of [[a], [b], [input(a)], [input(b)], [b, a]]) {
      expect(all).toMatchObject(typesByName(await map(uses, schemas, files)));
    }
  });

  it("are held for both forms before any function asks", async () => {
    const files = { "a.json": { Page: object({ a: defaulted }), Plain: object({ b: text }) } };
    const schemas = { X: object({ a: to("a.json#/Page"), b: to("a.json#/Plain") }) };
    const { registry } = mapperFor(await open([], schemas, files));
    const names = ["Page", "PageInput", "Plain", "PlainInput"].filter((name) => registry.has(name));
    expect(names).toEqual(["Page", "PageInput", "Plain"]);
  });

  it("that only functions refer to tell the file, so that no other function's can be the same", async () => {
    const files = {
      "a/user.json": { User: object({ a: text }) },
      "b/user.json": { User: object({ b: text }) },
      "whole.json": object({ c: text }),
    };
    const [a, b] = ["a", "b"].map((name) => out(object({ x: to(`${name}/user.json#/User`) })));
    const whole = out(object({ x: to("whole.json") }));
    if (a === undefined || b === undefined) throw new Error("two uses");
    const all = typesByName(await map([b, a, whole], {}, files));
    expect(all).toEqual({
      AUser: "{ a?: string }",
      BUser: "{ b?: string }",
      Whole: "{ c?: string }",
    });
    expect(typesByName(await map([b], {}, files))).toEqual({ BUser: "{ b?: string }" });
  });
});

const defaulted = { ...number, default: 1 };
