import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";

/** A value and the place in the user's document that it was written at. Normalising moves values, never their places. */
export interface Placed<T = JsonValue> {
  readonly value: T;
  readonly pointer: Pointer;
  /** `key` when the value was written as the key of a member: the name of an entry of a map. */
  readonly part?: "key" | undefined;
}

export function placed<T>(value: T, pointer: Pointer, part?: "key"): Placed<T> {
  return part === undefined ? { value, pointer } : { value, pointer, part };
}

/** The items of a list with their places. */
export function itemsOf(list: Placed<readonly JsonValue[]>): Placed[] {
  return list.value.map((value, index) => placed(value, child(list.pointer, index)));
}

/** The members of an object with their places, in document order. */
export function membersOf(object: Placed<JsonObject>): [key: string, member: Placed][] {
  return Object.entries(object.value).map(([key, value]) => [
    key,
    placed(value, child(object.pointer, key)),
  ]);
}
