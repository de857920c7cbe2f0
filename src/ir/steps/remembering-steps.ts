import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document, Resolution } from "../../document/document.js";
import { bulksOf } from "./bulks.js";
import type { Asked, StepMemory, StepRecord } from "./step-memory.js";
import {
  isSameList,
  type Numbers,
  type Source,
  type StepIdentity,
  type StepKind,
  type Steps,
} from "./steps.js";
import { WatchedDocument } from "./watched-document.js";

interface AnySource {
  readonly ask: (a: string, b?: string) => unknown;
  readonly isSame: (before: unknown, now: unknown) => boolean;
}

/**
 * Steps of a build that remembers the one before: a step is left out when its inputs are the same objects and all that it asked, itself
 * and through the steps it led to, is answered as it was; then what it reported is reported again.
 */
export class RememberingSteps implements Steps {
  readonly document: Document;
  readonly diagnostics: Diagnostics;
  readonly numbers: Numbers;
  readonly #memory: StepMemory;
  readonly #sources = new Map<string, AnySource>();
  #open: StepRecord | null = null;
  /** What the open step has asked so far. */
  #asked: Asked[] = [];

  constructor(document: Document, diagnostics: Diagnostics, memory: StepMemory) {
    this.#memory = memory;
    memory.begin();
    this.numbers = memory.numbers;
    this.diagnostics = new ListeningDiagnostics(diagnostics, (finding, once) =>
      this.#open?.reported.push({ finding, once }),
    );
    const note = (source: string, a: string, b: string | undefined, answer: unknown): void => {
      this.#note({ source, a, b, answer });
    };
    const watched = new WatchedDocument(document, note);
    this.document = watched;
    const identical = (before: unknown, now: unknown): boolean => before === now;
    const sources: [string, AnySource][] = [
      ["root", { ask: () => document.root, isSame: identical }],
      ["value", { ask: (pointer) => document.valueAt(pointer), isSame: identical }],
      ["inexact", { ask: (pointer) => document.inexactNumberAt(pointer), isSame: identical }],
      [
        "resolve",
        { ask: (reference, from = "") => document.resolve(reference, from), isSame: isSameTarget },
      ],
    ];
    for (const [name, source] of sources) this.#sources.set(name, source);
  }

  assume(what: string, value: string): void {
    const before = this.#memory.assumed.get(what);
    if (before === value) return;
    if (before !== undefined) {
      // The others are what this build has said so far.
      const { assumed } = this.#memory;
      const others = [...assumed];
      this.#memory.forget();
      for (const [key, other] of others) assumed.set(key, other);
    }
    this.#memory.assumed.set(what, value);
  }

  run<Value>(kind: StepKind, key: string, inputs: readonly unknown[], work: () => Value): Value {
    return this.#run(kind, key, inputs, work, false);
  }

  #run<Value>(
    kind: string,
    key: string,
    inputs: readonly unknown[],
    work: () => Value,
    isBulk: boolean,
  ): Value {
    const records = tableOf(this.#memory.records, kind);
    const known = records.get(key);
    let record: StepRecord;
    if (known !== undefined && isSameList(known.inputs, inputs) && this.#holds(known)) {
      record = known;
      for (const { finding, once } of known.reported) {
        if (once) this.diagnostics.addOnce(finding);
        else this.diagnostics.add(finding);
      }
    } else {
      record = this.#do(inputs, work, isBulk);
      if (record.isSound) records.set(key, record);
      else records.delete(key);
    }
    const outer = this.#open;
    if (outer !== null) {
      outer.inner.push(record);
      if (!record.isSound) outer.isSound = false;
    }
    return record.value as Value;
  }

  each<Item, Value>(
    kind: StepKind,
    items: Iterable<Item>,
    identify: (item: Item) => StepIdentity,
    work: (item: Item) => Value,
    then?: (value: Value) => void,
  ): Value[] {
    const values: Value[] = [];
    for (const { key, parts, inputs } of bulksOf(items, identify)) {
      let isDone = false;
      const steps = (): Value[] => {
        isDone = true;
        return parts.map(({ item, identity }) => {
          const value = this.run(kind, identity.key, identity.inputs, () => work(item));
          then?.(value);
          return value;
        });
      };
      for (const value of this.#run(`${kind} in bulk`, key, inputs, steps, true)) {
        if (!isDone) then?.(value);
        values.push(value);
      }
    }
    return values;
  }

  share<Value>(kind: StepKind, key: string, inputs: readonly unknown[], work: () => Value): Value {
    return this.run(kind, key, inputs, work);
  }

  source<Answer>(name: string, ask: Source<Answer>): Source<Answer> {
    this.#sources.set(name, { ask, isSame: (before, now) => before === now });
    return (a, b) => {
      const answer = ask(a, b);
      this.#note({ source: name, a, b, answer });
      return answer;
    };
  }

  #do(inputs: readonly unknown[], work: () => unknown, isBulk: boolean): StepRecord {
    const asked: Asked[] = [];
    const record: StepRecord = {
      ...{ inputs, asked, reported: [], inner: [], isBulk },
      ...{ value: undefined, build: this.#memory.build, isSound: true },
    };
    const [outer, outerAsked] = [this.#open, this.#asked];
    this.#open = record;
    this.#asked = asked;
    try {
      record.value = work();
    } finally {
      this.#open = outer;
      this.#asked = outerAsked;
    }
    if (isBulk) record.asked = allAsked(record);
    // The findings are those of the outer step as well: when that is left out, this one is not asked.
    if (outer !== null) outer.reported.push(...record.reported);
    return record;
  }

  /** Whether all that a step asked is answered as it was. */
  #holds(record: StepRecord): boolean {
    const { build } = this.#memory;
    if (record.build === build) return true;
    for (const asked of record.asked) if (!this.#isAnsweredAsBefore(asked)) return false;
    if (!record.isBulk) {
      for (const inner of record.inner) if (!this.#holds(inner)) return false;
    }
    record.build = build;
    return true;
  }

  #isAnsweredAsBefore({ source, a, b, answer }: Asked): boolean {
    const asked = this.#sources.get(source);
    return asked !== undefined && asked.isSame(answer, asked.ask(a, b));
  }

  #note(asked: Asked): void {
    const open = this.#open;
    if (open === null) return;
    if (asked.source === "resolve") {
      const { found } = asked.answer as Resolution;
      // What leads nowhere has a text that depends on how much else does.
      if (!found) open.isSound = false;
      if (isKnown(this.#asked, asked)) return;
    }
    this.#asked.push(asked);
  }
}

/** Tells of each finding before it is added. */
class ListeningDiagnostics extends Diagnostics {
  readonly #to: Diagnostics;
  readonly #tell: (finding: Diagnostic, once: boolean) => void;

  constructor(to: Diagnostics, tell: (finding: Diagnostic, once: boolean) => void) {
    super();
    this.#to = to;
    this.#tell = tell;
  }

  override add(finding: Diagnostic): void {
    this.#tell(finding, false);
    this.#to.add(finding);
  }

  override addOnce(finding: Diagnostic): void {
    this.#tell(finding, true);
    this.#to.addOnce(finding);
  }

  override get all(): readonly Diagnostic[] {
    return this.#to.all;
  }

  override get hasErrors(): boolean {
    return this.#to.hasErrors;
  }
}

function tableOf<Item>(tables: Map<string, Map<string, Item>>, kind: string): Map<string, Item> {
  let table = tables.get(kind);
  if (table === undefined) tables.set(kind, (table = new Map<string, Item>()));
  return table;
}

function isSameTarget(before: unknown, now: unknown): boolean {
  const [a, b] = [before as Resolution, now as Resolution];
  return (
    a.found && b.found && a.value === b.value && a.pointer === b.pointer && a.local === b.local
  );
}

/** Whether the same was asked a moment ago: walks through a schema meet the same few types again and again. */
function isKnown(all: readonly Asked[], { source, a, answer }: Asked): boolean {
  for (let index = all.length - 1; index >= 0 && index > all.length - 16; index--) {
    const other = all[index];
    if (other?.a !== a || other.source !== source) continue;
    if (other.answer === answer) return true;
  }
  return false;
}

/** All that a step and those it led to asked, each question once. */
function allAsked(record: StepRecord): readonly Asked[] {
  const all = new Map<string, Asked>();
  const visit = ({ asked, inner }: StepRecord): void => {
    for (const one of asked) all.set(`${one.source} ${one.a} ${one.b ?? ""}`, one);
    inner.forEach(visit);
  };
  visit(record);
  return [...all.values()];
}
