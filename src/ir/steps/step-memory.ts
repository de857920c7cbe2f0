import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { StepNumbers } from "./step-numbers.js";

/** What steps ask about the document or the build as a whole. Steps that ask the same share it. */
export interface Question {
  readonly source: string;
  readonly a: string;
  readonly b: string | undefined;
  /** As of `build`. */
  answer: unknown;
  build: number;
  /** Counts the answers. */
  version: number;
  /** The steps to where a reference led that can lead nowhere else as long as that is there; else null. */
  path: readonly string[] | null;
}

/** A question of a step, and which of its answers the value of the step holds. */
export interface Asked {
  readonly question: Question;
  readonly version: number;
}

/** The same where the answer changes during a build. */
export interface AskedAgain {
  readonly source: string;
  readonly a: string;
  readonly b: string | undefined;
  readonly answer: unknown;
}

/** A finding of a step, as it was reported: each time, or once in a build. */
export interface Reported {
  readonly finding: Diagnostic;
  readonly once: boolean;
}

/**
 * Where that stands which a step depends on: with itself and the steps it led to; in bulk, all with itself; or, closed, with its inputs
 * alone.
 */
export type StepScope = "own" | "bulk" | "closed";

/** A step as it was done last. */
export interface StepRecord {
  readonly inputs: readonly unknown[];
  asked: readonly Asked[];
  askedAgain: readonly AskedAgain[];
  readonly reported: Reported[];
  /** Steps that it led to. */
  readonly inner: StepRecord[];
  readonly scope: StepScope;
  value: unknown;
  /** The build in which it was last done, or was seen to hold. */
  build: number;
  /** Whether it may be remembered: no question of it was left without an answer. */
  isSound: boolean;
}

/** A sweep looks at all that is remembered, which takes longer than a build may. */
const sweepEach = 16;

/**
 * What the steps of the last builds gave, for the next one. A watch has one for each project. What no build uses is forgotten after a
 * while; a build with errors leaves nothing, so that the messages of the next are those of a build from nothing.
 */
export class StepMemory {
  /** Number of the build that goes on, or went on last. */
  build = 0;
  readonly records = new Map<string, Map<string, StepRecord>>();
  readonly questions = new Map<string, Question>();
  readonly assumed = new Map<string, string>();
  readonly numbers = new StepNumbers();
  #isWhole = true;
  /** The build after which it was tidied. */
  #swept = 0;

  begin(): void {
    // A build that was broken off has left half of its steps.
    if (!this.#isWhole) this.forget();
    this.#isWhole = false;
    this.build++;
  }

  /** Ends a build without errors. */
  end(): void {
    this.#isWhole = true;
  }

  /** Forgets, every now and then, what the last build did not use. For a moment in which nobody waits. */
  tidy(): void {
    if (this.#isWhole && this.build >= this.#swept + sweepEach) this.#sweep();
  }

  forget(): void {
    this.records.clear();
    this.questions.clear();
    this.assumed.clear();
  }

  #sweep(): void {
    this.#swept = this.build;
    for (const records of this.records.values()) {
      for (const record of records.values()) if (record.build === this.build) this.#use(record);
    }
    for (const records of [...this.records.values(), this.questions]) {
      for (const [key, { build }] of records) if (build !== this.build) records.delete(key);
    }
    this.numbers.forgetUnused();
  }

  /** Whoever holds, holds with the steps that it led to. */
  #use(record: StepRecord): void {
    record.build = this.build;
    for (const inner of record.inner) this.#use(inner);
  }
}
