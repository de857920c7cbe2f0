import type { Affect, Auth, DeclaredError, Merge, Param } from "../api.js";
import type { Entry, MutationEntry, ViewEntry } from "../normalise/normal-form.js";
import type { MappedTypes } from "../schema/schema-mapper.js";
import type { TypeNode } from "../type-node.js";
import { slotOf } from "../contexts/group-contexts.js";
import type { Source, StepKind, Steps } from "../steps/steps.js";
import type { ResolvedTargets } from "../verify/resolve-targets.js";
import type { Verified } from "../verify/verify-contract.js";
import type { Addresses } from "./addresses.js";
import { docsOfEntry } from "./docs-of-entry.js";
import type { MappedFunctions } from "./map-functions.js";
import type { ChosenNames } from "./name-functions.js";

export interface AssemblyParts {
  readonly steps: Steps;
  readonly verified: Verified;
  readonly mapped: MappedFunctions;
  readonly types: MappedTypes;
  readonly names: ChosenNames;
  readonly addresses: Addresses;
}

/** Puts together what the steps before have found out; every type resolved on the way. */
export class ApiAssembly {
  readonly steps: Steps;
  readonly mapped: MappedFunctions;
  readonly names: ChosenNames;
  readonly addresses: Addresses;
  /** Whether a query is generated. */
  readonly isQuery: Source<boolean>;
  /** A named type. */
  readonly namedType: Source<TypeNode | undefined>;
  /** The identifier of a function by its wire name. */
  readonly nameOf: Source<string | undefined>;
  readonly #verified: Verified;
  readonly #types: MappedTypes;
  readonly #isContext: Source<boolean>;
  readonly #isSlot: Source<boolean>;

  constructor(parts: AssemblyParts) {
    const { steps } = parts;
    this.steps = steps;
    this.mapped = parts.mapped;
    this.names = parts.names;
    this.addresses = parts.addresses;
    this.#verified = parts.verified;
    this.#types = parts.types;
    const { contexts, queries } = parts.mapped;
    const queryNames = new Set([...queries.keys()].map(({ name }) => name.value));
    const types = new Map(parts.types.types.map(({ name, type }) => [name, type]));
    const slots = new Set(
      [...queries.keys()].map((query) => slotKey(query.context.value, slotOf(query))),
    );
    this.isQuery = steps.source("generated query", (name) => queryNames.has(name));
    this.namedType = steps.source("named type", (name) => types.get(name));
    this.nameOf = steps.source("identifier", (name) => parts.names.values.get(name));
    this.#isContext = steps.source("generated context", (name) => contexts.has(name));
    this.#isSlot = steps.source("generated slot", (context, slot = "") =>
      slots.has(slotKey(context, slot)),
    );
  }

  /** Builds what was mapped and has names: a step for each function. */
  each<Of extends MutationEntry | ViewEntry, Mapped, Names, Built>(
    kind: StepKind,
    mapped: ReadonlyMap<Of, Mapped>,
    names: ReadonlyMap<Entry, Names>,
    build: (entry: Of, mapped: Mapped, names: Names) => Built,
  ): Built[] {
    const parts = [...mapped].flatMap(([entry, one]): [Of, Mapped, Names][] => {
      const chosen = names.get(entry);
      return chosen === undefined ? [] : [[entry, one, chosen]];
    });
    return this.steps.each(
      kind,
      parts,
      ([{ pointer }]) => pointer,
      (all, add) => {
        all.forEach(add);
        add(this.targets(all[0]));
      },
      (all) => build(...all),
    );
  }

  type(node: TypeNode): TypeNode {
    return this.#types.resolve(node);
  }

  param(param: Param): Param {
    return { ...param, type: this.type(param.type) };
  }

  /** What functions of every kind have. */
  base(entry: Entry, errors: readonly DeclaredError[]) {
    const { summary, description, deprecated, examples, module } = entry;
    const words = docsOfEntry({ summary, description, deprecated, examples }, (name) =>
      this.nameOf(name),
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

  /** What was found out about a function's targets. */
  targets(entry: MutationEntry | ViewEntry): ResolvedTargets | undefined {
    return this.#verified.targets.get(entry);
  }

  /** The merges into slots that are generated; the others reach nothing that the client knows. */
  merges(entry: MutationEntry): Merge[] {
    return (this.targets(entry)?.merges ?? [])
      .map(({ merge }) => merge)
      .filter(({ context, slot }) => this.#isSlot(context, slot));
  }

  affects(entry: MutationEntry | ViewEntry): Affect[] {
    return (this.targets(entry)?.affects ?? [])
      .map(({ affect }) => affect)
      .filter(({ context }) => context === "*" || this.#isContext(context));
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
