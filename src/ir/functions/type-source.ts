import type { Document } from "../../document/document.js";
import type { DeclaredError, Param, ParamCodec } from "../api.js";
import type { Docs } from "../docs.js";
import type { Entry, ParamEntry } from "../normalise/normal-form.js";
import { docsOf } from "../schema/docs-of.js";
import { SchemaReader } from "../schema/schema-reader.js";
import type { Media, SchemaMapper } from "../schema/schema-mapper.js";
import { encodableOf } from "../shape/codec.js";
import type { SchemaAt } from "../shape/schema-at.js";
import type { StepKind, Steps } from "../steps/steps.js";
import type { Direction, Member, TypeNode } from "../type-node.js";
import { docs } from "./docs-of-entry.js";

/** Schemas of functions as types. Types are provisional until the mapper has finished. */
export class TypeSource {
  readonly document: Document;
  readonly #steps: Steps;
  readonly #mapper: SchemaMapper;
  readonly #reader: SchemaReader;
  readonly #broken: ReadonlySet<string>;

  constructor(steps: Steps, mapper: SchemaMapper, broken: ReadonlySet<string>) {
    this.document = steps.document;
    this.#steps = steps;
    this.#mapper = mapper;
    this.#reader = new SchemaReader(steps.document, steps.diagnostics);
    this.#broken = broken;
  }

  /** Steps that map schemas. The named types that they lead to are used, whether they are done or remembered. */
  each<Item, Value>(
    kind: StepKind,
    items: Iterable<Item>,
    keyOf: (item: Item) => string,
    inputOf: (item: Item) => unknown,
    work: (item: Item) => Value,
  ): Value[] {
    const mapped = this.#steps.each(
      kind,
      items,
      keyOf,
      (item, add) => add(inputOf(item)),
      (item) => this.#mapper.usesOf(() => work(item)),
    );
    return mapped.map(({ value, uses }) => {
      this.#mapper.use(uses);
      return value;
    });
  }

  /** The type of a schema; of one that is broken, which is reported already, anything. */
  map(at: SchemaAt, direction: Direction, media: Media = "json"): TypeNode {
    return this.#broken.has(at.pointer)
      ? { kind: "unknown" }
      : this.#mapper.map(at, direction, media);
  }

  param(entry: ParamEntry, required: boolean): Param {
    const own = docs(undefined, entry.description?.value, entry.deprecated?.value || undefined);
    const ofSchema = this.#docsOf(entry.schema, entry.name.value);
    const all = { ...ofSchema, ...own };
    return {
      name: entry.name.value,
      in: entry.in?.value ?? "query",
      required,
      codec: this.#codec(entry, required),
      type: this.map(entry.schema, "in"),
      ...(Object.keys(all).length === 0 ? {} : { docs: all }),
    };
  }

  #docsOf(at: SchemaAt, name: string): Docs | undefined {
    return this.#broken.has(at.pointer) ? undefined : docsOf(this.#reader, at, name);
  }

  #codec(entry: ParamEntry, required: boolean): ParamCodec {
    if (entry.encoding.value === "json") return "json";
    return encodableOf(this.document, entry.schema, required).plain ?? "json";
  }

  errors(entry: Entry): DeclaredError[] {
    return (entry.errors ?? []).map(({ code, status, schema, description }) => ({
      code: code.value,
      status: status.value,
      data: schema === undefined ? null : this.map(schema, "out"),
      ...(description === undefined ? {} : { docs: { description: description.value } }),
    }));
  }
}

/** Params as the members of an object. */
export function membersOfParams(
  params: readonly Param[],
  isRequired: (param: Param) => boolean,
): Member[] {
  return params.map((param) => ({
    name: param.name,
    type: param.type,
    optional: !isRequired(param),
    ...(param.docs === undefined ? {} : { docs: param.docs }),
  }));
}
