import type { Severity } from "./diagnostic.js";

/** What `mizan-gen explain <code>` says of a code. Codes never change their meaning. */
export interface CatalogueEntry {
  /** What is wrong, as a heading: no document text, no full stop. */
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
  /** Lines of a document, a config or a shell that show the right form. */
  readonly example?: readonly string[];
}

/**
 * Every code there is, in alphabetical order. E00x reading, E05x the command line, config and output, E1xx the contract,
 * E2xx merges and references to them, E3xx schemas, E9xx our own faults; W... warnings of the same families.
 */
export const catalogue = {
  E001: {
    title: "The input could not be read",
    cause: "The file does not exist, is a directory, or may not be read.",
    fix: "Check the path; it is relative to the current directory, or to the config file that names it. A directory is never searched for a document: name the file itself. Use `-` to read the document from standard input.",
    example: ["mizan-gen openapi.json", "python -m app.openapi | mizan-gen -"],
  },
  E002: {
    title: "The input is empty",
    cause:
      "The file, the standard input or the answer of the URL holds nothing but white space. Most often the command that should have written it failed, or the shell truncated the file before the command ran (`export > openapi.json` empties the file even when `export` fails).",
    fix: "Run the exporting command alone and look at what it prints. Export to a temporary file and move it when the export has succeeded.",
    example: ["python -m app.openapi > openapi.tmp && mv openapi.tmp openapi.json"],
  },
  E003: {
    title: "The input is not UTF-8",
    cause:
      "JSON and YAML documents are read as UTF-8 (RFC 8259 section 8.1). The bytes at the place shown are not valid UTF-8; the file may be UTF-16 (PowerShell's `>` before version 6 writes that) or Latin-1.",
    fix: "Save the file as UTF-8; a byte order mark does no harm. In Windows PowerShell write it with `Out-File -Encoding utf8` instead of `>`, or convert it once with iconv.",
    example: ["iconv -f UTF-16 -t UTF-8 openapi.json > openapi.utf8.json"],
  },
  E004: {
    title: "The input is not valid JSON",
    cause:
      "JSON is read strictly (RFC 8259): no comments, no trailing commas, double quotes only, no NaN or Infinity. A document that only a lenient reader accepts means different things to different tools. The text at the place shown breaks the grammar; what was expected there is in the message.",
    fix: "Correct the text at that place, or export the document again with a JSON encoder: Python's `print(spec)` writes single quotes, None and True; `json.dumps(spec)` writes JSON. A file in YAML must be named .yaml or .yml.",
    example: ["import json", "print(json.dumps(app.openapi(), indent=2))"],
  },
  E005: {
    title: "The input is not valid YAML",
    cause:
      "YAML is read as version 1.2 with its core schema: one document a file, no custom tags, each key once. The text at the place shown breaks the grammar, or uses one of these.",
    fix: "Correct the text at that place. Typical causes are tabs in the indentation, a colon followed by a space inside an unquoted text, and an unquoted text that begins with `@`, `%`, `*`, `&` or a backtick: put such a text into quotes.",
    example: ['description: "Note: quotes are needed here"'],
  },
  E006: {
    title: "A key stands twice in one object",
    cause:
      "Two members of the same object have the same key. Readers disagree on which of them counts, so a part of the document would be lost without a word.",
    fix: "Remove one of the two, or rename it. When a program wrote the document, two things got the same name there: look for two functions or two models that share a name.",
  },
  E007: {
    title: "The document is nested too deeply",
    cause:
      "Objects and arrays stand inside each other more than 1 000 levels deep (in YAML: 250). No document written by hand or by an exporter does so; it is most often the result of a program that inlines a recursive type without end.",
    fix: "Let the exporter write recursive types as references.",
    example: ['"children": { "type": "array", "items": { "$ref": "#/components/schemas/Node" } }'],
  },
  E008: {
    title: "The document is too large",
    cause:
      "The input is larger than the limit that the message states. The limit protects builds against an address or a pipe that never ends.",
    fix: "Check that the input is the document that you mean. Remove large examples and inlined data from it; they have no influence on the generated code.",
  },
  E009: {
    title: "YAML aliases expand too far",
    cause:
      "Aliases (`*name`) refer to anchors (`&name`) in a circle, or so many times through each other that the document they stand for is far larger than its text. This is how a small file exhausts the memory of a reader.",
    fix: "Write shared schemas as references (`$ref`) instead of aliases: references cost nothing and may be recursive. A few aliases for repeated fragments are fine.",
    example: ["user:", '  $ref: "#/components/schemas/User"'],
  },
  E010: {
    title: "The input is not an OpenAPI document",
    cause:
      "The root of the input is not an object, or carries no `openapi` member, so it is some other JSON or YAML: a list, a single schema, a package.json, an error message of the server.",
    fix: "Give the document that your backend exports. FastAPI serves it at /openapi.json, Django Ninja at /api/openapi.json; it begins with its version.",
    example: ['{ "openapi": "3.1.0", "info": { ... }, "paths": { ... } }'],
  },
  E011: {
    title: "This version of OpenAPI is not supported",
    cause:
      "OpenAPI 3.0, 3.1 and 3.2 are read. Swagger 2.0 describes bodies and schemas in another way, and later versions are not known yet. The version must be a string, `major.minor.patch`.",
    fix: "Export OpenAPI 3.1 from the backend. A Swagger 2.0 document can be converted first, for example with swagger2openapi. In YAML put the version into quotes, as `openapi: 3.1` is a number.",
    example: ['openapi: "3.1.0"'],
  },
  E012: {
    title: "The URL could not be reached",
    cause:
      "No answer came: the name does not resolve, nothing listens on the port, the connection was cut, the certificate is not trusted, or the answer took too long. The message says which.",
    fix: "Check that the server runs and that the address is right, with the same tool and machine: `curl -sS <url>`. Inside a container `localhost` is the container itself. For a certificate of your own company set NODE_EXTRA_CA_CERTS.",
  },
  E013: {
    title: "The URL answered with an error",
    cause:
      "The server answered with a status other than 200. 401 and 403 ask for credentials, 404 means that the document is at another address or switched off, 5xx that exporting the document failed on the server.",
    fix: "Open the URL in a browser or with curl. Send credentials with `--header`; they go to that origin only and are never printed. For a 5xx look into the server's log.",
    example: ['mizan-gen https://api.example.com/openapi.json -H "Authorization: Bearer $TOKEN"'],
  },
  E014: {
    title: "The URL answered with something else than a document",
    cause:
      "The answer is HTML or another format, mostly a login page, the page of a documentation viewer (/docs, /redoc) or the index.html that a single-page app serves for every address.",
    fix: "Use the address of the document itself, often /openapi.json, and send credentials with `--header` where a login page came.",
  },
  E015: {
    title: "A part of the document has the wrong shape",
    cause:
      "OpenAPI fixes the shape of this part, for example that `components.schemas` and `paths` are objects, and the document has something else there. Reading on would drop everything in it without a word.",
    fix: "Correct the part, or the exporter that writes it. An empty part is written as `{}` or left out; PHP exporters write `[]` for an empty object unless told not to.",
    example: ['"components": { "schemas": {} }'],
  },
  E050: {
    title: "The command line is not understood",
    cause:
      "An option or a command does not exist, lacks its value, or has a value that is not allowed.",
    fix: "`mizan-gen --help` lists the commands, `mizan-gen <command> --help` the options of one.",
    example: ["mizan-gen openapi.json --output src/mizan"],
  },
  E051: {
    title: "No document was named",
    cause: "Neither the command line nor a config file says which OpenAPI document to read.",
    fix: "Name a file, a URL or `-`, or write a `mizan.config.ts` once.",
    example: ["mizan-gen openapi.json", "mizan-gen http://localhost:8000/openapi.json"],
  },
  E052: {
    title: "The config file could not be loaded",
    cause:
      "The config was named but does not exist, does not parse, or threw an error while it ran. The message holds the error as it came, with the line where the error tells one. A config in JSON is read strictly: no comments, no trailing commas, each key once.",
    fix: "Check the path given with `--config`, and run the file alone to see the whole error. A config exports its options as default.",
    example: [
      'import { defineConfig } from "mizan-gen";',
      "",
      'export default defineConfig({ input: "openapi.json", output: "src/mizan" });',
    ],
  },
  E053: {
    title: "The config is not valid",
    cause:
      "An option of the config is unknown or has a value that is not allowed, or projects of a list share a name or an output directory, or two configs stand in one folder. A list needs a name for each project.",
    fix: "Correct the option; the message names the nearest one that exists. With `defineConfig` the editor completes and checks the options of a TypeScript config, with `$schema` those of one in JSON.",
    example: ['export default defineConfig({ input: "openapi.json", enums: "const" });'],
  },
  E054: {
    title: "The output directory is refused",
    cause:
      "The output would be the current directory or a parent of it, the home directory or the root of the file system. The generator owns its output directory and removes what it once wrote there; such a directory is never its own.",
    fix: "Give it a directory of its own inside the project.",
    example: ["mizan-gen openapi.json --output src/mizan"],
  },
  E055: {
    title: "The output could not be written",
    cause:
      "The operating system refused: no permission, no space left, a file where a directory should be, or a file that another program holds open. Files are replaced one by one and whole, so none is half-written.",
    fix: "Remove the obstacle that the message names and run again; the next run completes what this one began.",
  },
  E056: {
    title: "A file that the generator did not write is in the way",
    cause:
      "The output directory holds a file of the name that is about to be written, and the manifest (.mizan-gen.json) does not list it. It may be yours, so it is not touched.",
    fix: "Move the file, choose another output directory, or take the file over with `--force` when it is generated code whose manifest was lost.",
    example: ["mizan-gen openapi.json --force"],
  },
  E057: {
    title: "Another run is writing to the same directory",
    cause:
      "A second generator, often a watcher in another terminal, is writing to this output directory at this moment.",
    fix: "Wait for it, or stop it. One watcher for one output directory is enough.",
  },
  E059: {
    title: "The generated files cannot live in this package",
    cause:
      "The nearest package.json makes this a CommonJS package, and its tsconfig.json combines `module: nodenext` with `verbatimModuleSyntax`. TypeScript then refuses `import` and `export` in every .ts file (TS1286, TS1287).",
    fix: 'Set `"type": "module"` in the package.json, put a package.json with it into the output directory\'s parent, or drop `verbatimModuleSyntax`.',
    example: ['{ "type": "module" }'],
  },
  E060: {
    title: "A generated file is not in step with the document",
    cause:
      "`mizan-gen check` generated the client in memory, and a file differs from it: the document, the options or the generator changed and the file was not written anew, or somebody edited it.",
    fix: "Run mizan-gen and commit what it writes. `mizan-gen check --diff` shows what would change.",
    example: ["mizan-gen check --diff"],
  },
  E061: {
    title: "The directory of templates cannot be used",
    cause:
      "`--templates` names a directory that does not exist or holds no template, or one of its files has a name that no adapter asks for. Such a file would have no effect, so it is most likely misspelt.",
    fix: "Call a template as the one whose place it takes, `react/context.ts.hbs` for example; the message lists all names. Partials of your own start with an underscore: `react/_licence.hbs`.",
    example: ["templates/react/context.ts.hbs", "templates/react/_licence.hbs"],
  },
  E062: {
    title: "A template does not work",
    cause:
      "The template breaks the grammar of Handlebars, asks for a partial or a value that is not there, or what it makes is no TypeScript. The message says which, with the line of the template.",
    fix: "Start from the package's template of the same name and change one thing at a time. docs/templates.md lists what each template is given.",
    example: ["{{#each slots}}", "export function {{hook}}() { ... }", "{{/each}}"],
  },
  E100: {
    title: "The document has no functions",
    cause:
      "The document is OpenAPI, but holds no `x-mizan-functions`, or an empty one. The client is generated from these entries; ordinary operations in `paths` are not enough, as they do not say what is a context, what a mutation changes, and who sees it.",
    fix: "Export the document with one of the mizan packages (for Django, FastAPI or TypeScript), or add the extension by hand or with an OpenAPI Overlay.",
    example: [
      '"x-mizan-functions": {',
      '  "user_profile": {',
      '    "kind": "query", "context": "user", "auth": { "mode": "required" },',
      '    "params": [{ "name": "user_id", "required": true, "schema": { "type": "integer" } }],',
      '    "output": { "$ref": "#/components/schemas/User" }',
      "  }",
      "}",
    ],
  },
  E101: {
    title: "Two names fall together",
    cause:
      "Two functions have the same name, or names that become one identifier in TypeScript (`rename_user` and `renameUser`), or two contexts differ by case only (cache tags are case-insensitive). One of them would hide the other.",
    fix: "Rename one of them in the backend. The related place shows the other.",
  },
  E102: {
    title: "A name is reserved or not allowed",
    cause:
      "Names of functions, contexts, slots and params match `^[A-Za-z][A-Za-z0-9_]*$`, and are not `then`, `constructor`, `prototype`, `toString` or the like. A bundle with a member `then` would be called by `await`. Params that start with `_` belong to the protocol.",
    fix: "Rename it in the backend, or give the query another `slot`.",
    example: ['"then_what": { "kind": "query", "context": "user", "slot": "what_then", ... }'],
  },
  E103: {
    title: "A function's entry is malformed",
    cause:
      "The entry, or one of its members, has a type that the protocol does not allow there and that cannot be read in any of the lenient forms, for example a number as `merge`, or a path as `pagination`.",
    fix: "Correct the member to the form that the message states; the whole form of an entry is in docs/protocol.md.",
    example: [
      '"affects": [{ "context": "orders", "params": { "user_id": { "from": "input", "path": ["user_id"] } } }]',
    ],
  },
  E104: {
    title: "The kind of a function is unknown",
    cause: "`kind` is none of `query`, `mutation`, `view`, `subscription`.",
    fix: "Correct it. Without a `kind`, an entry with a context and no input is a query, every other one a mutation.",
    example: ['"kind": "mutation"'],
  },
  E105: {
    title: "This version of the Mizan protocol is not supported",
    cause:
      "`x-mizan.version` has another major version than 1. A new major version means that the wire has changed, so a client made by this generator could not talk to the server.",
    fix: "Install the version of mizan-gen that belongs to the backend's mizan package.",
    example: ["npm install --save-dev mizan-gen@latest"],
  },
  E110: {
    title: "Two functions of one context type a param differently",
    cause:
      "The params of a context are the union of its functions' params. Two functions declare one of the same name with different schemas or encodings, so there is no one value that can be sent for both.",
    fix: "Give the param the same type in both functions, rename it in one, or move one function to another context.",
  },
  E111: {
    title: "A required param cannot be written plainly",
    cause:
      "The param is required and declared `plain`, but its schema allows values (null, an empty list, an object) that have no plain form in a query string, where absence stands for them.",
    fix: 'Declare it with `encoding: "json"`, or make the schema fit: a default of null for a nullable scalar, `minItems: 1` or a default of `[]` for a list.',
    example: ['{ "name": "filter", "required": true, "encoding": "json", "schema": { ... } }'],
  },
  E120: {
    title: "Two parts of the document contradict each other",
    cause:
      "`x-mizan.contexts` (its functions, params or scopes) or an operation in `paths` says something else than the functions' entries. These parts are derived from the functions when the document is exported, so one of them was changed afterwards, or the document was merged from two exports.",
    fix: "Export the document again in one piece. When it is written by hand, the functions' entries are the truth: correct the derived part or remove it.",
  },
  E130: {
    title: "A public context holds a function that asks who is calling",
    cause:
      "The context's `cache.scope` is `public`, so one stored answer is served to everybody, but not all of its functions have `auth.mode: none`. Somebody would be shown another's data.",
    fix: "Make the context `private`, or move the function that needs a user to a context of its own.",
    example: ['"contexts": { "user": { "cache": { "scope": "private", "ttl": 60 } } }'],
  },
  E131: {
    title: "A cache varies by a header that is not allowed",
    cause:
      "`cache.vary` names a header outside the list that the protocol allows. A cache that varies by, say, `Cookie` or `User-Agent` stores almost every answer anew, or mixes users.",
    fix: "Vary by `Accept-Language` or nothing. What depends on the user belongs to a private context, what depends on a choice to a param.",
    example: ['"cache": { "scope": "public", "ttl": 300, "vary": ["Accept-Language"] }'],
  },
  E140: {
    title: "The pagination names something that does not exist",
    cause:
      "`pagination` refers to a param that the function does not have, or to a path that is not in its output.",
    fix: "Name the function's own params, and give paths as lists of steps into the output.",
    example: [
      '"pagination": { "style": "cursor", "params": { "cursor": "after" }, "items": ["items"], "next": ["next_cursor"] }',
    ],
  },
  E200: {
    title: "A merge names an unknown context",
    cause: "`merge` refers to a context that no function of this document belongs to.",
    fix: "Correct the name; the message gives the nearest one that exists. The context appears as soon as one query names it.",
    example: ['"merge": [{ "context": "user", "slot": "user_profile" }]'],
  },
  E201: {
    title: "A merge has several possible slots",
    cause:
      "The mutation's output fits more than one slot of the context equally well, so the place where the answer belongs cannot be told from types. Writing it into the wrong one would show wrong data.",
    fix: "Name the slot. When the answer belongs into two of them, write two merges.",
    example: ['"merge": [{ "context": "user", "slot": "user_profile" }]'],
  },
  E202: {
    title: "A merge finds no slot",
    cause:
      "No function of the context gives the type that the mutation answers with: neither that type, nor a list of it, nor a page of it. Types are the same when they are references to the same component; two inline schemas never match.",
    fix: "Let the mutation and the query use the same named type, name the `slot` yourself, or use `affects` to have the context fetched again.",
    example: ['"affects": [{ "context": "user" }]'],
  },
  E203: {
    title: "The output of a merging mutation is not a named type",
    cause:
      "The output is inline, primitive, or a union of more than one type and null. A slot is found by the identity of a named type, so there is nothing to look for.",
    fix: "Give the output a name (a reference to a component), or name the `slot` explicitly.",
    example: ['"output": { "$ref": "#/components/schemas/User" }'],
  },
  E204: {
    title: "The items of a list slot have no key",
    cause:
      "The merge writes into a list or a page, so the item to replace must be recognised. The query declares no `key`, and its items have no required scalar member `id`.",
    fix: "Declare the members that identify an item.",
    example: ['"key": ["order_id"]'],
  },
  E205: {
    title: "The named slot has another shape than the answer",
    cause:
      "The merge names its slot, but the mutation's output is neither that slot's type, nor an item of its list or page. Written there, the data would not be what the slot's type promises.",
    fix: "Name another slot, or let the mutation answer with the slot's type. `value` picks a part of the answer.",
    example: ['"merge": [{ "context": "user", "slot": "user_profile", "value": ["user"] }]'],
  },
  E206: {
    title: "A patch holds what its slot does not",
    cause:
      "With `mode: patch` every member of the mutation's output must exist in the slot's type with the same schema. At least one does not.",
    fix: "Let the mutation answer with a part of the slot's type only, use `replace` with the whole of it, or `affects` to fetch it again.",
  },
  E207: {
    title: "An item cannot be inserted into a page",
    cause:
      "`mode: upsert` would insert an item into a paged slot. Which page it belongs to, and what moves to the next one, only the server knows.",
    fix: "Use `update` to change the item where it is shown, and `affects` to have the pages fetched again.",
    example: [
      '"merge": [{ "context": "orders", "mode": "update" }], "affects": [{ "context": "orders" }]',
    ],
  },
  E210: {
    title: "A merge leaves a param of its slot unbound",
    cause:
      "The function behind the slot has a param that the merge does not bind to a value, so the answer would be written to every entry of the context, also to those it does not belong to. Generic names such as `id` or `page` are never bound by name alone. (An item that is updated or removed by its key is the same item under every filter and on every page, so only required params count for it, and not those that turn pages.)",
    fix: "Bind the param to the mutation's input or result, or use `affects` instead of `merge`.",
    example: [
      '"merge": [{ "context": "user", "params": { "user_id": { "from": "input", "path": ["id"] } } }]',
    ],
  },
  E211: {
    title: "A param is bound to something that does not fit",
    cause:
      "The `path` of a binding does not exist in the mutation's input or result, or what stands there has another schema than the param it is bound to.",
    fix: "Correct the path: a list of member names and indexes, from the root of the input or result.",
    example: ['"params": { "user_id": { "from": "result", "path": ["owner", "id"] } }'],
  },
  E220: {
    title: "A mutation affects an unknown context",
    cause: "`affects` refers to a context that no function of this document belongs to.",
    fix: "Correct the name; the message gives the nearest one that exists. `*` means all contexts.",
    example: ['"affects": [{ "context": "orders" }]'],
  },
  E230: {
    title: "A file field does not fit the input",
    cause:
      "`files` names a path that is not in the function's input, or the function has files but no `multipart` encoding; JSON cannot carry a file.",
    fix: 'Set `encoding: "multipart"`, and name the field by its path in the input.',
    example: ['"encoding": "multipart", "files": [{ "path": ["avatar"], "accept": ["image/*"] }]'],
  },
  E231: {
    title: "A form names something that is not in its schema",
    cause:
      "`form.at` or a key of `form.fields` names a place that does not exist in the schema, `form.initial` a query that does not exist, or the function has no input that a form could fill.",
    fix: "Name members of the form's schema. `at` is the path of the form's value in the input; leave it out when the form is the whole input.",
    example: ['"form": { "fields": { "email": { "label": "E-mail" } } }'],
  },
  E240: {
    title: "A function's type is not a component of this document",
    cause:
      "A reference in `x-mizan-functions` leads nowhere, to another document, or to a place outside `components`. Tools that bundle or prune documents remove schemas that only extensions refer to.",
    fix: "Write each named type as a component, and let the function's operation in `paths` refer to it as well; the mizan packages do both.",
    example: ['"output": { "$ref": "#/components/schemas/User" }'],
  },
  E241: {
    title: "An operation refers back to nothing",
    cause:
      "An operation carries `x-mizan-function` or `x-mizan-context` with the name of a function or context that the document does not have.",
    fix: "Export the document again, or correct the name; the message gives the nearest one that exists.",
  },
  E300: {
    title: "A reference leads nowhere",
    cause:
      "There is nothing at the place that `$ref` names. References are looked up from the root of the document, then inside the enclosing component (for schemas pasted whole with their `$defs`), then as anchors and `$id`s. A `/` in a key is written `~1`, a `~` is written `~0`, and other special characters are percent-encoded.",
    fix: "Correct the reference; the message gives the nearest name that exists. When the component is missing, the exporter dropped it: a bundler that prunes removes what only extensions refer to.",
    example: ['{ "$ref": "#/components/schemas/Page%5BUser%5D" }'],
  },
  E301: {
    title: "References lead in a circle",
    cause:
      "A schema is nothing but a reference to another, which leads back to the first (`A` is `B`, `B` is `A`). Such a schema describes no value. Recursion through a property, an array or a union with something else is fine.",
    fix: "Let one of the schemas in the circle describe something.",
    example: [
      '"A": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/A" } } }',
    ],
  },
  E302: {
    title: "A schema inherits from itself",
    cause:
      "`allOf` leads from the schema back to itself, so it would have to contain itself. Often a parent lists its variants in `oneOf` while the variants extend the parent with `allOf`.",
    fix: "Put the members that the variants share into a schema of their own, and let the variants extend that.",
  },
  E303: {
    title: "A keyword has a value of the wrong type",
    cause:
      "JSON Schema and OpenAPI fix the type of each keyword: `properties` is an object, `required` a list of strings, `allOf` a list of schemas, `$ref` a string. The value here is of another type, so its meaning is unknown.",
    fix: "Correct the value to the type that the message states.",
    example: ['"required": ["id", "name"]'],
  },
  E304: {
    title: "The type is unknown",
    cause:
      "`type` is none of `null`, `boolean`, `object`, `array`, `number`, `integer`, `string`, nor a type that TypeBox writes for JavaScript values. Names of formats or of programming languages (`int`, `float`, `uuid`, `file`) are not types.",
    fix: "Use one of the seven; what else there is to say goes into `format`.",
    example: ['{ "type": "string", "format": "uuid" }'],
  },
  E305: {
    title: "A schema is nested too deeply",
    cause:
      "Schemas stand inside each other more than 500 levels deep, so it is a recursive type that was written out instead of referred to.",
    fix: "Let the exporter write recursive types as references to a component.",
    example: ['"items": { "$ref": "#/components/schemas/Node" }'],
  },
  E306: {
    title: "A reference to another document is refused",
    cause:
      "The reference leads to another file or to a URL. By default only the document itself is read, so that a document from elsewhere cannot make this machine read its files or send requests. Files outside the document's directory are refused always.",
    fix: "Bundle the documents into one before generating, or allow references with `--allow-refs` (config: `allowRefs`).",
    example: ["mizan-gen openapi.yaml --allow-refs"],
  },
  E307: {
    title: "A reference cannot be read",
    cause:
      "The text of the reference is no valid URI reference: a percent sign without two hexadecimal digits, bytes that are not UTF-8, a fragment that begins neither with `/` nor with an anchor's name, or more than one `#`. Keys such as `__shared#` (zod registries) must be percent-encoded in a reference: `#` is `%23`.",
    fix: "Correct the reference, or rename the component to letters, digits, `.`, `-` and `_`, as OpenAPI asks.",
    example: ['{ "$ref": "#/components/schemas/__shared%23" }'],
  },
  E308: {
    title: "A referenced document could not be read",
    cause: "A reference leads to a file or URL that does not exist or could not be read.",
    fix: "Check the path: it is relative to the document in which the reference stands, not to the current directory.",
  },
  E309: {
    title: "A union has no members",
    cause:
      "`oneOf`, `anyOf` or `allOf` is an empty list, which JSON Schema forbids: it describes nothing.",
    fix: 'List the variants, or remove the keyword. A value that never occurs is written `false` or `{ "not": {} }`.',
  },
  E900: {
    title: "The generator made a mistake",
    cause: "This is a fault of mizan-gen, not of your document. Nothing was written.",
    fix: "Please report it with the message, the version (`mizan-gen --version`) and, where possible, the part of the document that the message names. `--debug` adds a stack trace.",
  },
  W010: {
    title: "The OpenAPI validator has an objection",
    cause:
      "`mizan-gen validate` also asks a strict validator of the OpenAPI specification. What it reports does not hinder generating: real producers break the letter of the specification in many harmless ways.",
    fix: "Correct the place when other tools read the document as well; else leave it.",
  },
  W050: {
    title: "A generated file was edited by hand",
    cause:
      "The file differs from what the last run wrote there. Generated files are written anew whenever the document changes, so the edit is lost.",
    fix: "Move the change to a file of your own that wraps the generated one. `mizan-gen check` finds such edits before they are lost.",
  },
  W051: {
    title: "The manifest cannot be used",
    cause:
      "The manifest (.mizan-gen.json) in the output directory does not parse, or was written by a later version. Without it, it is not known which files an earlier run wrote.",
    fix: "Restore it from version control, or update mizan-gen. After a merge conflict take either side and run the generator again.",
  },
  W052: {
    title: "A leftover that was edited by hand stays",
    cause:
      "An earlier run wrote the file, it was changed since, and it is no longer generated: its function or context is gone from the document. Removing it would lose the change.",
    fix: "Delete the file when the change is not needed. It is yours from now on; the generator does not look at it again.",
  },
  W140: {
    title: "A paged query shares its context with others",
    cause:
      "Turning a page changes a param of the whole context, so every other function of it is fetched again with each page.",
    fix: "Give the paged query a context of its own.",
    example: ['"orders": { "kind": "query", "context": "orders", "pagination": { ... } }'],
  },
  W150: {
    title: "A subscription is skipped",
    cause:
      "Functions of kind `subscription` are experimental in the protocol and not generated yet.",
    fix: "Nothing is needed. To silence the warning, exclude the function.",
    example: ['export default defineConfig({ exclude: ["order_events"] });'],
  },
  W160: {
    title: "A generated name was taken",
    cause:
      "Two things of the document ask for the same TypeScript name, and the later one was given a number. The choice is stable, but the name says less than it could.",
    fix: "Rename one of the two in the backend when the number is in your way.",
  },
  W220: {
    title: "A merge leaves a list of the same type untouched",
    cause:
      "The answer is written into the slot that holds the object itself. The context also has a list or a page of that type, whose copy of the item stays as it was.",
    fix: "Add a second merge that names the list, or `affects` for the context.",
    example: [
      '"merge": [{ "context": "user" }, { "context": "user", "slot": "friends", "mode": "update" }]',
    ],
  },
  W221: {
    title: "A mutation says nothing about what it changes",
    cause:
      "The mutation answers with a value but has neither `merge` nor `affects`, so nothing on the screen is brought up to date by it.",
    fix: "Declare what it changes. A function that changes nothing may be a query.",
    example: ['"affects": [{ "context": "user" }]'],
  },
  W300: {
    title: "A key is unknown",
    cause:
      "A function's entry holds a key that this version of the protocol does not know. It is kept as `x-legacy-...` and has no effect.",
    fix: "Check its spelling; the message gives the nearest known key. Keys of your own start with `x-`.",
  },
  W301: {
    title: "A function does not say who may call it",
    cause:
      "`auth` is required in version 1 of the protocol and absent here. The function is taken as callable by everybody, and its context is never cached publicly.",
    fix: "State it.",
    example: ['"auth": { "mode": "required" }'],
  },
  W302: {
    title: "A number is too large for JavaScript",
    cause:
      "The number in `const` or `enum`, or a value within the bounds of an integer, cannot be held exactly by a JavaScript number (beyond 2^53, or more than about 17 digits), so the server sends one value and the client sees another. A literal type would name a value that never arrives; `number` is generated instead.",
    fix: "Send such ids as strings.",
    example: ['{ "type": "string", "const": "9007199254740993" }'],
  },
  W303: {
    title: "The type is one of JavaScript, not of JSON",
    cause:
      "`type` is `Date`, `bigint`, `Uint8Array`, `Function` or the like, as TypeBox writes it. JSON has no such value, so what travels is unknown.",
    fix: "Describe what is sent, for example a string with a format.",
    example: ['{ "type": "string", "format": "date-time" }'],
  },
  W304: {
    title: "No value satisfies this schema",
    cause:
      "The members of `allOf` contradict each other, for example `string` and `number`, or two different constants for one property, so the type is `never`.",
    fix: "Correct one of the members. Where either may hold, `anyOf` is meant.",
  },
  W305: {
    title: "The type and the listed values contradict each other",
    cause:
      "`enum` or `const` holds a value that `type` beside it does not allow. The listed values are taken, as servers send these.",
    fix: "Correct `type`, or the list.",
    example: ['{ "type": ["string", "null"], "enum": ["red", "green", null] }'],
  },
  W306: {
    title: "An array does not say what it holds",
    cause: "`type: array` has no `items` (and no `prefixItems`), so its elements are `unknown`.",
    fix: "Add `items`. In Python annotate `list[User]` instead of `list`.",
    example: ['{ "type": "array", "items": { "$ref": "#/components/schemas/User" } }'],
  },
  W307: {
    title: "A default is not of its own type",
    cause: "`default` is a value that the schema beside it does not allow. The schema is taken.",
    fix: "Correct the default or the type.",
  },
  W308: {
    title: "A reference was resolved inside its component",
    cause:
      "The reference leads nowhere from the root of the document, but into the `$defs` of the component that it stands in. That is how a schema looks that was pasted whole into `components`. It is read as it was meant; other tools refuse it.",
    fix: "Export all schemas in one go, with references into `components`: pydantic's `models_json_schema(..., ref_template=\"#/components/schemas/{model}\")`, zod's registries.",
  },
  W309: {
    title: "The variants of a union cannot be told apart",
    cause:
      "The members of `oneOf` are objects without a discriminator and without a member whose values differ, so a program cannot narrow the type by looking at the value.",
    fix: "Give each variant a required member with a `const` of its own, or declare a `discriminator`.",
    example: ['"properties": { "kind": { "const": "card" } }, "required": ["kind"]'],
  },
  W310: {
    title: "A generic name was not bound",
    cause:
      "The mutation's input and the target context both have a param with a generic name (`id`, `page`, `name` ...). Equal names do not mean equal things here, so the param is not bound, and every entry of the context is affected.",
    fix: "Bind it explicitly when it is the same thing, or give both a telling name such as `user_id`.",
    example: ['"params": { "id": { "from": "input", "path": ["id"] } }'],
  },
  W311: {
    title: "A schema has no type in TypeScript",
    cause:
      'The schema uses a form that the generator does not map, so `unknown` is generated. (An empty schema says "anything" and is `unknown` without a warning.)',
    fix: "Describe the value with the usual keywords, or check it in your own code.",
  },
  W312: {
    title: "A dynamic reference is not followed",
    cause:
      "`$dynamicRef` makes a schema generic: what it stands for depends on who refers to it. Its type here is `unknown`.",
    fix: "Write each instance as a component of its own, as FastAPI does for `Page[User]`.",
    example: ['{ "$ref": "#/components/schemas/PageUser" }'],
  },
  W313: {
    title: "A discriminator names a schema that does not exist",
    cause:
      "The `mapping` of a `discriminator` leads a value to a component that the document does not have, so no variant is tagged with that value. Bundlers that prune components do not follow mappings and leave such entries behind.",
    fix: "Correct the name in the mapping, or remove the entry.",
    example: ['"mapping": { "cat": "#/components/schemas/Cat" }'],
  },
} as const satisfies Record<string, CatalogueEntry>;

export type DiagnosticCode = keyof typeof catalogue;

/** Whether a text is a code of the catalogue, as typed after `mizan-gen explain`. */
export function isDiagnosticCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(catalogue, text);
}

export function severityOf(code: DiagnosticCode): Severity {
  return code.startsWith("W") ? "warning" : "error";
}
