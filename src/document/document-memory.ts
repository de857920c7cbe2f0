import type { JsonObject } from "./document.js";
import type { TextMemory } from "./text-memory.js";

/**
 * What a watch keeps of a document, so that the next one is made of the same objects wherever it says the same: `===` of two objects
 * or arrays of consecutive documents means that they say the same, down to the numbers that JavaScript does not hold.
 */
export class DocumentMemory {
  /** `paths` and items of it that have the shape that they should have. */
  readonly soundPaths = new WeakSet<JsonObject>();
  readonly #texts = new Map<string, TextMemory>();

  /** @param key that of the `DocumentFile` */
  textOf(key: string): TextMemory {
    const known = this.#texts.get(key) ?? {};
    this.#texts.set(key, known);
    return known;
  }

  /** Forgets what the document no longer consists of. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#texts.keys()) {
      if (!keys.has(key)) this.#texts.delete(key);
    }
  }
}
