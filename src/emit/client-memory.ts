import { BuiltModules } from "./built-modules.js";
import type { GeneratedFile } from "./generated-file.js";
import type { EmitOptions } from "./options.js";
import { PrintedModules } from "./print/printed-modules.js";
import { ProvenParts } from "./proven-parts.js";
import type { CycleMemory } from "./stage1/cycles.js";
import { AdapterMemory } from "./stage2/adapter-memory.js";

/** What a watch keeps of one client from run to run. A run with it gives what one without would give. */
export class ClientMemory {
  readonly built = new BuiltModules();
  readonly printed = new PrintedModules();
  readonly references: CycleMemory = new WeakMap();
  readonly proven = new ProvenParts();
  readonly adapters = new AdapterMemory();
  #kernel:
    | {
        readonly extension: EmitOptions["importExtension"];
        readonly files: readonly GeneratedFile[];
      }
    | undefined;

  /** The files of the kernel, which are the same for the same spelling of imports. */
  kernel(
    extension: EmitOptions["importExtension"],
    print: () => readonly GeneratedFile[],
  ): readonly GeneratedFile[] {
    if (this.#kernel?.extension !== extension) this.#kernel = { extension, files: print() };
    return this.#kernel.files;
  }
}
