import { reservedNames } from "./reserved.js";

/**
 * Gives out names that are unique in one scope (the exported names of a client). Who asks first gets the name as it is, later ones get
 * it with 2, 3 ...; so ask in an order that does not change when something unrelated is added.
 */
export class NameRegistry {
  readonly #taken: Set<string>;
  /** Where the search for a free number goes on, for each name that was asked for twice: keeps the whole linear. */
  readonly #nextNumber = new Map<string, number>();

  constructor(reserved: Iterable<string> = reservedNames) {
    this.#taken = new Set(reserved);
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  /** What `work` gives, and the names that it claims. */
  claimsOf<Value>(work: () => Value): { value: Value; claimed: readonly string[] } {
    const { size } = this.#taken;
    const value = work();
    return { value, claimed: [...this.#taken].slice(size) };
  }

  /** Takes names that an earlier build has given out in the same state. */
  take(names: readonly string[]): void {
    for (const name of names) this.#taken.add(name);
  }

  /** Takes `preferred`, or the first free one of `preferred2`, `preferred3` ... (`order2_2` after a digit). */
  claim(preferred: string): string {
    if (!this.#taken.has(preferred)) {
      this.#taken.add(preferred);
      return preferred;
    }
    const stem = /\d$/.test(preferred) ? `${preferred}_` : preferred;
    let number = this.#nextNumber.get(preferred) ?? 2;
    while (this.#taken.has(`${stem}${number}`)) number++;
    this.#nextNumber.set(preferred, number + 1);
    const name = `${stem}${number}`;
    this.#taken.add(name);
    return name;
  }

  /**
   * Takes all of the names that belong together (`renameUser`, `RenameUserInput` ...), with one number for all of them:
   * `namesFor("rename_user")`, then `namesFor("rename_user2")` ... until none of them is taken. Returns what `namesFor` gave.
   */
  claimGroup<Names extends Readonly<Record<keyof Names, string>>>(
    stem: string,
    namesFor: (stem: string) => Names,
  ): Names {
    const key = `group ${stem}`;
    const separator = /\d$/.test(stem) ? "_" : "";
    let number = this.#nextNumber.get(key) ?? 1;
    for (;;) {
      const names = namesFor(number === 1 ? stem : `${stem}${separator}${number}`);
      number++;
      const list: string[] = Object.values(names);
      if (list.some((name) => this.#taken.has(name))) continue;
      for (const name of list) this.#taken.add(name);
      this.#nextNumber.set(key, number);
      return names;
    }
  }
}
