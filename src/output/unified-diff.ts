/** Lines around a change. */
const context = 3;
/** More differing lines than this are shown as one block: nobody reads them, and finding the shortest way is quadratic. */
const mostEdits = 1000;

interface Edit {
  readonly kind: " " | "-" | "+";
  readonly line: string;
}

/**
 * The difference of two texts as a unified diff that `git apply` and `patch` accept, or `""` when they are equal.
 *
 * @param before null when the file does not exist yet, as `after` when it will not exist any longer
 */
export function unifiedDiff(path: string, before: string | null, after: string | null): string {
  if (before === after) return "";
  const edits = compareLines(linesOf(before ?? ""), linesOf(after ?? ""));
  const names = [
    before === null ? "/dev/null" : `a/${path}`,
    after === null ? "/dev/null" : `b/${path}`,
  ];
  return `--- ${names[0]}\n+++ ${names[1]}\n${hunksOf(edits).join("")}`;
}

/** Lines with their line ends, so that a missing one at the end of the file is a difference. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function compareLines(before: readonly string[], after: readonly string[]): Edit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++;
  }
  const keep = (line: string): Edit => ({ kind: " ", line });
  return [
    ...before.slice(0, start).map(keep),
    ...shortestEdits(
      before.slice(start, before.length - end),
      after.slice(start, after.length - end),
    ),
    ...before.slice(before.length - end).map(keep),
  ];
}

/** Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), with the frontiers kept for the way back. */
function shortestEdits(before: readonly string[], after: readonly string[]): Edit[] {
  const frontiers: Map<number, number>[] = [];
  let frontier = new Map<number, number>([[1, 0]]);
  for (let depth = 0; depth <= mostEdits; depth++) {
    frontiers.push(frontier);
    const next = new Map<number, number>();
    for (let k = -depth; k <= depth; k += 2) {
      const down = frontier.get(k + 1) ?? -1;
      const right = frontier.get(k - 1) ?? -1;
      let x = k === -depth || (k !== depth && right < down) ? down : right + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      next.set(k, x);
      if (x >= before.length && x - k >= after.length) {
        return walkBack(frontiers, before, after);
      }
    }
    frontier = next;
  }
  return [
    ...before.map((line): Edit => ({ kind: "-", line })),
    ...after.map((line): Edit => ({ kind: "+", line })),
  ];
}

function walkBack(
  frontiers: readonly Map<number, number>[],
  before: readonly string[],
  after: readonly string[],
): Edit[] {
  const edits: Edit[] = [];
  let x = before.length;
  let y = after.length;
  for (let depth = frontiers.length - 1; depth >= 0; depth--) {
    const frontier = frontiers[depth] ?? new Map<number, number>();
    const k = x - y;
    const down = frontier.get(k + 1) ?? -1;
    const right = frontier.get(k - 1) ?? -1;
    const previous = k === -depth || (k !== depth && right < down) ? k + 1 : k - 1;
    const fromX = frontier.get(previous) ?? 0;
    const fromY = fromX - previous;
    while (x > fromX && y > fromY) {
      edits.push({ kind: " ", line: before[--x] ?? "" });
      y--;
    }
    if (depth === 0) break;
    if (x === fromX) edits.push({ kind: "+", line: after[--y] ?? "" });
    else edits.push({ kind: "-", line: before[--x] ?? "" });
  }
  return edits.reverse();
}

function hunksOf(edits: readonly Edit[]): string[] {
  const hunks: string[] = [];
  let [oldLine, newLine, index] = [1, 1, 0];
  const advance = (edit: Edit): void => {
    if (edit.kind !== "+") oldLine++;
    if (edit.kind !== "-") newLine++;
  };
  while (index < edits.length) {
    const changed = edits.findIndex((edit, at) => at >= index && edit.kind !== " ");
    if (changed === -1) break;
    const from = Math.max(index, changed - context);
    let to = changed;
    for (let at = changed; at < edits.length && at <= to + 2 * context; at++) {
      if (edits[at]?.kind !== " ") to = at;
    }
    const end = Math.min(edits.length, to + 1 + context);
    edits.slice(index, from).forEach(advance);
    const hunk = edits.slice(from, end);
    const start = [oldLine, newLine];
    hunk.forEach(advance);
    const count = [oldLine - (start[0] ?? 0), newLine - (start[1] ?? 0)];
    const range = (side: 0 | 1): string =>
      `${(start[side] ?? 0) - (count[side] === 0 ? 1 : 0)},${count[side]}`;
    hunks.push(`@@ -${range(0)} +${range(1)} @@\n${hunk.map(printEdit).join("")}`);
    index = end;
  }
  return hunks;
}

function printEdit({ kind, line }: Edit): string {
  return line.endsWith("\n") ? `${kind}${line}` : `${kind}${line}\n\\ No newline at end of file\n`;
}
