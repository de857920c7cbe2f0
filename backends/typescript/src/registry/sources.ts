import type { JsonValue } from "../json/json-value.js";

/** Where the value of a target's param comes from (protocol 2.4). */
export type Source =
  | { readonly from: "input" | "result"; readonly path: readonly (string | number)[] }
  | { readonly const: JsonValue }
  | { readonly from: "server" };

/** From the arguments of the call: `input("order", "user_id")`. */
export const input = (...path: readonly (string | number)[]): Source => ({ from: "input", path });

/** From the answer: `result("user_id")`. */
export const result = (...path: readonly (string | number)[]): Source => ({ from: "result", path });

/** Always the same. */
export const constant = (value: JsonValue): Source => ({ const: value });

/** Known to the handler only, which says it by `call.scope("orders", { user_id })`. */
export const server: Source = { from: "server" };
