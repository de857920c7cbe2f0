import { toLf } from "../output/hash-text.js";
import type { Change } from "../output/plan-changes.js";
import { compareDeclarations } from "./compare-declarations.js";
import { readDeclarations, type Declaration } from "./read-declarations.js";

/** What changed between the contract that the files on disk were made of and the one of now. Names stand in the order of the client. */
export interface ContractSummary {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Functions and contexts whose own file differs. */
  readonly changed: readonly string[];
  /** Named types that differ. */
  readonly types: readonly string[];
}

type Declarations = ReadonlyMap<string, Declaration>;

/**
 * Reads from the files what changed in the contract: the old document is nowhere, but `client.ts` lists contexts and mutations by their
 * names on the wire, and `types.ts` the types. Null when nothing of that differs.
 */
export async function summarizeContract(
  changes: readonly Change[],
): Promise<ContractSummary | null> {
  const client = await sidesOf(changes, "client.ts");
  const types = await sidesOf(changes, "types.ts");
  const lists = ["MizanContexts", "MizanMutations"];
  const names = (side: Declarations): Set<string> =>
    new Set(
      lists.flatMap((list) =>
        [...(side.get(list)?.members?.keys() ?? [])].map((name) =>
          list === "MizanContexts" ? `context ${name}` : name,
        ),
      ),
    );
  const [old, young] = [names(client.before), names(client.after)];
  const changed = changes.flatMap(({ kind, path }) => {
    const [, folder, file = ""] = /^(contexts|mutations|views)\/(.*)\.ts$/.exec(path) ?? [];
    if (kind !== "update" || folder === undefined) return [];
    return folder === "contexts" ? `context ${file}` : file;
  });
  const found = {
    added: [...young].filter((name) => !old.has(name)),
    removed: [...old].filter((name) => !young.has(name)),
    changed,
    types: typesIn(compareDeclarations(types.before, types.after)),
  };
  return Object.values(found).every((list) => list.length === 0) ? null : found;
}

/** `User.name is now optional`: `User`. */
function typesIn(phrases: readonly string[]): string[] {
  const names = phrases.map(
    (phrase) => /^(?:the comment of )?([\p{L}\p{N}_$]+)/u.exec(phrase)?.[1],
  );
  return [...new Set(names.filter((name) => name !== undefined))];
}

async function sidesOf(
  changes: readonly Change[],
  path: string,
): Promise<{ readonly before: Declarations; readonly after: Declarations }> {
  const change = changes.find((one) => one.path === path);
  const read = async (text: string | undefined): Promise<Declarations> =>
    (text === undefined ? null : await readDeclarations(path, text)) ?? new Map<string, never>();
  const before = change?.before === undefined ? undefined : toLf(change.before.toString("utf8"));
  return { before: await read(before), after: await read(change?.text) };
}
