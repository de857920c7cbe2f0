// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

/**
 * How a param becomes text in the canonical query (protocol 3.2): the type of a plain text, where `[]` repeats the key, or the
 * function that gives its texts.
 */
export type ParamCodec = PlainCodec | `${PlainCodec}[]` | ((value: unknown) => readonly string[]);
export type PlainCodec = "string" | "number" | "boolean";
