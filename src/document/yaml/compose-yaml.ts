import type { CST, ParsedNode } from "yaml";
import type { Problem } from "../problem.js";

/** Tokens of one document. A node of YAML costs some 200 bytes while it is read; this many need about a gigabyte. */
const maxTokens = 5_000_000;
/**
 * Collections inside each other in YAML text. The composer of `yaml` needs about a kilobyte of stack for each, and a stack that
 * overflows inside of V8's regular expressions ends the process; 800 were seen to fail.
 */
const maxYamlNesting = 250;
/** Errors of one text that are worth reading; the rest follow from them. */
const maxErrors = 20;

export interface Composed {
  readonly contents: ParsedNode | null;
  readonly problems: readonly Problem[];
}

/**
 * Text to syntax tree, by `yaml`. Its composer is recursive, so the nesting is watched while its parser, which is not, takes the
 * text token by token, and the rest is left unread once it goes too far.
 */
export async function composeYaml(text: string): Promise<Composed> {
  const { Composer, Lexer, Parser } = await import("yaml");
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    // One entry is the document itself.
    if (parser.stack.length > maxYamlNesting + 2) return failed(tooDeep(parser.offset));
    if (++count > maxTokens) return failed(tooLarge(parser.offset));
  }
  for (const token of parser.end()) tokens.push(token);

  const composer = new Composer({
    version: "1.2",
    schema: "core",
    strict: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const [document, second] = withoutStackTraces(() => [
    ...composer.compose(tokens, true, text.length),
  ]);
  if (!document) return { contents: null, problems: [] };
  const faults = [...document.errors, ...document.warnings].slice(0, maxErrors);
  const problems = faults.map((fault) => syntaxProblem(fault.message, fault.pos));
  if (second) {
    const [start] = second.range;
    problems.push({
      code: "E005",
      message: "more than one YAML document in one file",
      start,
      end: start,
      help: "keep one document a file; `---` begins a new one",
    });
  }
  return { contents: document.contents, problems };
}

/** Each fault that `yaml` finds is an Error, and there may be a million of them: their stack traces would cost a gigabyte. */
function withoutStackTraces<Result>(run: () => Result): Result {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = before;
  }
}

function syntaxProblem(message: string, pos: readonly [number, number]): Problem {
  const [first = ""] = message.split("\n");
  return {
    code: "E005",
    message: `not valid YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}`,
    start: pos[0],
    end: Math.max(pos[0], pos[1]),
  };
}

function failed(problem: Problem): Composed {
  return { contents: null, problems: [problem] };
}

function tooDeep(offset: number): Problem {
  return {
    code: "E007",
    message: `collections are nested more than ${String(maxYamlNesting)} levels deep`,
    start: offset,
    end: offset + 1,
    help: "write recursive types as references instead of inlining them",
  };
}

function tooLarge(offset: number): Problem {
  return {
    code: "E008",
    message: "the YAML has more than five million tokens",
    start: offset,
    end: offset + 1,
    help: "export the document as JSON, which is read fifty times faster",
  };
}
