import type { Pointer, Related } from "../../diagnostics/diagnostic.js";
import type { DiagnosticCode } from "../../diagnostics/catalogue.js";
import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import { didYouMean, suggest } from "../../diagnostics/suggest.js";
import type { Document } from "../../document/document.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import { slotsOf, type SlotIndex } from "../contexts/slot-index.js";
import type { Entry, MutationEntry, NormalForm, ViewEntry } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";
import { declaredMembers } from "../shape/member.js";
import type { SchemaAt } from "../shape/schema-at.js";
import type { Source, Steps } from "../steps/steps.js";

/** What every check needs: the normal form, its contexts, and where to report. */
export class Verification {
  readonly steps: Steps;
  readonly document: Document;
  readonly normal: NormalForm;
  readonly contexts: ReadonlyMap<string, ContextGroup>;
  readonly diagnostics: Diagnostics;
  readonly #inputs = new Map<Entry, ReadonlyMap<string, SchemaAt>>();
  #guesses = 200_000;
  #queryNames: ReadonlySet<string> | undefined;
  /** A context by its name. */
  readonly context: Source<ContextGroup | undefined>;
  /** Whether there is a query of a name, be it one that is left out. */
  readonly isQuery: Source<boolean>;

  constructor(steps: Steps, normal: NormalForm, contexts: ReadonlyMap<string, ContextGroup>) {
    this.steps = steps;
    this.document = steps.document;
    this.normal = normal;
    this.contexts = contexts;
    this.diagnostics = steps.diagnostics;
    this.context = steps.source("context", (name) => contexts.get(name));
    this.isQuery = steps.source("query", (name) => this.queryNames.has(name));
  }

  /** The functions that are generated; what is wrong with the others is nobody's business. */
  get included(): readonly Entry[] {
    const { functions, excluded } = this.normal;
    return functions.filter(({ name }) => !excluded.has(name.value));
  }

  /** Names of all queries, also of those that are left out. */
  get queryNames(): ReadonlySet<string> {
    this.#queryNames ??= new Set(
      this.normal.functions.flatMap(({ kind, name }) => (kind === "query" ? [name.value] : [])),
    );
    return this.#queryNames;
  }

  /** ` (did you mean "user"?)`, or nothing. A document with endless mistakes is not worth endless guesses. */
  nearest(name: string, candidates: Iterable<string>): string {
    const names = [...candidates];
    if (names.length > this.#guesses) return "";
    this.#guesses -= names.length;
    return didYouMean(suggest(name, names));
  }

  /** The top-level members of what a mutation or view takes: for a view its params and the members of its body. */
  inputOf(entry: MutationEntry | ViewEntry): ReadonlyMap<string, SchemaAt> {
    const known = this.#inputs.get(entry);
    if (known !== undefined) return known;
    const members = new Map<string, SchemaAt>();
    if (entry.kind === "view") {
      for (const { name, schema } of entry.params) members.set(name.value, schema);
    }
    if (entry.input !== null && entry.input !== undefined) {
      for (const [name, { at }] of declaredMembers(this.document, entry.input)) {
        if (!members.has(name)) members.set(name, at);
      }
    }
    this.#inputs.set(entry, members);
    return members;
  }

  slotsOf(context: ContextGroup): SlotIndex {
    return slotsOf(this.steps, context);
  }

  /** Reports about a value of the normal form, at its own place. */
  report(
    code: DiagnosticCode,
    where: Placed<unknown> | { readonly pointer: Pointer },
    message: string,
    options: { readonly help?: string | undefined; readonly related?: readonly Related[] } = {},
  ): void {
    const part = "part" in where ? where.part : undefined;
    this.diagnostics.report(code, where.pointer, message, { ...options, part });
  }

  /** For what several functions may share: a param that is read from `paths`. */
  reportOnce(
    code: DiagnosticCode,
    { pointer }: { readonly pointer: Pointer },
    message: string,
    options: { readonly help?: string | undefined } = {},
  ): void {
    this.diagnostics.reportOnce(code, pointer, message, options);
  }
}
