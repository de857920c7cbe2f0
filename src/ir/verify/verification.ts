import type { Pointer, Related } from "../../diagnostics/diagnostic.js";
import type { DiagnosticCode } from "../../diagnostics/catalogue.js";
import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import { didYouMean, suggest } from "../../diagnostics/suggest.js";
import type { Document } from "../../document/document.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import { SlotIndex } from "../contexts/slot-index.js";
import type { Entry, MutationEntry, NormalForm, ViewEntry } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";
import { declaredMembers } from "../shape/member.js";
import type { SchemaAt } from "../shape/schema-at.js";

/** What every check needs: the normal form, its contexts, and where to report. */
export class Verification {
  readonly document: Document;
  readonly normal: NormalForm;
  readonly contexts: ReadonlyMap<string, ContextGroup>;
  readonly diagnostics: Diagnostics;
  readonly #slots = new Map<ContextGroup, SlotIndex>();
  readonly #inputs = new Map<Entry, ReadonlyMap<string, SchemaAt>>();
  #guesses = 200_000;
  #queryNames: ReadonlySet<string> | undefined;

  constructor(
    document: Document,
    normal: NormalForm,
    contexts: ReadonlyMap<string, ContextGroup>,
    diagnostics: Diagnostics,
  ) {
    this.document = document;
    this.normal = normal;
    this.contexts = contexts;
    this.diagnostics = diagnostics;
  }

  /** The functions that are generated; what is wrong with the others is nobody's business. */
  *included(): Generator<Entry> {
    for (const entry of this.normal.functions) {
      if (!this.normal.excluded.has(entry.name.value)) yield entry;
    }
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
    const known = this.#slots.get(context);
    if (known !== undefined) return known;
    const index = new SlotIndex(this.document, context);
    this.#slots.set(context, index);
    return index;
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
}
