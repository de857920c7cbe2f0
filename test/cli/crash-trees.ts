import type { GeneratedFile } from "../../src/emit/generated-file.js";
import { hashFiles } from "../../src/output/hashed-file.js";
import { writeOutput } from "../../src/output/write-output.js";

function tree(version: number, from: number, to: number): GeneratedFile[] {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  return [
    { path: "index.ts", text: `// ${version}\n` },
    ...numbers.map((number) => ({
      path: `${["contexts", "mutations", `deep/${number % 7}`][number % 3]}/file_${number}.ts`,
      // Longer than a block, so that a torn write would show.
      text: `// version ${version} of file ${number}\n`.repeat(300),
    })),
  ];
}

/** Two trees that share most of their files, each with another text, and have some that the other has not. */
export const trees: readonly (readonly GeneratedFile[])[] = [tree(1, 0, 120), tree(2, 20, 140)];

/** Writes one of the trees through the real output stage, and gives what it found. */
export async function writeTree(directory: string, index: number): Promise<string[]> {
  const files = hashFiles(trees[index] ?? []);
  const input = String(index).padEnd(64, "0");
  const manifest = { generator: "1.0.0", input, references: [], options: "", warnings: 0 };
  const plan = await writeOutput({ directory, files, manifest, force: false });
  return plan.findings.map(({ code, message }) => `${code} ${message}`);
}
