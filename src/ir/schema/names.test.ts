import { describe, expect, it } from "vitest";
import type { Direction } from "../type-node.js";
import {
  codesOf,
  mapComponents,
  mapDocument,
  mapperFor,
  mapUses,
  openDocument,
  typesByName,
  type Use,
} from "./test/map-document.js";
import { printType } from "./test/print-type.js";

const text = { type: "string" };
const number = { type: "integer" };
const ref = (name: string): { $ref: string } => ({
  $ref: `#/components/schemas/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`,
});
const use = (name: string, direction: Direction = "out", media: Use["media"] = "json"): Use => ({
  schema: ref(name),
  direction,
  media,
});
const object = (properties: object, ...required: string[]): object => ({
  type: "object",
  properties,
  required,
});
const defaulted = object({ a: { ...number, default: 3 } });

/** The name of each component as an output, in the order given. */
async function namesOf(...keys: string[]): Promise<string[]> {
  const components = Object.fromEntries(keys.map((key) => [key, object({ key: { const: key } })]));
  const mapped = await mapDocument(
    keys.map((key) => use(key)),
    components,
  );
  return mapped.roots.map(printType);
}

describe("types.md section 5: names of components", () => {
  it("come from the key", async () => {
    const keys = [
      "Page_User_",
      "blog__api__models__Item",
      "1st",
      "größe",
      "a/b~c",
      "💥",
      "Page<User>X",
    ];
    expect(await namesOf(...keys)).toEqual([
      "PageUser",
      "BlogApiModelsItem",
      "_1st",
      "Größe",
      "ABC",
      "Type",
      "PageUserX",
    ]);
  });

  it("that collide are numbered in document order, and it is said", async () => {
    expect(await namesOf("User.Profile", "user_profile", "UserProfile", "user", "User")).toEqual([
      "UserProfile",
      "UserProfile2",
      "UserProfile3",
      "User",
      "User2",
    ]);
    const mapped = await mapDocument([use("user"), use("User")], { user: {}, User: {} });
    expect(mapped.diagnostics).toMatchObject([
      { code: "W160", pointer: "#/components/schemas/User", part: "key" },
    ]);
  });

  it("are never those of globals or of the kernel", async () => {
    expect(await namesOf("Promise", "Record", "Error", "Blob", "Mutation")).toEqual([
      "PromiseType",
      "RecordType",
      "ErrorType",
      "BlobType",
      "MutationType",
    ]);
  });

  it("are taken from the title for def-N of Fastify, where the title is unique", async () => {
    const mapped = await mapDocument([use("def-0"), use("def-1"), use("def-2"), use("Other")], {
      "def-0": { title: "Ticket", ...text },
      "def-1": { title: "Same", ...text },
      "def-2": { title: "Same", ...text },
      Other: { title: "Title", ...text },
    });
    expect(mapped.roots.map(printType)).toEqual(["Ticket", "Def1", "Def2", "Other"]);
  });

  it("of keys that live on Object.prototype", async () => {
    const mapped = await mapDocument(
      [use("__proto__"), use("constructor"), use("toString")],
      '{ "__proto__": { "type": "string" }, "constructor": { "type": "integer" }, "toString": { "type": "null" } }',
    );
    expect(typesByName(mapped)).toEqual({
      Proto: "string",
      Constructor: "number",
      ToString: "null",
    });
  });

  it("go to the component itself before a schema inside another has one", async () => {
    const mapped = await mapDocument(
      [
        { schema: { $ref: "#/components/schemas/User/properties/address" }, direction: "out" },
        use("UserAddress"),
      ],
      { User: object({ address: object({ a: text }) }), UserAddress: object({ b: text }) },
    );
    expect(mapped.roots.map(printType)).toEqual(["UserAddress2", "UserAddress"]);
  });
});

describe("types.md section 5: names of IN and OUT", () => {
  it("are one where both are the same", async () => {
    const { types } = await mapDocument([use("X", "in"), use("X")], {
      X: object({ a: number }, "a"),
    });
    expect(types).toMatchObject([{ name: "X", position: "both", file: "types.ts" }]);
  });

  it("are X and XInput where they differ, OUT first", async () => {
    const { types } = await mapDocument([use("X", "in"), use("X")], { X: defaulted });
    expect(types).toMatchObject([
      { name: "X", position: "out", pointer: "#/components/schemas/X" },
      { name: "XInput", position: "in", pointer: "#/components/schemas/X" },
    ]);
  });

  it("differ for who refers to what differs, and for nobody else", async () => {
    const components = {
      X: object({ y: ref("Y"), z: ref("Z") }),
      Y: object({ d: ref("D") }),
      Z: object({ x: { items: { type: "string" } } }),
      D: defaulted,
    };
    expect(await mapComponents(components)).toEqual({
      X: "{ y?: Y; z?: Z }",
      XInput: "{ y?: YInput; z?: Z }",
      Y: "{ d?: D }",
      YInput: "{ d?: DInput }",
      Z: "{ x?: string[] }",
      D: "{ a: number }",
      DInput: "{ a?: number }",
    });
  });

  it("are one for circles that differ in nothing, and two for circles that do", async () => {
    expect(await mapComponents({ X: object({ y: ref("Y") }), Y: object({ x: ref("X") }) })).toEqual(
      { X: "{ y?: Y }", Y: "{ x?: X }" },
    );
    expect(
      await mapComponents({
        X: object({ y: ref("Y") }),
        Y: object({ x: ref("X"), a: { ...number, default: 1 } }),
      }),
    ).toEqual({
      X: "{ y?: Y }",
      XInput: "{ y?: YInput }",
      Y: "{ x?: X; a: number }",
      YInput: "{ x?: XInput; a?: number }",
    });
  });

  it("are XInput and XInputOutput for a component that is called an input", async () => {
    const uses = [use("FilterInput", "in"), use("FilterInput")];
    const mapped = await mapDocument(uses, { FilterInput: defaulted });
    expect(typesByName(mapped)).toEqual({
      FilterInput: "{ a?: number }",
      FilterInputOutput: "{ a: number }",
    });
  });

  it("compete with real components", async () => {
    const uses = [use("User", "in"), use("User"), use("UserInput", "in")];
    const mapped = await mapDocument(uses, { User: defaulted, UserInput: object({ b: text }) });
    expect(mapped.roots.map(printType)).toEqual(["UserInput2", "User", "UserInput"]);
  });

  it("do not depend on who uses the component", async () => {
    const alone = await mapDocument([use("X", "in")], { X: defaulted });
    expect(typesByName(alone)).toEqual({ XInput: "{ a?: number }" });
  });

  it("are held for a component that may split, before any function asks", async () => {
    const components = { A: object({ x: ref("X") }), X: defaulted, Plain: object({ a: text }) };
    const { registry } = mapperFor(await openDocument([], components));
    const names = ["A", "AInput", "X", "XInput", "Plain", "PlainInput"].filter((name) =>
      registry.has(name),
    );
    expect(names).toEqual(["A", "AInput", "X", "XInput", "Plain"]);
  });
});

describe("FastAPI's pairs", () => {
  it("are OrderInput and Order where they differ", async () => {
    const uses = [use("Order-Input", "in"), use("Order-Output")];
    const mapped = await mapDocument(uses, {
      "Order-Input": object({ total: { type: ["number", "string"] } }, "total"),
      "Order-Output": object({ total: text }, "total"),
    });
    expect(typesByName(mapped)).toEqual({
      OrderInput: "{ total: number | string }",
      Order: "{ total: string }",
    });
  });

  it("collapse where they do not, also through each other", async () => {
    const node = (half: string): object => object({ next: ref(`Node-${half}`), leaf: ref("Leaf") });
    const mapped = await mapDocument([use("Node-Input", "in"), use("Node-Output")], {
      "Node-Input": node("Input"),
      "Node-Output": node("Output"),
      Leaf: object({ a: text }),
    });
    expect(mapped.types).toMatchObject([
      {
        name: "Node",
        position: "both",
        pointer: "#/components/schemas/Node-Input",
        alsoAt: ["#/components/schemas/Node-Output"],
      },
      { name: "Leaf", position: "both" },
    ]);
    expect(mapped.types.map(({ type }) => printType(type))[0]).toBe("{ next?: Node; leaf?: Leaf }");
  });

  it("collapse whether or not the other half is used", async () => {
    const components = { "Node-Input": object({ a: text }), "Node-Output": object({ a: text }) };
    expect((await mapDocument([use("Node-Input", "in")], components)).types).toMatchObject([
      { name: "Node", position: "in" },
    ]);
    expect((await mapDocument([use("Node-Output")], components)).types).toMatchObject([
      { name: "Node", position: "out" },
    ]);
  });

  it("do not collapse when what they refer to differs", async () => {
    const components = {
      "A-Input": object({ b: ref("B-Input") }),
      "A-Output": object({ b: ref("B-Output") }),
      "B-Input": object({ x: text }),
      "B-Output": object({ x: number }),
    };
    const mapped = await mapDocument([use("A-Input", "in"), use("A-Output")], components);
    expect(typesByName(mapped)).toEqual({
      AInput: "{ b?: BInput }",
      A: "{ b?: B }",
      BInput: "{ x?: string }",
      B: "{ x?: number }",
    });
  });

  it("leave a lone half its name, and a real component of the plain name its own", async () => {
    const components = {
      "Lone-Input": object({ a: text }),
      "Single-Output": object({ a: text }),
      "Order-Output": object({ a: text }),
      Order: object({ b: text }),
    };
    const mapped = await mapDocument(
      Object.keys(components).map((key) => use(key)),
      components,
    );
    expect(mapped.roots.map(printType)).toEqual(["LoneInput", "Single", "OrderOutput", "Order"]);
  });
});

describe("files in multipart bodies, text in JSON", () => {
  const file = { type: "string", format: "binary" };
  const Letter = object({ to: text, file: ref("File_") }, "to", "file");
  const components = { Letter, File_: object({ data: file, size: number }, "data") };

  it.each([
    ["multipart", "in", "LetterInput", "{ data: Blob; size?: number }"],
    ["json", "in", "Letter", "{ data: string; size?: number }"],
    ["json", "out", "Letter", "{ data: string; size?: number }"],
    ["binary", "out", "LetterBlob", "{ data: Blob; size?: number }"],
  ] as const)("%s %s", async (media, direction, name, inner) => {
    const mapped = await mapDocument([use("Letter", direction, media)], components);
    expect(mapped.roots.map(printType)).toEqual([name]);
    expect(Object.values(typesByName(mapped))[1]).toBe(inner);
  });

  it("have names that do not depend on which of them are used", async () => {
    const uses = [
      use("Letter", "in", "multipart"),
      use("Letter", "in"),
      use("Letter"),
      use("Letter", "out", "binary"),
    ];
    const mapped = await mapDocument(uses, components);
    expect(mapped.roots.map(printType)).toEqual(["LetterInput", "Letter", "Letter", "LetterBlob"]);
    expect(mapped.types.map(({ name, position }) => `${name} ${position}`)).toEqual([
      "Letter both",
      "LetterBlob out",
      "LetterInput in",
      "FileType both",
      "FileTypeBlob out",
      "FileTypeInput in",
    ]);
  });

  it("in a component that is called an input: the name is that of the multipart form", async () => {
    const uses = [use("SetAvatarInput", "in", "multipart"), use("SetAvatarInput", "in")];
    const mapped = await mapDocument(uses, { SetAvatarInput: object({ image: file }, "image") });
    expect(typesByName(mapped)).toEqual({
      SetAvatarInput: "{ image: Blob }",
      SetAvatarInputJson: "{ image: string }",
    });
  });

  it("when JSON differs by direction as well", async () => {
    const uses = [use("X", "in", "multipart"), use("X", "in"), use("X")];
    const mapped = await mapDocument(uses, {
      X: object({ data: file, n: { ...number, default: 1 } }, "data"),
    });
    expect(typesByName(mapped)).toEqual({
      X: "{ data: string; n: number }",
      XJsonInput: "{ data: string; n?: number }",
      XInput: "{ data: Blob; n?: number }",
    });
  });

  it.each([
    ["format: binary", file, "Blob"],
    ["octet-stream", { type: "string", contentMediaType: "application/octet-stream" }, "Blob"],
    ["image/png", { type: "string", contentMediaType: "image/png" }, "Blob"],
    ["image/svg+xml", { type: "string", contentMediaType: "image/svg+xml" }, "Blob"],
    ["without type (OpenAPI 3.1)", { contentMediaType: "application/pdf" }, "Blob"],
    ["a list of files", { type: "array", items: file }, "Blob[]"],
    ["nullable", { anyOf: [file, { type: "null" }] }, "Blob | null"],
    ["text/csv", { type: "string", contentMediaType: "text/csv; charset=utf-8" }, "string"],
    ["application/json", { type: "string", contentMediaType: "application/json" }, "string"],
    [
      "application/problem+json",
      { type: "string", contentMediaType: "application/problem+json" },
      "string",
    ],
    [
      "base64",
      { type: "string", contentMediaType: "image/png", contentEncoding: "base64" },
      "string",
    ],
    ["format: byte", { type: "string", format: "byte" }, "string"],
  ])("multipart: %s", async (_what, schema, type) => {
    const uses: Use[] = [
      { schema, direction: "in", media: "multipart" },
      { schema, direction: "out", media: "binary" },
    ];
    const mapped = await mapDocument(uses);
    expect(mapped.roots.map(printType)).toEqual([type, type]);
  });

  it("an answer of another media type about which nothing is said is bytes", async () => {
    const uses: Use[] = [
      { schema: {}, direction: "out", media: "binary" },
      { schema: {}, direction: "out" },
    ];
    expect((await mapDocument(uses)).roots.map(printType)).toEqual(["Blob", "unknown"]);
  });
});

describe("components", () => {
  it("that no function uses are neither mapped nor reported", async () => {
    const mapped = await mapDocument([use("A")], { A: text, B: { type: "int", properties: [] } });
    expect(typesByName(mapped)).toEqual({ A: "string" });
    expect(codesOf(mapped)).toEqual([]);
  });

  it("stand in document order, whoever leads to them", async () => {
    const components = { C: text, B: object({ c: ref("C") }), A: object({ b: ref("B") }) };
    const mapped = await mapDocument([use("A"), use("C", "in")], components);
    expect(mapped.types.map(({ name, position }) => `${name} ${position}`)).toEqual([
      "C both",
      "B out",
      "A out",
    ]);
  });

  it("mapped by their own place are references", async () => {
    const { mapper } = mapperFor(await openDocument([use("X")], { X: text }));
    const at = { schema: { type: "string" }, pointer: "#/components/schemas/X" };
    const node = mapper.map(at, "in", "json");
    const { resolve } = mapper.finish();
    expect(printType(resolve({ kind: "array", element: node }))).toBe("X[]");
    expect(() => mapper.map(at, "in", "json")).toThrow("after finish");
  });

  it("are the same for the same document", async () => {
    const components = { X: defaulted, Y: object({ x: ref("X") }) };
    const uses = [use("Y", "in"), use("Y")];
    const document = await openDocument(uses, components);
    expect(mapUses(document, uses)).toEqual(mapUses(document, uses));
  });
});
