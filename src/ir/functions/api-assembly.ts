import type { Document } from "../../document/document.js";
import type { Affect, Auth, DeclaredError, Merge, Param } from "../api.js";
import type { Entry, MutationEntry, NormalForm, ViewEntry } from "../normalise/normal-form.js";
import type { MappedTypes } from "../schema/schema-mapper.js";
import type { TypeNode } from "../type-node.js";
import type { Verified } from "../verify/verify-contract.js";
import type { Addresses } from "./addresses.js";
import { docsOfEntry } from "./docs-of-entry.js";
import type { MappedFunctions } from "./map-functions.js";
import type { ChosenNames } from "./name-functions.js";

export interface AssemblyParts {
  readonly document: Document;
  readonly normal: NormalForm;
  readonly verified: Verified;
  readonly mapped: MappedFunctions;
  readonly types: MappedTypes;
  readonly names: ChosenNames;
  readonly addresses: Addresses;
}

/** Puts together what the steps before have found out; every type resolved on the way. */
export class ApiAssembly {
  readonly document: Document;
  readonly normal: NormalForm;
  readonly mapped: MappedFunctions;
  readonly names: ChosenNames;
  readonly addresses: Addresses;
  /** Names of the queries that are generated. */
  readonly queryNames: ReadonlySet<string>;
  readonly #verified: Verified;
  readonly #types: MappedTypes;
  readonly #namedTypes: ReadonlyMap<string, TypeNode>;
  /** `context slot` of the slots that are generated. */
  readonly #slots: ReadonlySet<string>;

  constructor(parts: AssemblyParts) {
    this.document = parts.document;
    this.normal = parts.normal;
    this.mapped = parts.mapped;
    this.names = parts.names;
    this.addresses = parts.addresses;
    this.queryNames = new Set([...parts.mapped.queries.keys()].map(({ name }) => name.value));
    this.#verified = parts.verified;
    this.#types = parts.types;
    this.#namedTypes = new Map(parts.types.types.map(({ name, type }) => [name, type]));
    this.#slots = new Set(
      [...parts.mapped.queries.keys()].map((query) =>
        slotKey(query.context.value, (query.slot ?? query.name).value),
      ),
    );
  }

  type(node: TypeNode): TypeNode {
    return this.#types.resolve(node);
  }

  namedType(name: string): TypeNode | undefined {
    return this.#namedTypes.get(name);
  }

  param(param: Param): Param {
    return { ...param, type: this.type(param.type) };
  }

  /** What functions of every kind have. */
  base(entry: Entry, errors: readonly DeclaredError[]) {
    const { summary, description, deprecated, examples, module } = entry;
    const words = docsOfEntry({ summary, description, deprecated, examples }, (name) =>
      this.names.values.get(name),
    );
    return {
      wireName: entry.name.value,
      pointer: entry.pointer,
      ...(module === undefined ? {} : { module: module.value }),
      tags: (entry.tags ?? []).map(({ value }) => value),
      stability: entry.stability?.value ?? "stable",
      auth: authOf(entry),
      errors: errors.map((error) => ({
        ...error,
        data: error.data === null ? null : this.type(error.data),
      })),
      ...(words === undefined ? {} : { docs: words }),
    } as const;
  }

  /** The merges into slots that are generated; the others reach nothing that the client knows. */
  merges(entry: MutationEntry): Merge[] {
    const targets = this.#verified.targets.get(entry);
    return (targets?.merges ?? [])
      .map(({ merge }) => merge)
      .filter(({ context, slot }) => this.#slots.has(slotKey(context, slot)));
  }

  affects(entry: MutationEntry | ViewEntry): Affect[] {
    const targets = this.#verified.targets.get(entry);
    return (targets?.affects ?? [])
      .map(({ affect }) => affect)
      .filter(({ context }) => context === "*" || this.mapped.contexts.has(context));
  }
}

function slotKey(context: string, slot: string): string {
  return `${context} ${slot}`;
}

function authOf({ auth }: Entry): Auth {
  return {
    mode: auth.mode.value,
    permissions: (auth.permissions ?? []).map(({ value }) => value),
    schemes: (auth.schemes ?? []).map(({ value }) => value),
  };
}
