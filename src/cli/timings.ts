/** How long each stage took, for `--verbose`. */
export class Timings {
  readonly #started = performance.now();
  readonly #stages = new Map<string, number>();

  async measure<T>(stage: string, action: () => T | Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await action();
    } finally {
      const spent = performance.now() - started;
      this.#stages.set(stage, (this.#stages.get(stage) ?? 0) + spent);
    }
  }

  /** Milliseconds since the run began. */
  get total(): number {
    return performance.now() - this.#started;
  }

  /** `read 3 ms, parse 12 ms` */
  toString(): string {
    return [...this.#stages].map(([stage, spent]) => `${stage} ${formatTime(spent)}`).join(", ");
  }
}

/** `64 ms`, `1.2 s` */
export function formatTime(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
