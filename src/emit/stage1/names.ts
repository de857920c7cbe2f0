import type { Api, Context, FunctionNames } from "../../ir/api.js";
import { NameRegistry } from "../../ir/names/name-registry.js";
import { reservedNames } from "../../ir/names/reserved.js";
import type { TypeNode } from "../../ir/type-node.js";
import type { CodeType, Name, Statement, TypeStyle, Value } from "../print/code.js";

/** Extension-less path of a file of the output, as modules name each other. */
export function modulePath(file: string): string {
  return file.replace(/\.ts$/, "");
}

export function kernelType(name: string): Name {
  return { name, from: "kernel/index", typeOnly: true };
}

export function kernelValue(name: string): Name {
  return { name, from: "kernel/index", typeOnly: false };
}

export const contractName: Name = { name: "contract", from: "contract", typeOnly: false };

/** A binding that the module itself declares. */
export function own(name: string): Name {
  return { name, typeOnly: false };
}

export function nameValue(name: Name): Value {
  return { kind: "name", name };
}

/** A parameter of the function that is being built. */
export function parameter(name: string): Value {
  return { kind: "parameter", name };
}

export function json(value: Extract<Value, { kind: "json" }>["value"]): Value {
  return { kind: "json", value };
}

export function generic(name: Name, ...types: CodeType[]): CodeType {
  return { kind: "generic", name, arguments: types };
}

/** A type by its name, declared in the module itself. */
export function ownType(name: string): CodeType {
  return { kind: "generic", name: { name, typeOnly: true }, arguments: [] };
}

/**
 * `export type RenameUserInput = ...`; where the type is a named one that is already called so, that one is passed on, so that the
 * name means one thing in the whole client.
 */
export function exportType(name: string, type: TypeNode | CodeType, style: TypeStyle): Statement {
  if (type.kind === "reference" && type.name === name) {
    return { kind: "pass-on", names: [{ name, from: "types", typeOnly: true }] };
  }
  return { kind: "alias", name, exported: true, type, style };
}

/** How a module refers to a type that {@link exportType} has exported from it. */
export function exportedType(name: string, type: TypeNode | CodeType): CodeType {
  return type.kind === "reference" && type.name === name ? type : ownType(name);
}

/** Names that only the printer needs: constants beside named enums, and forms. They give way to every name of the document. */
export class DerivedNames {
  readonly #registry: NameRegistry;

  constructor(api: Api) {
    this.#registry = new NameRegistry([...reservedNames, ...namesOf(api)]);
  }

  claim(name: string): string {
    return this.#registry.claim(name);
  }
}

function* namesOf(api: Api): Iterable<string> {
  for (const type of api.types) yield type.name;
  for (const context of api.contexts) {
    yield* Object.values(context.names);
    for (const query of context.queries) yield* Object.values(query.names);
  }
  for (const mutation of api.mutations) yield* Object.values(mutation.names);
  for (const view of api.views) yield* Object.values(view.names);
}

/** Finds contexts and their slots by wire name. */
export class Slots {
  readonly #contexts: ReadonlyMap<string, Context>;

  constructor(api: Api) {
    this.#contexts = new Map(api.contexts.map((context) => [context.wireName, context]));
  }

  /** The type of a context's bundle, as its module exports it; null for what is not in the document, such as `*`. */
  dataOf(context: string): Name | null {
    const found = this.#contexts.get(context);
    return found === undefined
      ? null
      : { name: found.names.data, from: modulePath(found.file), typeOnly: true };
  }

  /** The type of a slot's value, as its context's module exports it; null for what is not in the document. */
  outputOf(context: string, slot: string): Name | null {
    const found = this.#contexts.get(context);
    const names = found?.queries.find((query) => query.slot === slot)?.names;
    if (found === undefined || names === undefined) return null;
    return { name: names.output, from: modulePath(found.file), typeOnly: true };
  }
}

export type { FunctionNames };
