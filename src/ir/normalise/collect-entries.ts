import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import { quote } from "../../diagnostics/quote.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { child, lastStep } from "../../document/pointer.js";
import { isList, isObject } from "../shape/schema-at.js";
import { describeValue } from "./expect-shape.js";
import { camelKey } from "./key-spelling.js";
import type { Method } from "./normal-form.js";
import { itemsOf, membersOf, placed, type Placed } from "./placed.js";

/** One entry as it was written, before its members are read. */
export interface RawEntry {
  /** The key of a map, when that is the name; else the entry names itself. */
  readonly key?: Placed<string> | undefined;
  /** The address an entry stood under, in documents keyed by path. */
  readonly path?: Placed<string> | undefined;
  readonly method?: Method | undefined;
  readonly body: Placed<JsonObject>;
}

const methodOfKey: ReadonlyMap<string, Method> = new Map(
  (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).map((method) => [
    method.toLowerCase(),
    method,
  ]),
);

/** A member of `x-mizan-functions`, or an item where that is a list. */
export type FunctionsMember = readonly [key: string, value: JsonValue];

export function functionsMembers({ value }: Placed): FunctionsMember[] {
  return isObject(value) || isList(value) ? Object.entries(value) : [];
}

/**
 * Brings the forms of `x-mizan-functions` together (protocol 2.5): a map by name, a list of entries with a name, a map by path
 * with or without methods. A member may hold several entries.
 */
export function entriesOfMember(
  functions: Placed,
  [key, value]: FunctionsMember,
  diagnostics: Diagnostics,
): RawEntry[] {
  const member = placed(value, child(functions.pointer, key));
  const address = isList(functions.value) ? null : addressOf(key, member);
  if (address !== null) return entriesOfPath(member, address, diagnostics);
  const body = entryObject(member, diagnostics);
  if (body === undefined) return [];
  return [isList(functions.value) ? { body } : { key: placed(key, member.pointer, "key"), body }];
}

type Address = Pick<RawEntry, "path" | "method">;

/** `/call/f` and `POST /call/f`. */
function addressOf(key: string, member: Placed): Address | null {
  const match = /^(?:([A-Za-z]+)\s+)?(\/\S*)$/.exec(key);
  if (match === null) return null;
  const [, method, path = "/"] = match;
  return {
    path: placed(path, member.pointer, "key"),
    method: method === undefined ? undefined : methodOfKey.get(method.toLowerCase()),
  };
}

function entriesOfPath(member: Placed, address: Address, diagnostics: Diagnostics): RawEntry[] {
  if (isList(member.value)) {
    return entriesOfList(placed(member.value, member.pointer), address, diagnostics);
  }
  const body = entryObject(member, diagnostics);
  if (body === undefined) return [];
  const byMethod = membersOf(body).filter(([key, value]) => isMethod(key, value.value));
  if (byMethod.length === 0 || address.method !== undefined) return [{ ...address, body }];
  return byMethod.flatMap(([key, value]) => {
    const method = methodOfKey.get(key.toLowerCase());
    return entriesOfPath(value, { ...address, method }, diagnostics);
  });
}

function isMethod(key: string, value: JsonValue): boolean {
  return methodOfKey.has(key.toLowerCase()) && (isObject(value) || isList(value));
}

function entriesOfList(
  list: Placed<readonly JsonValue[]>,
  address: Address,
  diagnostics: Diagnostics,
): RawEntry[] {
  return itemsOf(list).flatMap((item) => {
    const body = entryObject(item, diagnostics);
    return body === undefined ? [] : [{ ...address, body }];
  });
}

function entryObject(found: Placed, diagnostics: Diagnostics): Placed<JsonObject> | undefined {
  if (isObject(found.value)) return placed(found.value, found.pointer);
  const name = lastStep(found.pointer);
  diagnostics.report(
    "E103",
    found.pointer,
    `the entry ${quote(name)} must be an object, not ${describeValue(found.value)}`,
  );
  return undefined;
}

/** The last segment of a path that is no template: the name of an entry that has no other. */
export function nameOfPath(path: string): string | undefined {
  const segments = path.split("/").filter((segment) => segment !== "" && !segment.includes("{"));
  const last = segments.at(-1);
  return last === undefined || camelKey(last) === "" ? undefined : last;
}
