/** One item of `X-Mizan-Invalidate` (protocol 3.5). */
export interface HeaderItem {
  readonly context: string;
  /** Canonical query of the target's params; undefined for every value. */
  readonly p: string | undefined;
  readonly rev: number | undefined;
}

/** The grammar is broken; the message says where. */
export class GrammarError extends Error {
  override readonly name = "GrammarError";
}

/**
 * Reads the header by the letter of its grammar: an sf-list (RFC 9651) of tokens with the parameters `p` (sf-string) and `rev`
 * (sf-integer). Clients are lenient, servers must not count on it. @throws GrammarError
 */
export function parseInvalidateHeader(text: string): HeaderItem[] {
  const scan = new Scanner(text);
  const items: HeaderItem[] = [];
  if (scan.atEnd) return items;
  do {
    scan.spaces();
    items.push(readItem(scan));
    scan.spaces();
  } while (scan.take(","));
  if (!scan.atEnd) throw scan.fault("a comma or the end");
  return items;
}

function readItem(scan: Scanner): HeaderItem {
  const context = scan.match(/[A-Za-z*][!#$%&'*+\-.^_`|~:/A-Za-z0-9]*/y, "the name of a context");
  let p: string | undefined;
  let rev: number | undefined;
  while (scan.take(";")) {
    scan.spaces();
    const key = scan.match(/[a-z*][a-z0-9_\-.*]*/y, "the name of a parameter");
    if (!scan.take("=")) throw scan.fault("=");
    if (key === "p") p = readString(scan);
    else if (key === "rev")
      rev = Number(scan.match(/-?\d{1,15}(?![\d.])/y, "an integer of at most 15 digits"));
    else throw scan.fault(`p or rev, not ${key}`);
  }
  return { context, p, rev };
}

function readString(scan: Scanner): string {
  const quoted = scan.match(/"(?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y, "a quoted text");
  return quoted.slice(1, -1).replace(/\\(.)/g, "$1");
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  spaces(): void {
    while (this.#text[this.#at] === " " || this.#text[this.#at] === "\t") this.#at++;
  }

  take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw this.fault(what);
    this.#at += found.length;
    return found;
  }

  fault(expected: string): GrammarError {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    return new GrammarError(
      `expected ${expected} at column ${String(this.#at + 1)}, before ${JSON.stringify(rest)}`,
    );
  }
}
