/** What an attacker wants to run. */
export const marker = "mizanPwned";
const call = `${marker}()`;

/** Texts that try to leave whatever they are printed in: a comment, a string of each kind, a template, a line, an identifier. */
export const payloads: readonly string[] = [
  `*/ ${call}; /*`,
  `x \\u002a/ ${call}; /\\u002a y`,
  `\\x2a/ ${call} /\\x2a`,
  `*\\/ ${call}; /\\*`,
  `**/${call}/**`,
  `\`; ${call}; \``,
  `\${${call}}`,
  `"; ${call}; "`,
  `'; ${call}; '`,
  `\\"; ${call}; \\"`,
  `\\'; ${call}; //`,
  `\\`,
  `\n${call};\n`,
  `\r${call};\r`,
  `\u2028${call};\u2029`,
  `\u0085${call}`,
  `"]; ${call}; ["`,
  `}; ${call}; type X = {`,
  `]: ${call}, [`,
  `</script><script>${call}</script>`,
  `<!-- ${call}\n--> ${call}`,
  `//# sourceMappingURL=data:,${call}`,
  `\n// @ts-nocheck\n${call}`,
  `@ts-ignore\n@ts-expect-error ${call}`,
  `/// <reference path="${marker}" />`,
  `#!/usr/bin/env ${marker}\n${call}`,
  `import("${marker}"); ${call}`,
  `\u202e ${call} \u202c`,
  `\ud800${call}\udc00`,
  `\0${call}`,
  `{{${call}}} {{{${call}}}} <%= ${call} %>`,
  `$&$\`$'$1 ${call}`,
  `__proto__`,
  `constructor`,
  `../../${marker}`,
  `..\\..\\${marker}`,
  `/tmp/${call}`,
  `C:\\${marker}`,
  `CON`,
  `nul.ts`,
  `😀${call}`,
  `class`,
  `await ${call}`,
  `${marker}`.toUpperCase(),
];

type Schema = Readonly<Record<string, unknown>>;

/** An object from entries that also holds `__proto__` as a key like any other. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

/** A schema that carries a text in each keyword that can hold one. */
function told(text: string, more: Schema = {}): Schema {
  return {
    type: "string",
    title: text,
    description: text,
    $comment: text,
    default: text,
    example: text,
    examples: [text],
    pattern: text,
    format: text,
    contentMediaType: text,
    contentEncoding: text,
    "x-enum-varnames": [text],
    [`x-${text}`]: text,
    externalDocs: { url: text, description: text },
    deprecated: true,
    ...more,
  };
}

/** A reference to a component; lone surrogates have no percent-encoding and are written as they are. */
const component = (name: string): Schema => ({
  $ref: `#/components/schemas/${name
    .replaceAll("~", "~0")
    .replaceAll("/", "~1")
    .replace(/[%#\s"<>\\^`{|}]/g, encodeURIComponent)}`,
});

/** A legal document with every payload in every place that may hold any text. */
export function attackerDocument(): object {
  const components = payloads.map((text, index): [string, unknown] => [
    text,
    {
      type: "object",
      title: text,
      description: text,
      required: [text, "id"],
      properties: objectOf([
        ["id", { type: "integer" }],
        [text, told(text)],
        [`${text} list`, { type: "array", description: text, items: told(text) }],
        [`${text} enum`, { enum: [text, index, null, { [text]: text }], description: text }],
        [`${text} const`, { const: text }],
        [
          `${text} map`,
          {
            type: "object",
            propertyNames: { enum: [text, "b"] },
            additionalProperties: told(text),
          },
        ],
        [`${text} not`, { not: { const: text }, description: text }],
      ]),
      patternProperties: { [text]: told(text) },
    },
  ]);
  const all = { anyOf: payloads.map((text) => component(text)), description: payloads.join("\n") };
  const functions = payloads.flatMap((text, index): [string, unknown][] => [
    [
      `get_${index}`,
      {
        kind: "query",
        context: `context_${index}`,
        auth: { mode: "none" },
        summary: text,
        description: text,
        deprecated: true,
        params: [
          {
            name: "id",
            required: true,
            schema: { type: "integer", description: text },
            description: text,
          },
        ],
        output: component(text),
      },
    ],
    [
      `set_${index}`,
      {
        kind: "mutation",
        auth: { mode: "none" },
        summary: text,
        description: text,
        input: {
          type: "object",
          required: ["id", text],
          properties: objectOf([
            ["id", { type: "integer" }],
            [text, told(text)],
            ["more", component(text)],
          ]),
        },
        output: component(text),
        merge: [{ context: `context_${index}`, params: { id: { from: "input", path: ["id"] } } }],
        [`x-${text}`]: { [text]: text },
      },
    ],
    [
      `form_${index}`,
      {
        kind: "mutation",
        auth: { mode: "none" },
        input: {
          type: "object",
          description: text,
          required: [text],
          properties: objectOf([[text, told(text, { enum: [text, "b"] })]]),
        },
        output: null,
        affects: [{ context: "everything" }],
        form: {
          fields: objectOf([
            [
              text,
              {
                label: text,
                help: text,
                placeholder: text,
                widget: text,
                choices: [{ value: text, label: text }],
              },
            ],
          ]),
        },
      },
    ],
  ]);
  return {
    openapi: "3.1.0",
    info: { title: payloads.join(" "), version: payloads[0], description: payloads.join("\n") },
    servers: [{ url: "https://example.com/", description: payloads.join("\n") }],
    paths: {},
    tags: payloads.map((name) => ({ name, description: name })),
    components: { schemas: objectOf([...components, ["All", all]]) },
    "x-mizan-functions": objectOf([
      ...functions,
      [
        "get_all",
        {
          kind: "query",
          context: "everything",
          auth: { mode: "none" },
          params: [],
          output: component("All"),
        },
      ],
    ]),
  };
}

/** Documents with one payload where a name must be one: all are refused, or it is made safe. */
export function documentsWithNames(text: string): Readonly<Record<string, object>> {
  const base = (functions: readonly (readonly [string, unknown])[], more: object = {}): object => ({
    openapi: "3.1.0",
    info: { title: "Names", version: "1" },
    paths: {},
    "x-mizan-functions": objectOf(functions),
    ...more,
  });
  const query = (more: object = {}): Schema => ({
    kind: "query",
    context: "things",
    auth: { mode: "none" },
    params: [],
    output: { type: "string" },
    ...more,
  });
  const mutation = (more: object = {}): Schema => ({
    kind: "mutation",
    auth: { mode: "none" },
    input: { type: "object", properties: { a: { type: "string" } } },
    output: null,
    affects: [{ context: "things" }],
    ...more,
  });
  return {
    function: base([[text, query()]]),
    mutation: base([
      ["get", query()],
      [text, mutation()],
    ]),
    context: base([["get", query({ context: text })]]),
    param: base([
      ["get", query({ params: [{ name: text, required: true, schema: { type: "string" } }] })],
    ]),
    slot: base([["get", query({ slot: text })]]),
    path: base([
      ["get", query()],
      ["set", mutation({ path: text })],
    ]),
    kind: base([["get", query({ kind: text })]]),
    error: base([
      ["get", query()],
      ["set", mutation({ errors: [{ code: text, status: 409 }] })],
    ]),
    merge: base([
      ["get", query()],
      ["set", mutation({ merge: [{ context: text, slot: text }] })],
    ]),
    base: base([["get", query()]], {
      servers: [{ url: text }],
      "x-mizan": { version: "1.0", base: text },
    }),
    reference: base([["get", query({ output: { $ref: text } })]]),
    mapping: base([
      [
        "get",
        query({
          output: {
            oneOf: [{ type: "object", properties: { kind: { const: text } }, required: ["kind"] }],
            discriminator: { propertyName: text, mapping: { [text]: text } },
          },
        }),
      ],
    ]),
  };
}
