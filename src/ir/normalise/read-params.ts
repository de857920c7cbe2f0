import { quote } from "../../diagnostics/quote.js";
import type { JsonObject } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { encodableOf } from "../shape/codec.js";
import { declaredMembers } from "../shape/member.js";
import { isList, isObject, own, type SchemaAt } from "../shape/schema-at.js";
import type { ParamEntry } from "./normal-form.js";
import type { Operation } from "./operations.js";
import { itemsOf, membersOf, placed, type Placed } from "./placed.js";
import type { Reading } from "./reading.js";
import { paramWords } from "./vocabularies.js";

/** A param as far as one source describes it. */
interface Draft {
  readonly name: Placed<string>;
  readonly pointer: ParamEntry["pointer"];
  readonly required?: boolean | undefined;
  readonly schema?: SchemaAt | undefined;
  readonly in?: Placed<"query" | "path"> | undefined;
  readonly encoding?: Placed<"plain" | "json"> | undefined;
  /** Written in an OpenAPI `parameters` list with a schema: plain text, whatever our own rule would choose. */
  readonly plain?: boolean | undefined;
  readonly description?: Placed<string> | undefined;
  readonly deprecated?: Placed<boolean> | undefined;
  readonly extensions?: ParamEntry["extensions"] | undefined;
}

/**
 * The params of a query or view in any of the forms of protocol 2.5: a list of params or names, OpenAPI parameters, a map of
 * schemas. What a form leaves open is taken from the operation in `paths`; without any form, all of its parameters are.
 */
export function readParams(
  reading: Reading,
  found: Placed | undefined,
  operation: Operation | undefined,
): ParamEntry[] {
  if (found === undefined) {
    return operation === undefined
      ? []
      : complete(reading, [...draftsOfOperation(reading, operation).values()]);
  }
  const drafts = draftsOf(reading, found).map((draft) => {
    const isWhole = draft.schema !== undefined && draft.required !== undefined;
    if (isWhole || operation === undefined) return draft;
    const other = draftsOfOperation(reading, operation).get(draft.name.value);
    return other === undefined ? draft : withDefaults(draft, other);
  });
  return complete(reading, drafts);
}

/** The properties of an input object as params: a query with `input` instead of `params`. */
export function paramsOfInput(reading: Reading, input: SchemaAt): ParamEntry[] {
  const drafts = [...declaredMembers(reading.document, input)].map(
    ([name, { at, required }]): Draft => ({
      name: placed(name, at.pointer, "key"),
      pointer: at.pointer,
      required,
      schema: at,
    }),
  );
  return complete(reading, drafts);
}

function draftsOf(reading: Reading, found: Placed): Draft[] {
  const { value, pointer } = found;
  if (isList(value)) {
    return itemsOf(placed(value, pointer)).flatMap((item) => {
      if (typeof item.value === "string") {
        return [{ name: placed(item.value, item.pointer), pointer: item.pointer }];
      }
      const object = reading.expect.object(item, "a param");
      const draft = object === undefined ? undefined : draftOfObject(reading, object);
      return draft === undefined ? [] : [draft];
    });
  }
  if (isObject(value)) {
    return membersOf(placed(value, pointer)).flatMap(([key, member]) => {
      const draft = draftOfMember(reading, key, member);
      return draft === undefined ? [] : [draft];
    });
  }
  reading.expect.wrong(found, '"params"', "a list of params");
  return [];
}

/** `"user_id": { "type": "integer" }`, or a whole param under its name. */
function draftOfMember(reading: Reading, key: string, member: Placed): Draft | undefined {
  const name = placed(key, member.pointer, "key");
  const { value } = member;
  if (isObject(value) && (isObject(own(value, "schema")) || Object.hasOwn(value, "content"))) {
    return draftOfObject(reading, placed(value, member.pointer), name);
  }
  const schema = reading.schema(member, `the param ${quote(key)}`);
  return schema === undefined ? undefined : { name, pointer: member.pointer, schema };
}

function draftOfObject(
  reading: Reading,
  object: Placed<JsonObject>,
  key?: Placed<string>,
): Draft | undefined {
  const { expect } = reading;
  const fields = reading.fields(object, paramWords);
  const named = expect.text(fields.take("name"), '"name"');
  const name = key ?? named;
  if (name === undefined) {
    if (!Object.hasOwn(object.value, "name")) {
      reading.diagnostics.report("E103", object.pointer, 'a param needs a "name"');
    }
    return undefined;
  }
  const place = expect.oneOf(fields.take("in"), '"in"', ["query", "path"]);
  const content = fields.take("content");
  const required = expect.boolean(fields.take("required"), '"required"')?.value;
  const schema =
    reading.schema(fields.take("schema"), '"schema"') ??
    (content === undefined ? undefined : schemaOfContent(content));
  return {
    name,
    pointer: object.pointer,
    // In an OpenAPI parameter (it says where it goes), absence means optional.
    required: required ?? (place === undefined || schema === undefined ? undefined : false),
    schema,
    in: place,
    encoding:
      expect.oneOf(fields.take("encoding"), '"encoding"', ["plain", "json"]) ??
      (content === undefined ? undefined : placed("json", content.pointer)),
    description: expect.text(fields.take("description"), '"description"'),
    deprecated: expect.boolean(fields.take("deprecated"), '"deprecated"'),
    extensions: fields.extensions(reading.diagnostics),
  };
}

/** Many functions of one context ask for the same operation. */
function draftsOfOperation(reading: Reading, operation: Operation): ReadonlyMap<string, Draft> {
  return reading.steps.share("operation params", operation.pointer, [operation], () => {
    const drafts = new Map<string, Draft>();
    for (const parameter of reading.operations.parameters(operation)) {
      const draft = draftOfParameter(parameter);
      drafts.set(draft.name.value, draft);
    }
    return drafts;
  });
}

function draftOfParameter({ value, pointer }: Placed<JsonObject>): Draft {
  const name = own(value, "name");
  const schema = own(value, "schema");
  const content = own(value, "content");
  const inContent =
    content === undefined ? undefined : schemaOfContent(placed(content, child(pointer, "content")));
  return {
    name: placed(typeof name === "string" ? name : "", child(pointer, "name")),
    pointer,
    required: own(value, "required") === true,
    schema: schema === undefined ? inContent : { schema, pointer: child(pointer, "schema") },
    in: own(value, "in") === "path" ? placed("path", child(pointer, "in")) : undefined,
    encoding:
      schema === undefined && inContent !== undefined
        ? placed("json", child(pointer, "content"))
        : undefined,
    plain: schema !== undefined,
  };
}

function schemaOfContent({ value, pointer }: Placed): SchemaAt | undefined {
  if (!isObject(value)) return undefined;
  for (const [media, type] of Object.entries(value)) {
    const schema = isObject(type) ? own(type, "schema") : undefined;
    if (schema !== undefined) {
      return { schema, pointer: child(child(pointer, media), "schema") };
    }
  }
  return undefined;
}

function withDefaults(draft: Draft, other: Draft): Draft {
  const own = draft.schema !== undefined;
  return {
    ...draft,
    required: draft.required ?? other.required,
    schema: draft.schema ?? other.schema,
    in: draft.in ?? other.in,
    encoding: draft.encoding ?? other.encoding,
    plain: own ? undefined : other.plain,
  };
}

function complete(reading: Reading, drafts: readonly Draft[]): ParamEntry[] {
  const taken = new Set<string>();
  return drafts.flatMap((draft) => {
    const { name, schema, pointer } = draft;
    if (taken.has(name.value)) {
      const message = `the param ${quote(name.value)} stands twice`;
      reading.diagnostics.report("E103", name.pointer, message, { part: name.part });
      return [];
    }
    taken.add(name.value);
    if (schema === undefined) {
      reading.diagnostics.report(
        "E103",
        name.pointer,
        `the param ${quote(name.value)} has no schema, neither here nor in "paths"`,
        { help: `write { "name": ${quote(name.value)}, "required": true, "schema": { ... } }` },
      );
      return [];
    }
    const required = draft.required ?? !hasDefault(schema);
    return [
      {
        name,
        pointer,
        required,
        schema,
        in: draft.in,
        encoding: draft.encoding ?? placed(encodingOf(reading, draft, schema, required), pointer),
        encodingDeclared: draft.encoding !== undefined,
        description: draft.description,
        deprecated: draft.deprecated,
        extensions: draft.extensions ?? new Map(),
      },
    ];
  });
}

/** Protocol 3.2: plain where plain text is possible and unambiguous. */
function encodingOf(
  reading: Reading,
  draft: Draft,
  schema: SchemaAt,
  required: boolean,
): "plain" | "json" {
  const { plain, obstacle } = encodableOf(reading.document, schema, required);
  if (plain === null) return "json";
  return obstacle === null || draft.plain === true ? "plain" : "json";
}

function hasDefault({ schema }: SchemaAt): boolean {
  return isObject(schema) && Object.hasOwn(schema, "default");
}
