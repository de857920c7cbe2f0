/** What one bump sets and asks for, all at once. */
export interface Bump {
  /** Keys that receive the new revision. */
  readonly set: readonly string[];
  /** For each answer wanted: the keys that must not have moved since. */
  readonly checks: readonly (readonly string[])[];
  /** The sequence before the transaction began. */
  readonly since: number;
}

export interface Bumped {
  readonly rev: number;
  /** For each check: whether one of its keys moved, or nobody knows. */
  readonly conflicts: readonly boolean[];
}

/**
 * Keeps the revision stamps of a deployment (protocol 5.3): integers of one sequence that never steps back. A store that several processes
 * share does `bump` as one atomic script.
 */
export interface RevisionStore {
  /** The last revision given out. */
  sequence(): Promise<number>;
  /** The highest stamp of the keys. A key without one counts as set before everything that is not known any more. */
  read(keys: readonly string[]): Promise<number>;
  /** To be called after the commit and before the answer. */
  bump(bump: Bump): Promise<Bumped>;
}
