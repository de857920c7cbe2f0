import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document, Resolution } from "../../document/document.js";
import { stepsOf } from "../../document/pointer.js";
import { isSameData } from "../same-data.js";
import { bulksOf } from "./bulks.js";
import { isSameTarget, Questions } from "./questions.js";
import { ReportedFindings } from "./reported-findings.js";
import type { Asked, AskedAgain, StepMemory, StepRecord, StepScope } from "./step-memory.js";
import {
  isSameList,
  type Inputs,
  type Numbers,
  type Source,
  type StepKind,
  type Steps,
} from "./steps.js";
import { WatchedDocument } from "./watched-document.js";

/**
 * Steps of a build that remembers those before: a step is left out when its inputs are the same objects and all that it asked, itself
 * and through the steps it led to, is answered as it was; then what it reported is reported again.
 */
export class RememberingSteps implements Steps {
  readonly document: Document;
  readonly diagnostics: ReportedFindings;
  readonly numbers: Numbers;
  readonly #memory: StepMemory;
  readonly #questions: Questions;
  /** The step that is being done. */
  #open: StepRecord | null = null;
  #asked = new Map<object, Asked>();
  #askedAgain: AskedAgain[] = [];

  constructor(document: Document, diagnostics: Diagnostics, memory: StepMemory) {
    this.#memory = memory;
    memory.begin();
    this.numbers = memory.numbers;
    this.diagnostics = new ReportedFindings(diagnostics, (one) => this.#open?.reported.push(one));
    const questions = new Questions(memory, document);
    this.#questions = questions;
    questions.answerBy("root", () => document.root);
    questions.answerBy("value", (pointer) => document.valueAt(pointer));
    questions.answerBy("inexact", (pointer) => document.inexactNumberAt(pointer));
    questions.answerBy(
      "resolve",
      (reference, from = "") => document.resolve(reference, from),
      isSameTarget,
    );
    this.document = new WatchedDocument(document, (source, a, b, answer) => {
      if (source === "resolve") this.#noteResolution(a, b ?? "", answer as Resolution);
      else this.#note(source, a, a, b, answer);
    });
  }

  assume(what: string, value: string): void {
    const { assumed } = this.#memory;
    const before = assumed.get(what);
    if (before !== undefined && before !== value) {
      // The others are what this build has said so far.
      const others = [...assumed];
      this.#memory.forget();
      for (const [key, other] of others) assumed.set(key, other);
    }
    assumed.set(what, value);
  }

  run<Value>(kind: StepKind, key: string, inputs: readonly unknown[], work: () => Value): Value {
    return this.#run(kind, key, inputs, work, "own");
  }

  each<Item, Value>(
    kind: StepKind,
    items: Iterable<Item>,
    keyOf: (item: Item) => string,
    inputsOf: Inputs<Item>,
    work: (item: Item) => Value,
    then?: (value: Value) => void,
  ): Value[] {
    const values: Value[] = [];
    for (const { key, parts, inputs } of bulksOf(items, keyOf, inputsOf)) {
      let isDone = false;
      const steps = (): Value[] => {
        isDone = true;
        return parts.map((item) => {
          const own: unknown[] = [];
          inputsOf(item, (input) => own.push(input));
          const value = this.run(kind, keyOf(item), own, () => work(item));
          then?.(value);
          return value;
        });
      };
      for (const value of this.#run(`${kind} in bulk`, key, inputs, steps, "bulk")) {
        if (!isDone) then?.(value);
        values.push(value);
      }
    }
    return values;
  }

  share<Value>(kind: StepKind, key: string, inputs: readonly unknown[], work: () => Value): Value {
    return this.run(kind, key, inputs, work);
  }

  closed<Value>(kind: StepKind, inputs: readonly unknown[], work: () => Value): Value {
    return this.#run(kind, "", inputs, work, "closed");
  }

  source<Answer>(name: string, ask: Source<Answer>): Source<Answer> {
    this.#questions.answerBy(name, ask);
    return (a, b) => {
      const answer = ask(a, b);
      this.#note(name, b === undefined ? a : `${a}\n${b}`, a, b, answer);
      return answer;
    };
  }

  changingSource<Answer>(name: string, ask: Source<Answer>): Source<Answer> {
    this.#questions.answerBy(name, ask);
    return (a, b) => {
      const answer = ask(a, b);
      if (this.#open !== null) this.#askedAgain.push({ source: name, a, b, answer });
      return answer;
    };
  }

  #run<Value>(
    kind: string,
    key: string,
    inputs: readonly unknown[],
    work: () => Value,
    scope: StepScope,
  ): Value {
    const records = recordsOf(this.#memory, kind);
    let record = records.get(key);
    if (record !== undefined && isSameList(record.inputs, inputs) && this.#holds(record)) {
      this.diagnostics.repeat(record.reported);
    } else {
      const before = record?.value;
      record = this.#do(inputs, work, scope);
      // Whoever depends on it need not be done again.
      if (scope === "own" && isSameData(before, record.value)) record.value = before;
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

  #do(inputs: readonly unknown[], work: () => unknown, scope: StepScope): StepRecord {
    const record: StepRecord = {
      ...{ inputs, asked: nothing, askedAgain: nothing, reported: [], inner: [], scope },
      ...{ value: undefined, build: this.#memory.build, isSound: true },
    };
    const [outer, asked, askedAgain] = [this.#open, this.#asked, this.#askedAgain];
    this.#open = record;
    this.#asked = new Map();
    this.#askedAgain = [];
    try {
      record.value = work();
      if (scope === "bulk") this.#collect(record);
      record.asked = [...this.#asked.values()];
      record.askedAgain = this.#askedAgain;
    } finally {
      this.#open = outer;
      this.#asked = asked;
      this.#askedAgain = askedAgain;
    }
    // The findings are those of the outer step as well: when that is left out, this one is not asked.
    if (outer !== null) outer.reported.push(...record.reported);
    return record;
  }

  /** Notes all that the steps asked that a step led to. */
  #collect(record: StepRecord): void {
    for (const inner of record.inner) {
      for (const asked of inner.asked) this.#asked.set(asked.question, asked);
      for (const asked of inner.askedAgain) this.#askedAgain.push(asked);
      this.#collect(inner);
    }
  }

  /** Whether all that a step asked is answered as it was. */
  #holds(record: StepRecord): boolean {
    const { build } = this.#memory;
    if (record.build === build) return true;
    if (record.scope !== "closed" && !this.#isAnswered(record)) return false;
    record.build = build;
    return true;
  }

  #isAnswered({ asked, askedAgain, inner, scope }: StepRecord): boolean {
    for (const one of asked) if (!this.#questions.isAnsweredAsBefore(one)) return false;
    for (const one of askedAgain) if (!this.#questions.isAnsweredAgain(one)) return false;
    if (scope === "own") for (const one of inner) if (!this.#holds(one)) return false;
    return true;
  }

  #noteResolution(reference: string, from: string, resolution: Resolution): void {
    if (this.#open === null) return;
    // What leads nowhere has a text that depends on how much else does.
    if (!resolution.found) {
      this.#open.isSound = false;
      return;
    }
    const isOfRoot = !resolution.local && reference.startsWith("#/") && from.startsWith("#");
    const key = isOfRoot ? reference : `${reference}\n${from}`;
    const asked = this.#note("resolve", key, reference, from, resolution);
    // A reference with an escape may mean another place, once that is there.
    if (isOfRoot && asked !== null && !reference.includes("%")) {
      asked.question.path ??= stepsOf(resolution.pointer);
    }
  }

  #note(
    source: string,
    key: string,
    a: string,
    b: string | undefined,
    answer: unknown,
  ): Asked | null {
    if (this.#open === null) return null;
    const asked = this.#questions.noted(source, key, a, b, answer);
    this.#asked.set(asked.question, asked);
    return asked;
  }
}

const nothing: readonly never[] = [];

function recordsOf({ records }: StepMemory, kind: string): Map<string, StepRecord> {
  let ofKind = records.get(kind);
  if (ofKind === undefined) records.set(kind, (ofKind = new Map<string, StepRecord>()));
  return ofKind;
}
