// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { plainText, textsOf } from "./canonical.js";

/** The codec of UUIDs, and of lists of them: in lower case. */
export const uuidParam = (value: unknown): string[] =>
  textsOf(value, (item) => plainText(item).toLowerCase());
