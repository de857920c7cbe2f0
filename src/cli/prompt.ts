import { createInterface } from "node:readline/promises";

/** Ctrl-C, or the end of the input, instead of an answer. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

export interface Prompt {
  /** An answer without white space around it; the default for an empty one. @throws Interrupted */
  readonly ask: (question: string, byDefault?: string) => Promise<string>;
  readonly close: () => void;
}

/** Questions on the terminal of this process; undefined without one. */
export function openPrompt(): Prompt | undefined {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const interruption = new AbortController();
  lines.once("close", () => interruption.abort());
  lines.once("SIGINT", () => lines.close());
  return {
    ask: async (question, byDefault = "") => {
      const shown = byDefault === "" ? `${question} ` : `${question} (${byDefault}) `;
      try {
        const answer = await lines.question(shown, { signal: interruption.signal });
        return answer.trim() || byDefault;
      } catch {
        throw new Interrupted();
      }
    },
    close: () => lines.close(),
  };
}
