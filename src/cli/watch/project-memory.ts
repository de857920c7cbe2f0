import { DocumentMemory } from "../../document/document-memory.js";
import { ClientMemory } from "../../emit/client-memory.js";
import type { GeneratedFile } from "../../emit/generated-file.js";
import { StepMemory } from "../../ir/steps/step-memory.js";
import type { HashedFile } from "../../output/hashed-file.js";
import { OutputMemory } from "../../output/output-memory.js";

/**
 * What a watched project keeps from run to run, so that the next one does only what is new. Nothing in it is believed: each stage asks
 * whether what it would do again is what it did, so that a run with a memory gives what one without would give.
 */
export class ProjectMemory {
  readonly document = new DocumentMemory();
  readonly steps = new StepMemory();
  readonly client = new ClientMemory();
  readonly hashed = new WeakMap<GeneratedFile, HashedFile>();
  readonly output = new OutputMemory();

  /** For when a run has come to its end: what would make the next one wait. */
  tidy(): void {
    this.steps.tidy();
  }
}
