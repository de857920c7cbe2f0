import { describe, expect, it } from "vitest";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document, JsonValue } from "../document.js";
import { readDocument } from "../read-document.js";

async function open(more: Readonly<Record<string, unknown>>): Promise<Document> {
  const diagnostics = new Diagnostics();
  const content = JSON.stringify({ openapi: "3.1.0", ...more });
  const document = await readDocument(
    { kind: "text", content, name: "openapi.json" },
    {},
    diagnostics,
  );
  if (!document) throw new Error(JSON.stringify(diagnostics.all));
  return document;
}

function withSchemas(schemas: Readonly<Record<string, unknown>>): Promise<Document> {
  return open({ components: { schemas } });
}

/** `found <pointer>`, with ` locally`, or the code, reason and suggestion of a failure. */
function outcome(document: Document, reference: string, from = "#/components/schemas/A"): string {
  const resolution = document.resolve(reference, from);
  if (resolution.found) {
    expect(resolution.value).toBe(document.valueAt(resolution.pointer));
    return `found ${resolution.pointer}${resolution.local ? " locally" : ""}`;
  }
  const guess = resolution.suggestion === undefined ? "" : ` -> ${resolution.suggestion}`;
  return `${resolution.code} ${resolution.reason}${guess}`;
}

describe("resolve: from the root of the document", () => {
  it("finds components, and anything else that a pointer can name", async () => {
    const document = await open({
      paths: { "/a~b": { get: { parameters: [{ schema: { type: "string" } }] } } },
      components: {
        schemas: {
          A: {},
          "Page[User]": {},
          "a/b~c": {},
          "x%25": {},
          "50%": {},
          é: {},
          "": {},
          "a b": {},
        },
      },
    });
    expect(outcome(document, "#/components/schemas/A")).toBe("found #/components/schemas/A");
    expect(outcome(document, "#/components/schemas/Page%5BUser%5D")).toBe(
      "found #/components/schemas/Page[User]",
    );
    expect(outcome(document, "#/components/schemas/Page[User]")).toBe(
      "found #/components/schemas/Page[User]",
    );
    expect(outcome(document, "#/components/schemas/a~1b~0c")).toBe(
      "found #/components/schemas/a~1b~0c",
    );
    expect(outcome(document, "#/components/schemas/a%7E1b~0c")).toBe(
      "found #/components/schemas/a~1b~0c",
    );
    expect(outcome(document, "#/components/schemas/x%25")).toBe("found #/components/schemas/x%25");
    expect(outcome(document, "#/components/schemas/50%")).toBe("found #/components/schemas/50%");
    expect(outcome(document, "#/components/schemas/%C3%A9")).toBe("found #/components/schemas/é");
    expect(outcome(document, "#/components/schemas/a%20b")).toBe("found #/components/schemas/a b");
    expect(outcome(document, "#/components/schemas/")).toBe("found #/components/schemas/");
    expect(outcome(document, "#/paths/~1a~0b/get/parameters/0/schema")).toBe(
      "found #/paths/~1a~0b/get/parameters/0/schema",
    );
  });

  it("finds own members only", async () => {
    const document = await withSchemas(
      JSON.parse('{"A": {}, "__proto__": {"type": "string"}, "constructor": {}}') as Record<
        string,
        unknown
      >,
    );
    // `JSON.stringify` above keeps `__proto__` because it was an own member.
    expect(outcome(document, "#/components/schemas/__proto__")).toBe(
      "found #/components/schemas/__proto__",
    );
    expect(outcome(document, "#/components/schemas/constructor")).toBe(
      "found #/components/schemas/constructor",
    );
    expect(outcome(document, "#/components/schemas/toString")).toBe('E300 no component "toString"');
    expect(outcome(document, "#/components/schemas/hasOwnProperty/name")).toBe(
      'E300 no component "hasOwnProperty"',
    );
  });

  it("names the nearest when there is nothing", async () => {
    const document = await open({
      components: { schemas: { Mission: {} }, parameters: { limit: {} } },
      tags: [{}],
    });
    expect(outcome(document, "#/components/schemas/Missing")).toBe(
      'E300 no component "Missing" -> Mission',
    );
    expect(outcome(document, "#/components/parameters/limmit")).toBe(
      'E300 no "limmit" in #/components/parameters -> limit',
    );
    expect(outcome(document, "#/component/schemas/Mission")).toBe(
      'E300 no "component" in the document -> components',
    );
    expect(outcome(document, "#/tags/1")).toBe('E300 no "1" in #/tags');
    expect(outcome(document, "#/tags/00")).toBe('E300 no "00" in #/tags');
    expect(outcome(document, "#/tags/length")).toBe('E300 no "length" in #/tags');
    expect(outcome(document, "#/openapi/x")).toBe(
      "E300 nothing inside of #/openapi, which is no object",
    );
  });

  it("quotes what is no reference at all", async () => {
    const document = await withSchemas({ A: {}, "__shared#": { $defs: { x: {} } } });
    expect(outcome(document, "#/components/schemas/__shared#/$defs/x")).toBe(
      'E307 "#/components/schemas/__shared#/$defs/x" is no reference: it has a second "#"; a "#" in a key is written "%23"',
    );
    expect(outcome(document, "#/components/schemas/__shared%23/$defs/x")).toBe(
      "found #/components/schemas/__shared#/$defs/x",
    );
    expect(outcome(document, "#/components/schemas/%zz")).toBe(
      'E307 "#/components/schemas/%zz" is no reference: a "%" in it is followed by no two hexadecimal digits',
    );
    expect(outcome(document, "")).toBe("E307 the reference is empty");
    expect(outcome(document, "#")).toBe(
      'E300 "#" is the whole OpenAPI document, which is not a schema',
    );
  });

  it("follows one step only", async () => {
    const document = await withSchemas({ A: { $ref: "#/components/schemas/B" }, B: {} });
    expect(document.resolve("#/components/schemas/A", "#")).toMatchObject({
      found: true,
      value: { $ref: "#/components/schemas/B" },
    });
  });

  it("goes on through a reference that stands in the way of a pointer", async () => {
    const document = await withSchemas({
      A: { $ref: "#/components/schemas/B" },
      B: { type: "object", properties: { b: { $ref: "#/components/schemas/C" } } },
      C: { items: { type: "string" } },
      Around: { $ref: "#/components/schemas/Round/x" },
      Round: { $ref: "#/components/schemas/Around" },
      Self: { $ref: "#/components/schemas/Self/x" },
    });
    expect(outcome(document, "#/components/schemas/A/properties/b/items")).toBe(
      "found #/components/schemas/C/items locally",
    );
    expect(outcome(document, "#/components/schemas/A/properties/x")).toBe(
      'E300 no "properties" in #/components/schemas/A',
    );
    expect(outcome(document, "#/components/schemas/Round/x")).toBe(
      'E300 no "x" in #/components/schemas/Round',
    );
    expect(outcome(document, "#/components/schemas/Self/x/y")).toBe(
      'E300 no "x" in #/components/schemas/Self',
    );
  });

  it("does not follow thousands of references for one pointer", async () => {
    const schemas: Record<string, unknown> = { A5000: { x: {} } };
    for (let index = 0; index < 5_000; index++) {
      schemas[`A${index}`] = { $ref: `#/components/schemas/A${index + 1}/x` };
    }
    const document = await withSchemas(schemas);
    expect(outcome(document, "#/components/schemas/A0/x")).toBe(
      'E300 no "x" in #/components/schemas/A0',
    );
  });
});

describe("resolve: inside the enclosing component", () => {
  const pasted = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: { self: { $ref: "#" }, item: { $ref: "#/$defs/Item" } },
    $defs: { Item: { type: "string" }, "A/B": {} },
  };

  it("finds $defs, definitions and # of a schema that was pasted whole", async () => {
    const document = await withSchemas({ A: pasted, B: { definitions: { Item: {} } }, C: {} });
    expect(outcome(document, "#/$defs/Item", "#/components/schemas/A/properties/item")).toBe(
      "found #/components/schemas/A/$defs/Item locally",
    );
    expect(outcome(document, "#/$defs/A~1B", "#/components/schemas/A/properties/item")).toBe(
      "found #/components/schemas/A/$defs/A~1B locally",
    );
    expect(outcome(document, "#", "#/components/schemas/A/properties/self")).toBe(
      "found #/components/schemas/A locally",
    );
    expect(outcome(document, "#/definitions/Item", "#/components/schemas/B")).toBe(
      "found #/components/schemas/B/definitions/Item locally",
    );
    expect(outcome(document, "#/$defs/Item", "#/components/schemas/C")).toBe(
      'E300 no "$defs" in the document',
    );
  });

  it("prefers the root of the document", async () => {
    const document = await open({ $defs: { Item: {} }, components: { schemas: { A: pasted } } });
    expect(outcome(document, "#/$defs/Item", "#/components/schemas/A/properties/item")).toBe(
      "found #/$defs/Item",
    );
  });

  it("works for schemas in entries and operations, innermost first", async () => {
    const inner = {
      $defs: { Item: { type: "null" } },
      properties: { x: { $ref: "#/$defs/Item" } },
    };
    const document = await open({
      "x-mizan-functions": { f: { output: { ...pasted, properties: { y: inner } } } },
    });
    const output = "#/x-mizan-functions/f/output";
    expect(outcome(document, "#/$defs/Item", `${output}/properties/y/properties/x`)).toBe(
      `found ${output}/properties/y/$defs/Item locally`,
    );
    expect(outcome(document, "#/$defs/A~1B", `${output}/properties/y/properties/x`)).toBe(
      `found ${output}/$defs/A~1B locally`,
    );
  });

  it("is not fooled by properties that are called like keywords", async () => {
    const document = await withSchemas({
      A: { $defs: {}, properties: { definitions: {}, $id: {}, self: { $ref: "#" } } },
    });
    expect(outcome(document, "#", "#/components/schemas/A/properties/self")).toBe(
      "found #/components/schemas/A locally",
    );
  });

  it("gives each component its own answer to the same text", async () => {
    const document = await withSchemas({ A: pasted, B: pasted });
    for (const name of ["A", "B", "A"]) {
      expect(
        outcome(document, "#/$defs/Item", `#/components/schemas/${name}/properties/item`),
      ).toBe(`found #/components/schemas/${name}/$defs/Item locally`);
    }
  });
});

describe("resolve: anchors and $id", () => {
  it("finds $anchor and $dynamicAnchor, in the enclosing schema first", async () => {
    const document = await withSchemas({
      A: { $defs: { n: { $anchor: "node" } } },
      B: { $id: "b", properties: { n: { $anchor: "node" }, m: {} } },
      C: { $dynamicAnchor: "T", $id: "#frag" },
      D: { example: { $anchor: "example" }, properties: { example: { $anchor: "real" } } },
    });
    expect(outcome(document, "#node", "#/components/schemas/C")).toBe(
      "found #/components/schemas/A/$defs/n",
    );
    expect(outcome(document, "#node", "#/components/schemas/B/properties/m")).toBe(
      "found #/components/schemas/B/properties/n",
    );
    expect(outcome(document, "#T")).toBe("found #/components/schemas/C");
    expect(outcome(document, "#frag")).toBe("found #/components/schemas/C");
    expect(outcome(document, "#real")).toBe("found #/components/schemas/D/properties/example");
    expect(outcome(document, "#example")).toBe('E300 no schema has the anchor "example"');
    expect(outcome(document, "#nod")).toBe('E300 no schema has the anchor "nod" -> node');
    expect(outcome(document, "#A")).toBe(
      'E300 no schema has the anchor "A" -> #/components/schemas/A',
    );
  });

  it("finds schemas by $id, relative to the $id around the reference", async () => {
    const document = await withSchemas({
      A: { $id: "Node", properties: { next: { $ref: "Node" } } },
      B: {
        $id: "https://example.com/schemas/b.json",
        $defs: { c: { $id: "c.json", properties: { x: {} } } },
      },
    });
    expect(outcome(document, "Node", "#/components/schemas/A/properties/next")).toBe(
      "found #/components/schemas/A",
    );
    expect(outcome(document, "Node#/properties/next")).toBe(
      "found #/components/schemas/A/properties/next",
    );
    expect(outcome(document, "https://example.com/schemas/b.json", "#")).toBe(
      "found #/components/schemas/B",
    );
    expect(outcome(document, "c.json", "#/components/schemas/B/properties")).toBe(
      "found #/components/schemas/B/$defs/c",
    );
    expect(outcome(document, "https://example.com/schemas/c.json#/properties/x", "#")).toBe(
      "found #/components/schemas/B/$defs/c/properties/x",
    );
    expect(outcome(document, "Node#/properties/nxt")).toBe(
      'E300 no "nxt" in #/components/schemas/A/properties -> next',
    );
  });

  it("ignores an $id that is only a fragment", async () => {
    const document = await withSchemas({
      A: { $id: "#/components/schemas/A", properties: { b: { $ref: "#/components/schemas/B" } } },
      B: { type: "string" },
    });
    expect(outcome(document, "#/components/schemas/B", "#/components/schemas/A/properties/b")).toBe(
      "found #/components/schemas/B",
    );
  });

  it("guesses the component behind a bare name", async () => {
    const document = await withSchemas({ User: {} });
    expect(outcome(document, "User")).toBe(
      'E300 no schema has the $id "User" -> #/components/schemas/User',
    );
  });
});

describe("resolve: other documents", () => {
  it("refuses them and names the way out", async () => {
    const document = await withSchemas({ A: {} });
    expect(document.resolve("shared/user.yaml#/User", "#")).toEqual({
      found: false,
      code: "E306",
      reason:
        '"shared/user.yaml" is another file, and references to files are not followed by default',
      help: "allow them with --allow-refs, or bundle the documents into one",
    });
    expect(document.resolve("https://example.com/user.json", "#")).toMatchObject({
      code: "E306",
      reason:
        '"https://example.com/user.json" is a URL, and references to URLs are not followed by default',
      help: "allow them with --allow-refs=all, or bundle the documents into one",
    });
    for (const outside of [
      "../secret.txt",
      "/etc/passwd",
      "a/../../x.json",
      "%2e%2e/x.json",
      "file:///etc/passwd",
      "data:,x",
      "//host/x.json",
    ]) {
      expect(document.resolve(outside, "#")).toMatchObject({ found: false, code: "E306" });
    }
  });

  it("knows itself by its own file name", async () => {
    const document = await withSchemas({ A: {} });
    expect(outcome(document, "openapi.json#/components/schemas/A")).toBe(
      "found #/components/schemas/A",
    );
    expect(outcome(document, "./openapi.json#/components/schemas/A")).toBe(
      "found #/components/schemas/A",
    );
  });
});

describe("resolve: hostile references", () => {
  it("answers any text in any place", async () => {
    const schemas: Record<string, JsonValue> = {};
    const references = [
      "#/",
      "##",
      "#%",
      "%",
      "#/components/schemas",
      "#/components/schemas//",
      "?",
      "http://[",
      "https://",
      "#/a/".repeat(5000),
      "\u0000",
      "#\u202e",
      "a:b",
      "C:\\x.json",
      "..",
      ".",
      "#/%c3%28",
    ];
    references.forEach(
      (reference, at) => (schemas[`S${String(at)}`] = { $ref: reference, $id: reference }),
    );
    const document = await withSchemas(schemas);
    references.forEach((reference, at) => {
      const from = `#/components/schemas/S${String(at)}`;
      expect(typeof document.resolve(reference, from).found).toBe("boolean");
      expect(typeof document.resolve(reference, `${from}/nowhere/at/all`).found).toBe("boolean");
      expect(typeof document.resolve(reference, "x.json#/a").found).toBe("boolean");
    });
  });
});
