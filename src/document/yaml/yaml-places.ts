import type { JsonValue } from "../document.js";
import type { ParsedText, Place } from "../parsed-file.js";
import type { Container } from "../share-structure.js";

interface Member {
  readonly place: Place;
  /** Source text of a number that JavaScript does not hold exactly. */
  readonly inexact?: string | undefined;
}

/**
 * The values of a YAML text and where each stands. Containers that several aliases share are one object with one set of places,
 * those of its anchor.
 */
export class YamlPlaces implements ParsedText {
  root: JsonValue = null;
  rootPlace: Place = { key: null, value: { start: 0, end: 0 } };
  /** Whether there is a number that JavaScript does not hold exactly. */
  hasInexact = false;
  readonly #members = new Map<Container, Map<string, Member>>();

  set(container: Container, key: string, member: Member): void {
    if (member.inexact !== undefined) this.hasInexact = true;
    const members = this.#members.get(container);
    if (members) members.set(key, member);
    else this.#members.set(container, new Map([[key, member]]));
  }

  memberOf(container: Container, key: string): Member | undefined {
    return this.#members.get(container)?.get(key);
  }

  locate(steps: readonly string[]): Place | undefined {
    return steps.length === 0 ? this.rootPlace : this.#find(steps)?.place;
  }

  inexactNumberAt(steps: readonly string[]): string | undefined {
    return this.#find(steps)?.inexact;
  }

  #find(steps: readonly string[]): Member | undefined {
    let value: JsonValue | undefined = this.root;
    let member: Member | undefined;
    for (const step of steps) {
      if (typeof value !== "object" || value === null) return undefined;
      member = this.memberOf(value, step);
      if (!member) return undefined;
      value = (value as Readonly<Record<string, JsonValue>>)[step];
    }
    return member;
  }
}
