import type { Place } from "../parsed-file.js";
import { endOfString, endOfValue, skipSpace } from "./scan-json.js";

interface Span {
  readonly start: number;
  end: number;
}

interface Member {
  readonly key: Span | null;
  readonly value: { readonly start: number; end: number | undefined };
  inside: Container | undefined;
}

/** An object or array that was looked into; its members are found as far as someone asked for. */
interface Container {
  readonly isObject: boolean;
  readonly members: Map<string, Member>;
  last: Member | undefined;
  /** Where to go on, or -1 when all members are known. */
  next: number;
}

/**
 * Finds places in a JSON text that is known to be valid. Nothing is indexed beforehand: a search reads the text up to its target,
 * and what it passed is remembered, so that many searches together read the text about once for each level of nesting.
 */
export class JsonLocator {
  readonly #text: string;
  #root: Member | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  locate(steps: readonly string[]): Place | undefined {
    this.#root ??= {
      key: null,
      value: { start: skipSpace(this.#text, 0), end: undefined },
      inside: undefined,
    };
    let member = this.#root;
    for (const step of steps) {
      const inner = this.#memberOf(member, step);
      if (!inner) return undefined;
      member = inner;
    }
    return { key: member.key, value: { start: member.value.start, end: this.#endOf(member) } };
  }

  /** Offsets of all keys of one object that stand twice or more in it, the first of each left out, in order. */
  static *duplicateKeys(text: string): Generator<{ key: string; first: Span; again: Span }> {
    const open: (Map<string, Span> | null)[] = [];
    let at = 0;
    while (at < text.length) {
      const unit = text.charCodeAt(at);
      if (unit === 34) {
        const end = endOfString(text, at);
        const span = { start: at, end };
        const keys = open.at(-1);
        at = skipSpace(text, end);
        if (keys && text.charCodeAt(at) === 58) {
          const key = decodeKey(text, span);
          const first = keys.get(key);
          if (first) yield { key, first, again: span };
          else keys.set(key, span);
        }
        continue;
      }
      if (unit === 123) open.push(new Map());
      else if (unit === 91) open.push(null);
      else if (unit === 125 || unit === 93) open.pop();
      at++;
    }
  }

  #memberOf(member: Member, step: string): Member | undefined {
    const container = this.#open(member);
    if (!container) return undefined;
    const known = container.members.get(step);
    if (known) return known;
    while (container.next !== -1) {
      const name = this.#readMember(container);
      if (name === step) return container.last;
    }
    return undefined;
  }

  #open(member: Member): Container | undefined {
    if (member.inside) return member.inside;
    const unit = this.#text.charCodeAt(member.value.start);
    if (unit !== 123 && unit !== 91) return undefined;
    const first = skipSpace(this.#text, member.value.start + 1);
    const close = this.#text.charCodeAt(first);
    const empty = close === 125 || close === 93;
    member.inside = {
      isObject: unit === 123,
      members: new Map(),
      last: undefined,
      next: empty ? -1 : first,
    };
    return member.inside;
  }

  /** Reads the next member of a container and gives its name; undefined when there is none. */
  #readMember(container: Container): string | undefined {
    if (container.last) {
      const after = skipSpace(this.#text, this.#endOf(container.last));
      if (this.#text.charCodeAt(after) !== 44) {
        container.next = -1;
        return undefined;
      }
      container.next = skipSpace(this.#text, after + 1);
    }
    let key: Span | null = null;
    let name = String(container.members.size);
    let start = container.next;
    if (container.isObject) {
      key = { start, end: endOfString(this.#text, start) };
      name = decodeKey(this.#text, key);
      const colon = skipSpace(this.#text, key.end);
      start = skipSpace(this.#text, colon + 1);
    }
    const member: Member = { key, value: { start, end: undefined }, inside: undefined };
    container.members.set(name, member);
    container.last = member;
    return name;
  }

  #endOf(member: Member): number {
    member.value.end ??= endOfValue(this.#text, member.value.start);
    return member.value.end;
  }
}

function decodeKey(text: string, span: Span): string {
  const raw = text.slice(span.start + 1, span.end - 1);
  return raw.includes("\\") ? String(JSON.parse(text.slice(span.start, span.end))) : raw;
}
