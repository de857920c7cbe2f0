/** The sequence of a server and the stamps of its scopes (protocol 5.3), for one process. */
export class Revisions {
  #sequence = 1000;
  /** By context, or context and canonical query of a scope: the rev of its last bump. */
  readonly #stamps = new Map<string, number>();

  get sequence(): number {
    return this.#sequence;
  }

  /** One new rev for all targets of a mutation. */
  bump(targets: readonly string[]): number {
    this.#sequence += 1;
    for (const target of targets) this.#stamps.set(target, this.#sequence);
    return this.#sequence;
  }

  of(scopes: readonly string[]): number {
    return Math.max(1000, ...scopes.map((scope) => this.#stamps.get(scope) ?? 0));
  }
}
