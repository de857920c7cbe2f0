import type { Findings } from "../registry/findings.js";
import { isObject } from "../json/json-value.js";
import { jsonText } from "../json/json-text.js";
import { convertSchema, type SchemaConverter } from "./convert-schema.js";
import { refTo, type Components, type JsonSchema } from "./json-schema.js";
import { titlePrefix } from "./named.js";
import { plainSchema } from "./plain-schema.js";
import type { StandardSchema } from "./standard-schema.js";

type Io = "input" | "output";

/** Mark of a reference whose component has no final name yet: a type may need one form for each direction. */
const pending = "mizan:";

/**
 * Converts validators and gathers the named types among them (protocol P2, P4, P5). Converted schemas hold provisional references; they are
 * final after `finish`.
 */
export class SchemaBook {
  readonly #forms = new Map<string, Partial<Record<Io, JsonSchema>>>();
  readonly #extra = new Map<string, JsonSchema>();
  readonly #components = new Map<string, JsonSchema>();

  readonly findings: Findings;
  readonly #converters: readonly SchemaConverter[];

  constructor(findings: Findings, converters: readonly SchemaConverter[]) {
    this.findings = findings;
    this.#converters = converters;
  }

  /** The plain schema of a validator; `at` says where it stands, for what is reported. */
  convert(validator: StandardSchema, io: Io, at: string): JsonSchema {
    let converted: JsonSchema;
    try {
      converted = convertSchema(validator, io, this.#converters);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      this.findings.report(
        "E105",
        at,
        `the ${io} has no JSON Schema: ${message}`,
        'use a type that JSON can hold, e.g. a string with "format" in place of a Date',
      );
      return {};
    }
    const definitions = isObject(converted["$defs"]) ? converted["$defs"] : {};
    const ref = (text: string): string => {
      const key = text.replace(/^#\/\$defs\//, "");
      const name = key.replace(/~\d+$/, "");
      if (text === "#" || /^__schema\d+$/.test(name)) {
        const help = 'name it: named("Node", schema)';
        this.findings.report("E105", at, "a type that refers to itself has no name", help);
      }
      return `${pending}${io}:${name}`;
    };
    for (const [key, definition] of Object.entries(definitions)) {
      if (!isObject(definition)) continue;
      this.#define(key.replace(/~\d+$/, ""), io, plainSchema(definition, io, ref), at);
    }
    return this.#byTitle(plainSchema(this.#keepTitles(converted), io, ref), io, at);
  }

  /** Adds a component that has one form only: the arguments of a function, an envelope. */
  add(name: string, schema: JsonSchema, at: string): JsonSchema {
    if (this.#extra.has(name)) this.#clash(name, at);
    this.#extra.set(name, schema);
    return { $ref: `${pending}extra:${name}` };
  }

  /** Settles the names of all components. To be called once, after the last conversion. */
  finish(): Components {
    const split = this.#namesWithTwoForms();
    this.#split = split;
    const put = (name: string, schema: JsonSchema): void => {
      if (this.#components.has(name)) this.#clash(name, name);
      this.#components.set(name, this.settle(schema));
    };
    for (const [name, { input, output }] of this.#forms) {
      if (output !== undefined) put(name, output);
      if (input !== undefined && (output === undefined || split.has(name))) {
        put(split.has(name) ? `${name}Input` : name, input);
      }
    }
    for (const [name, schema] of this.#extra) put(name, schema);
    return this.#components;
  }

  #split: ReadonlySet<string> = new Set();

  /** The schema with its final references. */
  settle(schema: JsonSchema): JsonSchema {
    return mapRefs(schema, (text) => {
      const [, io, name] = /^mizan:(\w+):(.*)$/.exec(text) ?? [];
      if (io === undefined || name === undefined) return text;
      return String(refTo(io === "input" && this.#split.has(name) ? `${name}Input` : name)["$ref"]);
    });
  }

  #define(name: string, io: Io, schema: JsonSchema, at: string): void {
    const forms = this.#forms.get(name) ?? {};
    const known = forms[io];
    if (known !== undefined && jsonText(known) !== jsonText(schema)) this.#clash(name, at);
    this.#forms.set(name, { ...forms, [io]: known ?? schema });
  }

  #clash(name: string, at: string): void {
    const message = `two different types are named "${name}"`;
    const help = "give one of them another name; the name is a type's identity";
    if (this.findings.all.some((each) => each.message === message)) return;
    this.findings.report("E104", at, message, help);
  }

  /** Arktype has no definitions: its names come as titles. */
  #keepTitles(schema: JsonSchema): JsonSchema {
    return mapObjects(schema, ({ title, ...rest }) =>
      typeof title === "string" && title.startsWith(titlePrefix)
        ? { ...rest, "x-mizan-name": title.slice(titlePrefix.length) }
        : rest,
    );
  }

  #byTitle(schema: JsonSchema, io: Io, at: string): JsonSchema {
    return mapObjects(schema, ({ "x-mizan-name": name, ...rest }) => {
      if (typeof name !== "string") return rest;
      const { default: preset, ...type } = rest;
      this.#define(name, io, type, at);
      const ref = { $ref: `${pending}${io}:${name}` };
      return preset === undefined ? ref : { ...ref, default: preset };
    });
  }

  /** Types that are used in both directions and differ in them, by themselves or by what they hold. */
  #namesWithTwoForms(): Set<string> {
    const split = new Set<string>();
    for (let before = -1; before !== split.size;) {
      before = split.size;
      for (const [name, { input, output }] of this.#forms) {
        if (input === undefined || output === undefined || split.has(name)) continue;
        const neutral = (schema: JsonSchema): string =>
          jsonText(
            mapRefs(schema, (text) =>
              split.has(text.replace(/^mizan:\w+:/, "")) ? text : text.replace(/^mizan:\w+:/, ""),
            ),
          );
        if (neutral(input) !== neutral(output)) split.add(name);
      }
    }
    return split;
  }
}

function mapRefs(schema: JsonSchema, ref: (text: string) => string): JsonSchema {
  return mapObjects(schema, (each) =>
    typeof each["$ref"] === "string" ? { ...each, $ref: ref(each["$ref"]) } : each,
  );
}

/** Maps every object inside a schema, the innermost first. Names of members are no keywords, but no schema is mistaken for one here. */
function mapObjects(value: JsonSchema, map: (each: JsonSchema) => JsonSchema): JsonSchema {
  const visit = (each: unknown, isMap: boolean): unknown => {
    if (Array.isArray(each)) return each.map((item) => visit(item, false));
    if (!isObject(each)) return each;
    const entries = Object.entries(each).map(([name, item]): [string, unknown] => [
      name,
      ["default", "const", "enum", "examples"].includes(name) && !isMap
        ? item
        : visit(item, name === "properties" && !isMap),
    ]);
    const mapped = Object.fromEntries(entries);
    return isMap ? mapped : map(mapped);
  };
  return visit(value, false) as JsonSchema;
}
