import fc from "fast-check";
import { expect, it } from "vitest";
import type { ContractChange } from "../../src/diff/contract-change.js";
import { describeChange } from "../../src/diff/describe-change.js";
import { diffApis } from "../../src/diff/diff-apis.js";
import type { GeneratedFile } from "../../src/emit/generated-file.js";
import type { Api, Mutation } from "../../src/ir/api.js";
import { printType } from "../../src/ir/schema/test/print-type.js";
import { runText } from "../pipeline/run-pipeline.js";
import { contracts, documentOf, type Contract } from "./arbitrary-contracts.js";
import { wrongLines } from "./type-program.js";

const functions = 30;
const rounds = Number(process.env["MIZAN_FUZZ_DIFFS"] ?? 20);
const seed = Number(process.env["MIZAN_FUZZ_SEED"] ?? 1);

/** That a value of one type is one of another, and what the engine said of it. */
interface Claim {
  readonly file: string;
  readonly line: number;
  readonly changes: readonly ContractChange[];
  readonly words: string;
}

/**
 * Kinds that TypeScript does not see: it takes an object with more members than asked for, so what is sent or read in vain still fits.
 * A change of only these may compile or not; the engine calls it breaking all the same (docs/diff.md).
 */
const unseen: ReadonlySet<string> = new Set([
  "member-removed",
  "member-renamed",
  "index-removed",
  "constraint-tightened",
  "constraint-loosened",
  "constraint-changed",
  "format-changed",
  "default-changed",
]);

it(
  "what is called compatible fits the new types in the direction that matters, what is called breaking does not (protocol 2.6)",
  async () => {
    const sources = new Map<string, string>();
    const claims: Claim[] = [];
    const drawn = fc.sample(contracts(functions), { seed, numRuns: rounds });
    for (const [round, { before, after }] of drawn.entries()) {
      const old = await clientOf(before);
      const young = await clientOf(after);
      if (old === null || young === null) continue;
      const folder = `/round-${String(round)}`;
      addSources(sources, `${folder}/old`, old.files);
      addSources(sources, `${folder}/new`, young.files);
      const file = `${folder}/claims.ts`;
      const changes = diffApis(old.api, young.api);
      const lines = old.api.mutations.flatMap((mutation, index) => {
        const other = young.api.mutations[index];
        return other === undefined ? [] : claimsOf(mutation, other);
      });
      for (const [line, { name, direction, words }] of lines.entries()) {
        const own = changes.filter(
          (change) =>
            change.direction === direction &&
            change.functions.some((reached) => reached.name === name),
        );
        claims.push({ file, line, changes: own, words });
      }
      sources.set(file, lines.map(({ code }) => code).join("\n"));
    }

    const wrong = wrongLines(sources);
    // The clients themselves are in order.
    for (const path of wrong.keys()) expect(path).toMatch(/claims\.ts$/);
    const seen = { fits: 0, breaks: 0, unseen: 0 };
    const faults = claims.flatMap(({ file, line, changes, words }) => {
      const compiles = !(wrong.get(file)?.has(line) ?? false);
      const verdict = verdictOf(changes);
      seen[verdict]++;
      if (verdict === "unseen" || compiles === (verdict === "fits")) return [];
      const lines = changes.map((change) => `${change.class}: ${describeChange(change)}`);
      return [
        [`${verdict}, but it ${compiles ? "compiles" : "does not"}`, words, ...lines].join("\n"),
      ];
    });
    expect(faults.slice(0, 5).join("\n\n"), `${String(faults.length)} faults`).toBe("");
    // Each outcome was seen often, or the test says nothing.
    expect(Math.min(seen.fits, seen.breaks, seen.unseen)).toBeGreaterThan(rounds);
    expect(claims.length).toBeGreaterThan(rounds * functions);
  },
  60_000 + rounds * 5_000,
);

/** Null for what is refused: a name that became nothing but another name for itself. */
async function clientOf(
  contract: Contract,
): Promise<{ api: Api; files: readonly GeneratedFile[] } | null> {
  const { api, files } = await runText(JSON.stringify(documentOf(contract)));
  return api === null || files === null ? null : { api, files };
}

/** The modules of one client; the kernel is one for all of them. */
function addSources(
  sources: Map<string, string>,
  folder: string,
  files: readonly GeneratedFile[],
): void {
  for (const { path, text } of files) {
    if (/^kernel\/.*\.ts$/.test(path)) sources.set(`/${path}`, text);
    if (/^(mutations\/|types\.ts|contract\.ts)/.test(path)) sources.set(`${folder}/${path}`, text);
  }
}

interface ClaimLine {
  readonly name: string;
  readonly direction: "in" | "out";
  readonly code: string;
  readonly words: string;
}

/** An input of the old client is one of the new, an answer to the new client is one to the old. */
function claimsOf(before: Mutation, after: Mutation): ClaimLine[] {
  const typeIn = (side: string, { file, names }: Mutation, part: "input" | "output"): string =>
    `import("./${side}/${file.replace(/\.ts$/, ".js")}").${names[part]}`;
  const line = (direction: "in" | "out", from: string, to: string): string =>
    `export const ${before.names.value}_${direction} = (value: ${from}): ${to} => value;`;
  const name = before.wireName;
  return [
    {
      ...{ name, direction: "in" as const },
      code: line("in", typeIn("old", before, "input"), typeIn("new", after, "input")),
      words: `${printType(before.input)}\n-> ${printType(after.input)}`,
    },
    {
      ...{ name, direction: "out" as const },
      code: line("out", typeIn("new", after, "output"), typeIn("old", before, "output")),
      words: `${printType(before.output)}\n<- ${printType(after.output)}`,
    },
  ];
}

function verdictOf(changes: readonly ContractChange[]): "fits" | "breaks" | "unseen" {
  const harmful = changes.filter(({ class: found }) => found === "breaking" || found === "review");
  if (harmful.length === 0) return "fits";
  return harmful.every(({ kind }) => unseen.has(kind)) ? "unseen" : "breaks";
}
