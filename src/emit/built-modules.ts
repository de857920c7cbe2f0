import type { GeneratedFile } from "./generated-file.js";
import { keepPaths } from "./keep-paths.js";
import type { Module } from "./print/code.js";
import { areAlike, type Draft } from "./stage1/draft.js";
import { answerAlike, NotedSlots, type AskedSlot, type SlotsOfApi } from "./stage1/slots.js";

/**
 * What the modules of one client were built of last, for the next run of a watch: a module of the very same parts of the model, to
 * which the rest of the model would answer as it did, is the module that it was and need not be built.
 */
export class BuiltModules {
  readonly #built = new Map<
    string,
    { readonly draft: Draft; readonly asked: readonly AskedSlot[] }
  >();
  /** Those that answer all that was asked as it was answered; undefined after a run that did not come to its end. */
  #settled: SlotsOfApi | undefined;

  /** Opens a run. */
  open(slots: SlotsOfApi): BuiltRun {
    const settled = this.#settled;
    this.#settled = undefined;
    const known = this.#built;
    const answersStay = settled?.isLike(slots) === true;
    return {
      isBuilt(draft) {
        const before = known.get(draft.path);
        if (before === undefined || !areAlike(before.draft, draft)) return false;
        return answersStay || answerAlike(slots, before.asked);
      },
      build(draft, print) {
        const noted = new NotedSlots(slots);
        const file = print(draft.build(noted));
        known.set(draft.path, { draft, asked: noted.asked });
        return file;
      },
      close: (paths) => {
        keepPaths(known, paths);
        this.#settled = slots;
      },
    };
  }
}

/** One run over all modules of the client. */
export interface BuiltRun {
  /** Whether the draft would be built into what was built last at its path. */
  isBuilt(draft: Draft): boolean;
  /** Builds the draft and prints it; what fails leaves no trace. */
  build(draft: Draft, print: (module: Module) => GeneratedFile): GeneratedFile;
  /** @param paths of all modules that the client has: others are forgotten */
  close(paths: readonly string[]): void;
}
