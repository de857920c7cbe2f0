import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

export interface Snippet {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  /** What follows the language: in a guide the file that it is the text of, or the folder that its commands are run in. */
  readonly place: string;
  readonly text: string;
}

/** The pages that a user reads. The protocol and the decisions quote other systems and have no snippets of ours. */
export function pages(): string[] {
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((page) => page.endsWith(".md"))
    .map((page) => `docs/${page.replaceAll("\\", "/")}`)
    .filter(
      (page) =>
        page !== "docs/protocol.md" &&
        !page.startsWith("docs/decisions/") &&
        !page.startsWith("docs/protocol/"),
    );
  return ["README.md", "CONTRIBUTING.md", "src/kernel/README.md", ...docs.sort()];
}

/** The fenced code blocks of a page. */
export function snippetsOf(page: string): Snippet[] {
  const snippets: Snippet[] = [];
  let open: { language: string; place: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of readFileSync(join(root, page), "utf8").split("\n").entries()) {
    const fence = /^```(\S*) *(\S*)/.exec(line);
    if (open !== undefined && fence !== null) {
      snippets.push({
        page,
        line: open.line,
        language: open.language,
        place: open.place,
        text: open.lines.join("\n"),
      });
      open = undefined;
    } else if (open !== undefined) {
      open.lines.push(line);
    } else if (fence !== null) {
      open = { language: fence[1] ?? "", place: fence[2] ?? "", line: index + 2, lines: [] };
    }
  }
  return snippets;
}
