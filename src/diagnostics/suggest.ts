/** Longer names are compared by their first characters only. */
const longest = 64;
/** More candidates than this are looked at by length alone for equality but for case; nobody reads a guess among that many. */
const mostCandidates = 20_000;

/**
 * The candidate that was most likely meant by a misspelt `name`, or undefined when none is near: at most a third of the letters
 * differ (Damerau-Levenshtein: a swap of neighbours is one mistake). Case, `-`, `_`, `.` and spaces weigh next to nothing.
 * Of equally near candidates the first wins. Cost is bounded: O(candidates x 64 x band).
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(name);
  let best: string | undefined;
  // Only a strictly nearer candidate replaces an earlier one.
  let limit = Math.min(4, Math.max(1, Math.floor(wanted.length / 3)));
  let seen = 0;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    if (++seen > mostCandidates) break;
    const folded = fold(candidate);
    if (folded === wanted) return candidate;
    if (limit < 1 || Math.abs(folded.length - wanted.length) > limit) continue;
    const distance = distanceWithin(wanted, folded, limit);
    if (distance === undefined || distance >= Math.max(wanted.length, folded.length)) continue;
    best = candidate;
    limit = distance - 1;
  }
  return best;
}

/** ` (did you mean "Mission"?)`, or nothing: the tail of a message about an unknown name. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : ` (did you mean ${JSON.stringify(suggestion)}?)`;
}

function fold(name: string): string {
  return name
    .slice(0, longest)
    .toLowerCase()
    .replace(/[-_. ]/g, "");
}

/** Optimal string alignment distance, or undefined when it is more than `limit`. */
function distanceWithin(a: string, b: string, limit: number): number | undefined {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let smallest = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      if (
        !same &&
        row > 1 &&
        column > 1 &&
        a[row - 1] === b[column - 2] &&
        a[row - 2] === b[column - 1]
      ) {
        cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      }
      current.push(cost);
      if (cost < smallest) smallest = cost;
    }
    if (smallest > limit) return undefined;
    beforeLast = last;
    last = current;
  }
  const distance = at(last, b.length);
  return distance > limit ? undefined : distance;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
