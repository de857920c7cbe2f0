import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document } from "../../document/document.js";
import { StepNumbers } from "./step-numbers.js";

/** What the steps of one kind have in common; the memory of a step is found by its kind and its key. */
export type StepKind =
  | "operations"
  | "operation index"
  | "operation params"
  | "context entry"
  | "entry"
  | "slot"
  | "slots"
  | "context checks"
  | "entry checks"
  | "names that fall together"
  | "declared checks"
  | "operation checks"
  | "context operation checks"
  | "survey"
  | "look"
  | "looks"
  | "component names"
  | "names"
  | "all names"
  | "all types"
  | "type plan"
  | "structure"
  | "type names"
  | "context group"
  | "discriminator"
  | "unit"
  | "context params"
  | "query"
  | "mapped mutation"
  | "mapped view"
  | "named tree"
  | "named type"
  | "context"
  | "mutation"
  | "view";

/** Answers to questions about one build as a whole. A step that asked is done again when the answer is another. */
export type Source<Answer> = (a: string, b?: string) => Answer;

/** Adds what the step of an item is given. */
export type Inputs<Item> = (item: Item, add: (input: unknown) => void) => void;

/** A number for each key. */
export interface Numbers {
  of(key: string): number;
  /** The key that has a number; undefined for one that was not given. */
  keyOf(number: number): string | undefined;
}

/**
 * The steps of one build of the IR. A step is a pure function of its inputs, which it gets by identity, of what it asks the document,
 * and of what it asks sources; so a build that remembers another may leave out those whose answers are what they were.
 */
export interface Steps {
  /** The document as steps have to see it: what they ask is noted. */
  readonly document: Document;
  /** Where steps report: what they report is noted. */
  readonly diagnostics: Diagnostics;
  /** Something that steps depend on. Said before those that do. */
  assume(what: string, value: string): void;
  /** One step, done once in a build. `key` is unique within its kind; `inputs` are compared by identity. */
  run<Value>(kind: StepKind, key: string, inputs: readonly unknown[], work: () => Value): Value;
  /**
   * A step for each item, in their order. Items that did not change are looked at in bulk.
   *
   * @param then gets each value, be it remembered, before the next step is done
   */
  each<Item, Value>(
    kind: StepKind,
    items: Iterable<Item>,
    keyOf: (item: Item) => string,
    inputsOf: Inputs<Item>,
    work: (item: Item) => Value,
    then?: (value: Value) => void,
  ): Value[];
  /** A step that several others lead to: its value is kept for the build. It reports nothing. */
  share<Value>(kind: StepKind, key: string, inputs: readonly unknown[], work: () => Value): Value;
  /** A step that asks nothing that its inputs do not say: whatever it leads to, only they are looked at. */
  closed<Value>(kind: StepKind, inputs: readonly unknown[], work: () => Value): Value;
  /** A source of answers that are compared by identity. */
  source<Answer>(name: string, ask: Source<Answer>): Source<Answer>;
  /** The same for answers that change during a build. */
  changingSource<Answer>(name: string, ask: Source<Answer>): Source<Answer>;
  /** Numbers of things, which stay the same from build to build: values of steps may hold them. */
  readonly numbers: Numbers;
}

interface Shared {
  readonly inputs: readonly unknown[];
  readonly value: unknown;
}

export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Steps of a build that nothing is remembered of: each is done. */
export class EveryStep implements Steps {
  readonly document: Document;
  readonly diagnostics: Diagnostics;
  readonly numbers: Numbers = new StepNumbers();
  readonly #shared = new Map<StepKind, Map<string, Shared>>();

  constructor(document: Document, diagnostics: Diagnostics) {
    this.document = document;
    this.diagnostics = diagnostics;
  }

  assume(): void {
    // Nothing is remembered that could depend on it.
  }

  run<Value>(_kind: StepKind, _key: string, _inputs: readonly unknown[], work: () => Value): Value {
    return work();
  }

  each<Item, Value>(
    _kind: StepKind,
    items: Iterable<Item>,
    _keyOf: (item: Item) => string,
    _inputsOf: Inputs<Item>,
    work: (item: Item) => Value,
    then?: (value: Value) => void,
  ): Value[] {
    return Array.from(items, (item) => {
      const value = work(item);
      then?.(value);
      return value;
    });
  }

  share<Value>(kind: StepKind, key: string, inputs: readonly unknown[], work: () => Value): Value {
    let values = this.#shared.get(kind);
    if (values === undefined) this.#shared.set(kind, (values = new Map<string, Shared>()));
    const known = values.get(key);
    if (known !== undefined && isSameList(known.inputs, inputs)) return known.value as Value;
    const value = work();
    values.set(key, { inputs, value });
    return value;
  }

  closed<Value>(_kind: StepKind, _inputs: readonly unknown[], work: () => Value): Value {
    return work();
  }

  source<Answer>(_name: string, ask: Source<Answer>): Source<Answer> {
    return ask;
  }

  changingSource<Answer>(_name: string, ask: Source<Answer>): Source<Answer> {
    return ask;
  }
}
