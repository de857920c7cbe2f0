/** Lets one loop sleep until something happens, at most for a given time. */
export class Wakeup {
  #happened = false;
  #wake: (() => void) | undefined;

  /** Whether something happened that nobody has waited for. */
  get isPending(): boolean {
    return this.#happened;
  }

  /** Something happened. */
  readonly notify = (): void => {
    this.#happened = true;
    this.#wake?.();
  };

  /** Resolves to whether something happened since the last call, at once or within so many milliseconds (`Infinity`: in the end). */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#happened) {
      await new Promise<void>((resolve) => {
        const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined;
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    const happened = this.#happened;
    this.#happened = false;
    return happened;
  }
}
