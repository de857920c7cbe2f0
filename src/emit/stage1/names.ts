import type { Api, FunctionNames } from "../../ir/api.js";
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
  readonly #api: Api;
  /** Most clients have none of these names, and need not be searched for what they must not be. */
  #registry: NameRegistry | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  claim(name: string): string {
    this.#registry ??= new NameRegistry([...reservedNames, ...namesOf(this.#api)]);
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

export type { FunctionNames };
