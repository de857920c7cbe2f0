import type { Docs } from "../../ir/docs.js";
import { hardline, join, printWidth, type Doc } from "./layout.js";

/** Longer texts are cut: nobody reads them in a hover, and a document may hold 100 MB of it. */
const maxText = 10_000;
/** The same for the whole of the tags of one comment. */
const maxTags = 40;

/** C0 and C1 controls except the line feed, marks that reorder text, line separators, the byte order mark. */
const disturbing =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const harmless = /^[\n -"$-)+-?A-~]*$/;

/**
 * The one way of document text into a comment: it can neither end the comment, nor reorder what a reader sees, nor pass for a tag
 * (`@deprecated`, `@ts-ignore`) or for a mark that tools obey (`#__PURE__`, `@license`). Linear; keeps at most 10 000 characters.
 */
export function safeText(text: string): string {
  if (text.length <= maxText && harmless.test(text)) return text;
  const kept = text.length > maxText ? `${text.slice(0, maxText)} …` : text;
  return kept
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replaceAll("\r\n", "\n")
    .replace(disturbing, " ")
    .replaceAll("*/", "*\\/")
    .replace(/(^|[\s*{])@(?=\S)/g, "$1\\@")
    .replace(/(?<!\\)@(?=license|preserve|cc_on|__)|#(?=__)/gi, "\\$&");
}

/** The same on one line, for places that hold a name or a short message. */
export function safeLine(text: string): string {
  return safeText(text).replace(/\s+/g, " ").trim();
}

/** A name as inline code. */
export function codeSpan(name: string): string {
  return `\`${safeLine(name).replaceAll("`", "'")}\``;
}

/**
 * A doc comment, or null when there is nothing to say: the summary, the description, `facts` as a list, tags, the one real
 * `@deprecated`. `indentation`: columns before it, so that long lines of prose are wrapped at the width of the page.
 */
export function docComment(
  docs: Docs | undefined,
  indentation: number,
  facts: readonly string[] = [],
): Doc | null {
  if (docs === undefined && facts.length === 0) return null;
  const width = printWidth - indentation - " * ".length;
  const paragraphs = [...proseOf(docs), factList(facts), tagsOf(docs)]
    .map((lines) => lines.flatMap((text) => wrap(text, width)))
    .filter((lines) => lines.length > 0);
  const lines = paragraphs.flatMap((paragraph, index) =>
    index === 0 ? paragraph : ["", ...paragraph],
  );
  const [first] = lines;
  if (first === undefined) return null;
  if (lines.length === 1 && first.length + "/**  */".length + indentation <= printWidth) {
    return `/** ${first} */`;
  }
  return join(hardline, [
    "/**",
    ...lines.map((text) => (text === "" ? " *" : ` * ${text}`)),
    " */",
  ]);
}

function factList(facts: readonly string[]): readonly string[] {
  return facts.length < 2 ? facts : facts.map((fact) => `- ${fact}`);
}

function proseOf(docs: Docs | undefined): string[][] {
  const summary = linesOf(docs?.summary);
  const description = linesOf(docs?.description);
  // Many producers repeat the first line of a docstring as its summary.
  const repeated =
    summary.length > 0 && summary.every((text, index) => text === description[index]);
  return repeated ? [description] : [summary, description];
}

function linesOf(text: string | undefined): string[] {
  if (text === undefined) return [];
  const lines = safeText(text)
    .split("\n")
    .map((one) => one.trimEnd());
  while (lines[0] === "") lines.shift();
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

function tagsOf(docs: Docs | undefined): string[] {
  const tags = (docs?.tags ?? []).slice(0, maxTags).map(({ name, text }) => {
    const value = safeLine(text);
    return `@${name.replace(/\W/g, "")}${value === "" ? "" : ` ${value}`}`;
  });
  const deprecated = docs?.deprecated;
  if (deprecated === undefined) return tags;
  const message = deprecated === true ? "" : safeLine(deprecated);
  return [...tags, message === "" ? "@deprecated" : `@deprecated ${message}`];
}

/** Words that would mean something else to Markdown at the start of a line. */
const startsBlock = /^(?:[-+*=~#>|@]|\d+[.)])/;

/** Breaks a line of prose between words. Tables, fences and indented code stay as they are. */
function wrap(text: string, width: number): string[] {
  if (text.length <= width || /^(?:\s{4}|\s*[|`~])/.test(text)) return [text];
  const lines: string[] = [];
  const margin = /^\s*/.exec(text)?.[0] ?? "";
  let line = "";
  for (const word of text.trimStart().split(/(?<=\S)\s(?=\S)/)) {
    if (line === "") line = margin + word;
    else if (line.length + 1 + word.length <= width || startsBlock.test(word)) line += ` ${word}`;
    else {
      lines.push(line);
      line = margin + word;
    }
  }
  lines.push(line);
  return lines;
}
