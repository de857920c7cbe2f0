import { quote } from "../../diagnostics/quote.js";
import type { Problem } from "../problem.js";
import { faultyNumber, faultyString, faultyWord, type Fault } from "./faulty-token.js";
import { TextLines } from "../text-lines.js";

type Expected = "value" | "first-element" | "first-key" | "key" | "colon" | "comma" | "end";

/**
 * Finds where a text stops being JSON (RFC 8259), and says what was expected there in the words of someone who has seen the usual
 * mistakes. Runs only after `JSON.parse` has failed; linear, without recursion. Undefined when the text is JSON.
 */
export function findJsonFault(text: string): Problem | undefined {
  const fault = wholeTextFault(text) ?? new JsonChecker(text).run();
  return fault && { code: "E004", ...fault };
}

/** What a value, a key or a separator begins with. */
const usual = new Set('"{}[],:-0123456789tfn');

/** Texts that are something else altogether, where the first wrong character would explain nothing. */
function wholeTextFault(text: string): Fault | undefined {
  const start = /^\s*/.exec(text)?.[0].length ?? 0;
  const head = text.slice(start, start + 200);
  if (/^<{7} /.test(head)) return undefined;
  if (head.startsWith("<")) {
    const html = /^<(!doctype html|html|head|body)/i.test(head);
    return {
      message: html ? "this is an HTML page, not JSON" : "this is HTML or XML, not JSON",
      start,
      end: start + 1,
      help: "export the document itself; a page or a login form may have been saved in its place",
    };
  }
  if (/^(---|%YAML|openapi\s*:|swagger\s*:|info\s*:|paths\s*:)/.test(head)) {
    return {
      message: "this looks like YAML, not JSON",
      start,
      end: start + 1,
      help: "name the file .yaml or .yml",
    };
  }
  return undefined;
}

class JsonChecker {
  readonly #text: string;
  /** Offsets of the brackets that are open. */
  readonly #open: number[] = [];
  #expected: Expected = "value";
  #at = 0;
  /** Offset of the last comma, for the fault of one too many. */
  #comma = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): Fault | undefined {
    for (;;) {
      this.#skipSpace();
      if (this.#at >= this.#text.length) return this.#atEnd();
      const fault = this.#step(this.#text.charAt(this.#at));
      if (fault) return fault;
    }
  }

  #step(character: string): Fault | undefined {
    const odd = usual.has(character) ? undefined : this.#oddCharacter(character);
    if (odd) return odd;
    switch (this.#expected) {
      case "value":
      case "first-element":
        return this.#value(character);
      case "key":
      case "first-key":
        return this.#key(character);
      case "colon":
        if (character !== ":") return this.#missing("a colon", "after this key", character);
        this.#next("value");
        return undefined;
      case "comma":
        return this.#comma_(character);
      case "end":
        return this.#fault("something follows after the end of the document", {
          help: /["{[]/.test(character)
            ? "a file holds one document; JSON Lines and concatenated documents are not read"
            : undefined,
        });
    }
  }

  #value(character: string): Fault | undefined {
    if (character === "{" || character === "[") {
      this.#open.push(this.#at);
      this.#next(character === "{" ? "first-key" : "first-element");
      return undefined;
    }
    if (character === "]" && this.#expected === "first-element") return this.#close(character);
    if (character === '"') return this.#string();
    if (character === "-" || (character >= "0" && character <= "9")) return this.#number();
    if (character === "," && this.#expected === "value" && this.#top() === "[") {
      return this.#fault("an element is missing between two commas");
    }
    if (character === "]" || character === "}") return this.#tooMany(character);
    return this.#word(character);
  }

  #key(character: string): Fault | undefined {
    if (character === '"') {
      const fault = this.#string();
      this.#expected = "colon";
      return fault;
    }
    if (character === "}") {
      return this.#expected === "first-key" ? this.#close(character) : this.#tooMany(character);
    }
    if (character === ",") return this.#fault("a member is missing before this comma");
    const name = /[\p{L}_$][\p{L}\d_$-]*/uy;
    name.lastIndex = this.#at;
    const bare = name.exec(this.#text)?.[0];
    if (bare !== undefined) {
      return this.#fault(`the key ${quote(bare)} must stand in double quotes`, {
        length: bare.length,
      });
    }
    if (/\d/.test(character)) return this.#fault("a key must be a text in double quotes");
    return this.#fault(`expected a key in double quotes, found ${quote(character)}`);
  }

  #comma_(character: string): Fault | undefined {
    if (character === ",") {
      this.#comma = this.#at;
      this.#next(this.#top() === "{" ? "key" : "value");
      return undefined;
    }
    if (character === "}" || character === "]") return this.#close(character);
    return this.#missing(
      "a comma",
      `before this ${this.#top() === "{" ? "member" : "element"}`,
      character,
    );
  }

  #close(character: string): Fault | undefined {
    const opened = this.#open.at(-1) ?? 0;
    const wanted = this.#text.charAt(opened) === "{" ? "}" : "]";
    if (character !== wanted) {
      return this.#fault(
        `expected ${quote(wanted)} for the ${quote(this.#top())} of line ${String(this.#lineOf(opened))}, found ${quote(character)}`,
      );
    }
    this.#open.pop();
    this.#next(this.#open.length === 0 ? "end" : "comma");
    return undefined;
  }

  #tooMany(character: string): Fault {
    if (
      this.#text.charAt(this.#comma) === "," &&
      this.#onlySpaceBetween(this.#comma + 1, this.#at)
    ) {
      return {
        message: `a trailing comma: nothing follows it before ${quote(character)}`,
        start: this.#comma,
        end: this.#comma + 1,
        help: "remove the comma",
      };
    }
    return this.#fault(`expected a value, found ${quote(character)}`);
  }

  #string(): Fault | undefined {
    const result = faultyString(this.#text, this.#at);
    if (typeof result === "object") return result;
    this.#at = result;
    this.#expected = this.#open.length === 0 ? "end" : "comma";
    return undefined;
  }

  #number(): Fault | undefined {
    const result = faultyNumber(this.#text, this.#at);
    if (typeof result === "object") return result;
    this.#at = result;
    this.#expected = this.#open.length === 0 ? "end" : "comma";
    return undefined;
  }

  #word(character: string): Fault | undefined {
    const result = faultyWord(this.#text, this.#at, character);
    if (typeof result === "object") return result;
    this.#at = result;
    this.#expected = this.#open.length === 0 ? "end" : "comma";
    return undefined;
  }

  /** What is wrong wherever it stands outside of a string. */
  #oddCharacter(character: string): Fault | undefined {
    if (character === "'") {
      return this.#fault("a text in single quotes; JSON has double quotes only", {
        help: "a Python dict that was printed looks so: write it with json.dumps instead",
      });
    }
    if (character === "`") return this.#fault("a text in backticks; JSON has double quotes only");
    if (/[\u201c\u201d\u2018\u2019\u00ab\u00bb]/.test(character)) {
      return this.#fault('typographic quotes; JSON has straight double quotes (") only', {
        help: "an editor or a chat program replaced them: copy the document again as plain text",
      });
    }
    if (character === "#" || /^\/[/*]/.test(this.#text.slice(this.#at, this.#at + 2))) {
      return this.#fault("a comment; JSON has none", { length: character === "#" ? 1 : 2 });
    }
    const marker = this.#text.slice(this.#at, this.#at + 7);
    if (/^(<{7}|={7}|>{7})/.test(marker)) {
      return this.#fault("a merge conflict that was not resolved", { length: 7 });
    }
    if (
      /[\u0000-\u001f\u007f-\u00a0\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/.test(
        character,
      )
    ) {
      const name = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      return this.#fault(`an invisible character (U+${name}) where JSON allows none`, {
        help: "remove it; only space, tab and line ends may stand between values",
      });
    }
    return undefined;
  }

  #missing(what: string, where: string, character: string): Fault {
    return this.#fault(`${what} is missing ${where}, found ${quote(character)}`);
  }

  #atEnd(): Fault | undefined {
    if (this.#expected === "end") return undefined;
    const end = this.#text.length;
    const opened = this.#open.at(-1);
    if (opened === undefined)
      return { message: "expected a value, found the end", start: end, end };
    const kind = this.#text.charAt(opened) === "{" ? "object" : "array";
    return {
      message: `the text ends inside the ${kind} that began in line ${String(this.#lineOf(opened))}`,
      start: end,
      end,
      help: "the file may be cut off: export it again",
    };
  }

  #fault(message: string, more: { length?: number; help?: string | undefined } = {}): Fault {
    return { message, start: this.#at, end: this.#at + (more.length ?? 1), help: more.help };
  }

  #next(expected: Expected): void {
    this.#at++;
    this.#expected = expected;
  }

  #top(): string {
    return this.#text.charAt(this.#open.at(-1) ?? 0);
  }

  #lineOf(offset: number): number {
    return new TextLines(this.#text).positionAt(offset).line;
  }

  #onlySpaceBetween(start: number, end: number): boolean {
    return this.#text.slice(start, end).trim() === "";
  }

  #skipSpace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return;
      this.#at++;
    }
  }
}
