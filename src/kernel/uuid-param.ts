import { plainText, textsOf } from "./canonical.js";

/** The codec of UUIDs, and of lists of them: in lower case. */
export const uuidParam = (value: unknown): string[] =>
  textsOf(value, (item) => plainText(item).toLowerCase());
