/** Files of fewer parts are parsed as a whole in no time. */
const worthwhile = 100;

/**
 * The parts of large files that are known to parse by themselves, for a watch: of `types.ts` with one other type, one statement is
 * parsed. That is enough. Each part is whole statements, on lines of their own, and the next one begins with a keyword that goes on with
 * nothing: what parses part by part parses as a whole.
 */
export class ProvenParts {
  readonly #parts = new Map<string, ReadonlySet<string>>();

  /** The parts of a file that are yet to be proven; null where the whole of it has to be. */
  unproven(path: string, parts: readonly string[]): readonly string[] | null {
    const known = this.#parts.get(path);
    if (known === undefined || parts.length < worthwhile) return null;
    return parts.filter((part) => !known.has(part));
  }

  /** @param parts that parse by themselves, all that are to be known of the file */
  prove(path: string, parts: readonly string[]): void {
    if (parts.length < worthwhile) this.#parts.delete(path);
    else this.#parts.set(path, new Set(parts));
  }
}
