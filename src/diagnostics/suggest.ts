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

/** Rows of the table below, kept between calls. */
let beforeLast = new Uint8Array(longest + 1);
let last = new Uint8Array(longest + 1);
let current = new Uint8Array(longest + 1);

/**
 * Optimal string alignment distance, or undefined when it is more than `limit`. Only the band of the table is filled in which a
 * distance within the limit can run; what lies outside counts as too far.
 */
function distanceWithin(a: string, b: string, limit: number): number | undefined {
  const tooFar = limit + 1;
  for (let column = 0; column <= b.length; column++) last[column] = Math.min(column, tooFar);
  for (let row = 1; row <= a.length; row++) {
    const start = Math.max(1, row - limit);
    const end = Math.min(b.length, row + limit);
    current.fill(tooFar, 0, b.length + 1);
    if (row <= limit) current[0] = row;
    let smallest = current[0] ?? tooFar;
    for (let column = start; column <= end; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let cost = Math.min(
        (last[column] ?? tooFar) + 1,
        (current[column - 1] ?? tooFar) + 1,
        (last[column - 1] ?? tooFar) + (same ? 0 : 1),
      );
      if (!same && row > 1 && column > 1 && swapped(a, b, row, column)) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? tooFar) + 1);
      }
      current[column] = Math.min(cost, tooFar);
      if (cost < smallest) smallest = cost;
    }
    if (smallest > limit) return undefined;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  const distance = last[b.length] ?? tooFar;
  return distance > limit ? undefined : distance;
}

function swapped(a: string, b: string, row: number, column: number): boolean {
  return (
    a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
    a.charCodeAt(row - 2) === b.charCodeAt(column - 1)
  );
}
