import { parseManifest, type ManifestReading } from "./manifest.js";

/** The manifest of one directory as it was read last, for a watch: of the same text comes the same reading. */
export class KnownManifest {
  #last: { readonly text: string; readonly reading: ManifestReading } | undefined;

  read(text: string): ManifestReading {
    if (this.#last?.text !== text) this.#last = { text, reading: parseManifest(text) };
    return this.#last.reading;
  }
}
