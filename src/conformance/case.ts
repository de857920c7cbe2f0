import type { Laboratory } from "./laboratory.js";
import type { Trial } from "./trial.js";

/** One rule of the protocol, as a question to a server. */
export interface Case {
  /** Section of docs/protocol.md and a word: `3.3-etag`. Never changes. */
  readonly id: string;
  /** What holds of a server that passes, as a sentence. */
  readonly title: string;
  /** How to mend a server that fails. */
  readonly mend: string;
  readonly run: (lab: Laboratory, trial: Trial) => Promise<void> | void;
}
