/** One thing that is wrong with a registry, by the protocol's code. */
export interface Finding {
  /** `E…` stops the registry from being sealed, `W…` does not. */
  readonly code: string;
  /** Where: a function, or a part of its declaration, `rename_user.merge[0]`. */
  readonly at: string;
  readonly message: string;
  /** The way out. */
  readonly help?: string | undefined;
}

/** Collects what is wrong, so that all of it is said at once. */
export class Findings {
  readonly all: Finding[] = [];

  report(code: string, at: string, message: string, help?: string): void {
    this.all.push({ code, at, message, help });
  }

  get errors(): readonly Finding[] {
    return this.all.filter(({ code }) => code.startsWith("E"));
  }

  get warnings(): readonly Finding[] {
    return this.all.filter(({ code }) => code.startsWith("W"));
  }
}
