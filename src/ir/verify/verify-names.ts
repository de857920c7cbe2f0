import { quote } from "../../diagnostics/quote.js";
import { slotOf, type ContextGroup } from "../contexts/group-contexts.js";
import { toCamelCase } from "../names/words.js";
import type { Entry } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";
import type { Verification } from "./verification.js";

const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,127}$/;
const contextPattern = /^[A-Za-z][A-Za-z0-9_.-]{0,127}$/;

/** Members of every object, and those that make one a promise or change how it is printed (protocol P8). */
const reservedMembers: ReadonlySet<string> = new Set([
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "prototype",
  "then",
  "toJSON",
  "toLocaleString",
  "toString",
  "valueOf",
]);

/** E102: names of a function that are not allowed. Returns the identifier that it asks for. */
export function verifyName(verification: Verification, entry: Entry): string {
  checkName(verification, entry.name, "function");
  if (entry.kind === "query" && entry.slot !== undefined) {
    checkName(verification, entry.slot, "slot");
  }
  if (entry.kind !== "mutation") {
    for (const param of entry.params) checkName(verification, param.name, "param");
  }
  return toCamelCase(entry.name.value);
}

/** E101: functions, contexts or slots whose names fall together. */
export function verifyNames(
  verification: Verification,
  identifiers: ReadonlyMap<Entry, string>,
  contextIdentifiers: readonly string[],
): void {
  const functions = new Map<string, Placed<string>>();
  for (const [{ name }, identifier] of identifiers) {
    claim(verification, functions, identifier, name, (other) =>
      other === name.value
        ? `the function ${quote(name.value)} stands twice`
        : `the functions ${quote(other)} and ${quote(name.value)} both become ${quote(identifier)}`,
    );
  }
  verifyContextNames(verification, contextIdentifiers);
}

/** E102: a context whose name is not allowed. Returns the identifier that it asks for. */
export function verifyContextName(verification: Verification, { name }: ContextGroup): string {
  if (!contextPattern.test(name.value) || ["constructor", "prototype"].includes(name.value)) {
    verification.report("E102", name, `${quote(name.value)} cannot be the name of a context`, {
      help: "use letters, digits, _, - and ., beginning with a letter",
    });
  }
  return toCamelCase(`${name.value}_context`);
}

function verifyContextNames(verification: Verification, asked: readonly string[]): void {
  const folded = new Map<string, Placed<string>>();
  const identifiers = new Map<string, Placed<string>>();
  for (const [index, { name, queries }] of [...verification.contexts.values()].entries()) {
    const fell = claim(
      verification,
      folded,
      name.value.toLowerCase(),
      name,
      (other) => `the contexts ${quote(other)} and ${quote(name.value)} differ by case only`,
    );
    const identifier = asked[index] ?? name.value;
    if (!fell) {
      claim(
        verification,
        identifiers,
        identifier,
        name,
        (other) =>
          `the contexts ${quote(other)} and ${quote(name.value)} both become ${quote(identifier)}`,
      );
    }
    const slots = new Map<string, Placed<string>>();
    for (const query of queries) {
      if (verification.normal.excluded.has(query.name.value)) continue;
      if (query.slot === undefined && slots.get(query.name.value)?.value === query.name.value) {
        continue; // Two functions of one name: reported as such.
      }
      const message = (): string =>
        `the context ${quote(name.value)} has two functions for the slot ${quote(slotOf(query))}`;
      claim(verification, slots, slotOf(query), query.slot ?? query.name, message);
    }
  }
}

/** Takes a name; reports and says so when another place has it already. */
function claim(
  verification: Verification,
  taken: Map<string, Placed<string>>,
  key: string,
  name: Placed<string>,
  message: (other: string) => string,
): boolean {
  const other = taken.get(key);
  if (other === undefined) {
    taken.set(key, name);
    return false;
  }
  verification.report("E101", name, message(other.value), {
    help: "rename one of them in the backend",
    related: [{ pointer: other.pointer, message: "the other" }],
  });
  return true;
}

function checkName(
  verification: Verification,
  name: Placed<string>,
  noun: "function" | "slot" | "param",
): void {
  const text = name.value;
  if (namePattern.test(text) && !reservedMembers.has(text)) return;
  verification.report("E102", name, `${quote(text)} cannot be the name of a ${noun}`, {
    help: reservedMembers.has(text)
      ? noun === "function"
        ? 'rename it, or give the query another "slot"'
        : "rename it: every JavaScript object has a member of this name, or is called by it"
      : text.startsWith("_") && noun === "param"
        ? "rename it: params that start with _ belong to the protocol"
        : "use letters, digits and _, beginning with a letter",
  });
}
