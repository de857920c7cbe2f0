import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import { quote } from "../../diagnostics/quote.js";
import type { ContextNames, FunctionNames, ViewNames } from "../api.js";
import type { Source, Steps } from "../steps/steps.js";
import { FileNames, toFileName } from "../names/file-names.js";
import type { NameRegistry } from "../names/name-registry.js";
import { reservedNames, toValueName } from "../names/reserved.js";
import { toCamelCase, toPascalCase } from "../names/words.js";
import type { Entry } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";

/** What the names of one function depend on beside its wire name: the names of the types that it takes and gives, where they have one. */
export interface FunctionTypes {
  readonly input: string | null;
  readonly output: string | null;
}

type Folder = "contexts" | "mutations" | "views";

interface FileClaim {
  readonly folder: Folder;
  readonly name: string;
}

/** Names, and all that was given away for them. */
export interface Choice<Names> {
  readonly names: Names;
  readonly claimed: readonly string[];
  readonly files: readonly FileClaim[];
}

export type NamedEntry = Pick<Entry, "name" | "kind">;

/** What was named before. */
export interface GivenNames {
  /** Names that components ask for, generated or not. */
  readonly components: ReadonlySet<string>;
  /** Names of the generated types. The mapper keeps more: `CreateOrderInput` for a second form of `CreateOrder`. */
  readonly types: ReadonlySet<string>;
  /** Wire names of functions that are left out, whose names are nobody's business. */
  readonly excluded: ReadonlySet<string>;
}

/**
 * Gives functions and contexts their names, in document order and after the named types, so that a function that is added at the
 * end renames nothing. Excluded functions take part: leaving one out renames nothing either.
 */
export class ClientNames {
  readonly #registry: NameRegistry;
  readonly #diagnostics: Diagnostics;
  readonly #given: GivenNames;
  /** What a choice depends on beside what asks for it. */
  readonly #asks: {
    readonly isTaken: Source<boolean>;
    readonly isFileTaken: Source<boolean>;
    readonly isComponent: Source<boolean>;
    readonly isType: Source<boolean>;
    /** Another answer each time: such a choice is made anew in each build. */
    readonly uncertain: Source<object>;
  };
  #claimed: string[] = [];
  #claimedFiles: FileClaim[] = [];
  readonly #files = {
    contexts: new FileNames(),
    mutations: new FileNames(),
    views: new FileNames(),
  };

  constructor(steps: Steps, registry: NameRegistry, given: GivenNames) {
    this.#registry = registry;
    this.#given = given;
    this.#diagnostics = steps.diagnostics;
    this.#asks = {
      isTaken: steps.changingSource("taken name", (name) => registry.has(name)),
      isFileTaken: steps.changingSource("taken file", (name, folder) =>
        this.#files[folder as Folder].has(name),
      ),
      isComponent: steps.source("name of component", (name) => given.components.has(name)),
      isType: steps.source("name of type", (name) => given.types.has(name)),
      uncertain: steps.changingSource("uncertain", () => ({})),
    };
  }

  /** What `choose` gives, and what it has claimed, so that the next build can `take` it. */
  claimsOf<Names>(choose: () => Names): Choice<Names> {
    this.#claimed = [];
    this.#claimedFiles = [];
    const names = choose();
    return { names, claimed: this.#claimed, files: this.#claimedFiles };
  }

  /** Takes what a choice has claimed. Nothing happens where it was just made. */
  take({ claimed, files }: Choice<unknown>): void {
    this.#registry.take(claimed);
    for (const { folder, name } of files) this.#files[folder].take([name]);
  }

  context(name: Placed<string>): ContextNames {
    const stem = toPascalCase(`${name.value}_context`);
    return {
      value: this.#claim(toCamelCase(`${name.value}_context`), name),
      stem: this.#stem(stem),
      params: this.#type(`${stem}Params`, name),
      data: this.#type(`${stem}Data`, name),
      fetch: this.#claim(`fetch${stem}`, name),
    };
  }

  function({ name, kind }: NamedEntry, types: FunctionTypes): FunctionNames {
    const stem = toPascalCase(name.value);
    return {
      value: this.#claim(toValueName(name.value), name),
      stem: this.#stem(stem),
      input:
        kind === "query"
          ? this.#paramsType(stem, name)
          : this.#typeOf(`${stem}Input`, types.input, name),
      output: this.#typeOf(`${stem}Output`, types.output, name),
      error: this.#type(`${stem}Error`, name),
      isError: this.#claim(`is${stem}Error`, name),
    };
  }

  view({ name }: NamedEntry, body: string | null): ViewNames {
    const stem = toPascalCase(name.value);
    return {
      value: this.#claim(toValueName(name.value), name),
      stem: this.#stem(stem),
      input: this.#paramsType(stem, name),
      body: this.#typeOf(`${stem}Body`, body, name),
      error: this.#type(`${stem}Error`, name),
      isError: this.#claim(`is${stem}Error`, name),
      url: this.#claim(`${toCamelCase(name.value)}Url`, name),
      fetch: this.#claim(`fetch${stem}`, name),
    };
  }

  file(folder: Folder, wireName: string): string {
    const preferred = toFileName(wireName);
    if (this.#asks.isFileTaken(preferred, folder)) this.#asks.uncertain("");
    const name = this.#files[folder].claim(wireName);
    this.#claimedFiles.push({ folder, name });
    return `${folder}/${name}.ts`;
  }

  /** The stem whose hook (`useRenameUser`) and form hook are free: those are all that is called by it alone. */
  #stem(stem: string): string {
    const namesFor = (each: string): { hook: string; formHook: string } => ({
      hook: `use${each}`,
      formHook: `use${each}Form`,
    });
    for (const name of Object.values(namesFor(stem))) {
      if (this.#asks.isTaken(name)) this.#asks.uncertain("");
    }
    const { hook, formHook } = this.#registry.claimGroup(stem, namesFor);
    this.#claimed.push(hook, formHook);
    return hook.slice("use".length);
  }

  /**
   * The name of a function's type. Where the type is a named one that is already called so, the function means that one; where the
   * name is kept for a form of that very type which nobody needs, it is free.
   */
  #typeOf(preferred: string, type: string | null, name: Placed<string>): string {
    if (type !== null) {
      if (type === preferred) return preferred;
      const isSecondForm = preferred === `${type}Input` || preferred === `${type}Output`;
      const { isComponent, isType, isTaken } = this.#asks;
      const isFree = !isComponent(preferred) && !isType(preferred);
      if (isSecondForm && isFree && isTaken(preferred)) return preferred;
    }
    return this.#type(preferred, name);
  }

  /** A query `user` beside a model `User` that has an input form is common: its params step aside without a number. */
  #paramsType(stem: string, name: Placed<string>): string {
    const { isTaken } = this.#asks;
    const isFree = !isTaken(`${stem}Input`) || isTaken(`${stem}Params`);
    return this.#type(isFree ? `${stem}Input` : `${stem}Params`, name);
  }

  #type(preferred: string, name: Placed<string>): string {
    return this.#claim(reservedNames.has(preferred) ? `${preferred}Type` : preferred, name);
  }

  /** Who has a name. */
  #holder(name: string): string {
    const { components, types } = this.#given;
    const [, type, form] = /^(.+)(Input|Output)$/.exec(name) ?? [];
    const isKept =
      type !== undefined && types.has(type) && !types.has(name) && !components.has(name);
    return isKept
      ? `which is kept for the ${form === "Input" ? "input" : "output"} form of the type ${quote(type)}`
      : "which is taken";
  }

  #claim(preferred: string, { value, pointer, part }: Placed<string>): string {
    // Which number it gets depends on who else asks.
    if (this.#asks.isTaken(preferred)) this.#asks.uncertain("");
    const name = this.#registry.claim(preferred);
    this.#claimed.push(name);
    if (name !== preferred && !this.#given.excluded.has(value)) {
      const message = `${quote(value)} asks for the name ${quote(preferred)}, ${this.#holder(preferred)}: it is called ${quote(name)}`;
      this.#diagnostics.report("W160", pointer, message, { part });
    }
    return name;
  }
}
