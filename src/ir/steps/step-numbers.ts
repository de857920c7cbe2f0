import type { Numbers } from "./steps.js";

/** Numbers that are never given twice, also when their keys are forgotten. */
export class StepNumbers implements Numbers {
  readonly #numbers = new Map<string, number>();
  readonly #keys = new Map<number, string>();
  #used = new Set<string>();
  #next = 0;

  of(key: string): number {
    this.#used.add(key);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#next++;
      this.#numbers.set(key, number);
      this.#keys.set(number, key);
    }
    return number;
  }

  keyOf(number: number): string | undefined {
    return this.#keys.get(number);
  }

  /** Forgets the keys that nobody has asked for since the last time. */
  forgetUnused(): void {
    for (const [key, number] of this.#numbers) {
      if (this.#used.has(key)) continue;
      this.#numbers.delete(key);
      this.#keys.delete(number);
    }
    this.#used = new Set();
  }
}
