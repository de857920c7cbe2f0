/** Sorts what has a path, time and again: what was sorted before need not be compared with all the rest. */
export class PathOrder {
  #sorted: readonly string[] = [];

  /** @param entries each of another path */
  sort<Entry extends { readonly path: string }>(entries: readonly Entry[]): Entry[] {
    const open = new Map(entries.map((entry) => [entry.path, entry]));
    const found: Entry[] = [];
    for (const path of this.#sorted) {
      const entry = open.get(path);
      if (entry === undefined) continue;
      open.delete(path);
      found.push(entry);
    }
    // Sorting takes a list that is in order already for what it is.
    const sorted = [...found, ...open.values()].sort(byPath);
    this.#sorted = sorted.map(({ path }) => path);
    return sorted;
  }
}

/** By code units, as in every list of files that is written. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
