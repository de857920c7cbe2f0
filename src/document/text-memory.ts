import type { KnownText } from "./json/known-json.js";
import type { Said } from "./share-structure.js";

/** What a text said when it was last read without a problem, as JSON or as YAML. No older one is kept. */
export interface TextMemory {
  json?: KnownText | undefined;
  yaml?: Said | undefined;
}
