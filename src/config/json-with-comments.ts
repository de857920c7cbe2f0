/** One token: a string, a comment, or a comma before a closing bracket (comments between them included). */
const token =
  /"(?:[^"\\]|\\.)*"|\/\/[^\r\n]*|\/\*[^]*?\*\/|,(?=(?:\s|\/\/[^\r\n]*|\/\*[^]*?\*\/)*[\]}])/g;

/** Parses JSON with comments and trailing commas, as in a `tsconfig.json`. Throws what `JSON.parse` throws. */
export function parseJsonWithComments(text: string): unknown {
  const bare = text
    .replace(/^\ufeff/, "")
    .replace(token, (found) => (found.startsWith('"') ? found : ""));
  return JSON.parse(bare);
}
