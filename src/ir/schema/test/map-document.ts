import { expect } from "vitest";
import type { Diagnostic } from "../../../diagnostics/diagnostic.js";
import { Diagnostics } from "../../../diagnostics/diagnostics.js";
import type { Document, JsonValue } from "../../../document/document.js";
import { readDocument } from "../../../document/read-document.js";
import type { NamedType } from "../../api.js";
import { NameRegistry } from "../../names/name-registry.js";
import type { Direction, TypeNode } from "../../type-node.js";
import { EveryStep } from "../../steps/steps.js";
import { SchemaMapper, type MappingOptions, type Media } from "../schema-mapper.js";
import { printType } from "./print-type.js";

export type Components = Readonly<Record<string, unknown>>;

/** A schema of a function: what it is, and how it travels. */
export interface Use {
  readonly schema: unknown;
  readonly direction: Direction;
  readonly media?: Media;
}

export interface MapOptions extends Partial<MappingOptions> {
  readonly openapi?: string;
}

export interface Mapped {
  /** What each use became. */
  readonly roots: readonly TypeNode[];
  readonly types: readonly NamedType[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a document whose functions are the uses; each stands at `#/x-mizan-functions/f<index>/schema`. */
export async function openDocument(
  uses: readonly Use[],
  components: Components | string = {},
  openapi = "3.1.0",
): Promise<Document> {
  const functions = uses.map(({ schema }, index) => [`f${index}`, { schema }]);
  const schemas = typeof components === "string" ? components : JSON.stringify(components);
  const content = `{
    "openapi": ${JSON.stringify(openapi)},
    "info": { "title": "Test", "version": "1" },
    "paths": {},
    "x-mizan-functions": ${JSON.stringify(Object.fromEntries(functions))},
    "components": { "schemas": ${schemas} }
  }`;
  const diagnostics = new Diagnostics();
  const document = await readDocument({ kind: "text", content }, {}, diagnostics);
  if (document === null) throw new Error(JSON.stringify(diagnostics.all));
  return document;
}

export interface Bench {
  readonly mapper: SchemaMapper;
  readonly diagnostics: Diagnostics;
  readonly registry: NameRegistry;
}

export function mapperFor(document: Document, options: MapOptions = {}): Bench {
  const diagnostics = new Diagnostics();
  const registry = new NameRegistry();
  const all: MappingOptions = { outputDefaults: "present", int64: "number", ...options };
  return {
    mapper: new SchemaMapper(new EveryStep(document, diagnostics), all, registry),
    diagnostics,
    registry,
  };
}

export function mapUses(
  document: Document,
  uses: readonly Use[],
  options: MapOptions = {},
): Mapped {
  const { mapper, diagnostics } = mapperFor(document, options);
  const nodes = uses.map(({ direction, media = "json" }, index) => {
    const pointer = `#/x-mizan-functions/f${index}/schema`;
    const schema: JsonValue = document.valueAt(pointer) ?? null;
    return mapper.map({ schema, pointer }, direction, media);
  });
  const { types, resolve } = mapper.finish();
  return { roots: nodes.map((node) => resolve(node)), types, diagnostics: diagnostics.all };
}

export async function mapDocument(
  uses: readonly Use[],
  components: Components | string = {},
  options: MapOptions = {},
): Promise<Mapped> {
  return mapUses(await openDocument(uses, components, options.openapi), uses, options);
}

/** The types of one schema, IN and OUT, each as if it were the only use. */
export async function mapBothWays(
  schema: unknown,
  components: Components | string = {},
  options: MapOptions = {},
): Promise<{ in: string; out: string; codes: string[] }> {
  const input = await mapDocument([{ schema, direction: "in" }], components, options);
  const output = await mapDocument([{ schema, direction: "out" }], components, options);
  expect(codesOf(output)).toEqual(codesOf(input));
  return {
    in: input.roots.map(printType).join(),
    out: output.roots.map(printType).join(),
    codes: codesOf(input),
  };
}

/** The component `X` as a function's input and another's output see it, with the names of its types. */
export async function mapComponents(
  components: Components | string,
  uses: readonly (Direction | Use)[] = ["in", "out"],
  options: MapOptions = {},
): Promise<Record<string, string> & { $roots?: never }> {
  const ref = { $ref: "#/components/schemas/X" };
  const mapped = await mapDocument(
    uses.map((use) => (typeof use === "string" ? { schema: ref, direction: use } : use)),
    components,
    options,
  );
  expect(mapped.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return typesByName(mapped);
}

export function typesByName(mapped: Mapped): Record<string, string> {
  return Object.fromEntries(mapped.types.map(({ name, type }) => [name, printType(type)]));
}

export function codesOf({
  diagnostics,
}: {
  readonly diagnostics: readonly Diagnostic[];
}): string[] {
  return diagnostics.map(({ code }) => code);
}

export function placesOf(mapped: Mapped): string[] {
  return mapped.diagnostics.map(({ code, pointer }) => `${code} ${pointer ?? ""}`).sort();
}
