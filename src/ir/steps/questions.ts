import type { Document, Resolution } from "../../document/document.js";
import { valueAtSteps } from "../../document/value-at.js";
import type { Asked, AskedAgain, Question, StepMemory } from "./step-memory.js";

type Ask = (a: string, b?: string) => unknown;
type IsSame = (before: unknown, now: unknown) => boolean;

interface Source {
  readonly ask: Ask;
  readonly isSame: IsSame;
}

/** The questions of the steps of one build, each asked once to see whether it is answered as it was. */
export class Questions {
  readonly #memory: StepMemory;
  readonly #document: Document;
  readonly #sources = new Map<string, Source>();

  #lastSource: readonly [name: string, source: Source | undefined] = ["", undefined];

  constructor(memory: StepMemory, document: Document) {
    this.#memory = memory;
    this.#document = document;
  }

  /** Says who answers the questions of a name in this build. */
  answerBy(source: string, ask: Ask, isSame: IsSame = Object.is): void {
    this.#sources.set(source, { ask, isSame });
  }

  /** The question of a step that was just answered. `key` tells it from others of its source. */
  noted(source: string, key: string, a: string, b: string | undefined, answer: unknown): Asked {
    const { questions, build } = this.#memory;
    const name = `${source}\n${key}`;
    let question = questions.get(name);
    if (question === undefined) {
      question = { source, a, b, answer, build, version: 0, path: null };
      questions.set(name, question);
    } else if (question.build !== build) {
      this.#renew(question, answer);
    }
    return { question, version: question.version };
  }

  isAnsweredAsBefore({ question, version }: Asked): boolean {
    if (question.build !== this.#memory.build && this.#isStillThere(question)) {
      question.build = this.#memory.build;
    } else if (question.build !== this.#memory.build) {
      const source = this.#sources.get(question.source);
      if (source === undefined) return false;
      this.#renew(question, source.ask(question.a, question.b));
    }
    return question.version === version;
  }

  /** Whether the very value stands where a reference led. Quicker than to follow the reference. */
  #isStillThere({ path, answer }: Question): boolean {
    if (path === null) return false;
    const { value } = answer as Resolution & { found: true };
    return valueAtSteps(this.#document.root, path) === value;
  }

  isAnsweredAgain({ source, a, b, answer }: AskedAgain): boolean {
    // Most often several of one source in a row.
    if (this.#lastSource[0] !== source) this.#lastSource = [source, this.#sources.get(source)];
    const [, found] = this.#lastSource;
    return found !== undefined && found.isSame(answer, found.ask(a, b));
  }

  #renew(question: Question, answer: unknown): void {
    const isSame = this.#sources.get(question.source)?.isSame ?? Object.is;
    if (!isSame(question.answer, answer)) question.version++;
    question.answer = answer;
    question.build = this.#memory.build;
  }
}

/** Whether a reference leads where it led, to the very same value. */
export function isSameTarget(before: unknown, now: unknown): boolean {
  const [a, b] = [before as Resolution, now as Resolution];
  return (
    a.found && b.found && a.value === b.value && a.pointer === b.pointer && a.local === b.local
  );
}
