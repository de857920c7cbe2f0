import type { Api } from "../ir/api.js";
import type { TypeNode } from "../ir/type-node.js";
import type { FunctionEntry } from "./function-entry.js";

/** The names of all types that these functions reach, through any number of others. */
export function reachableTypes(api: Api, functions: readonly FunctionEntry[]): ReadonlySet<string> {
  const types = new Map(api.types.map(({ name, type }) => [name, type]));
  const found = new Set<string>();
  const waiting = functions.flatMap(typesOf);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind !== "reference") {
      waiting.push(...partsOf(node));
    } else if (!found.has(node.name)) {
      found.add(node.name);
      const type = types.get(node.name);
      if (type !== undefined) waiting.push(type);
    }
  }
  return found;
}

/** The types that a function names itself. */
export function typesOf(entry: FunctionEntry): TypeNode[] {
  const errors = entry.errors.flatMap(({ data }) => data ?? []);
  switch (entry.kind) {
    case "query":
      return [entry.input, entry.output, ...errors];
    case "mutation":
      return [
        entry.input,
        entry.output,
        ...errors,
        ...(entry.form === null ? [] : [entry.form.type]),
      ];
    case "view":
      return [entry.paramsType, ...errors, ...(entry.input === null ? [] : [entry.input])];
  }
}

/** The types that a type consists of. */
export function partsOf(node: TypeNode): readonly TypeNode[] {
  switch (node.kind) {
    case "array":
      return [node.element];
    case "tuple": {
      const elements = node.elements.map(({ type }) => type);
      return node.rest === undefined ? elements : [...elements, node.rest];
    }
    case "object": {
      const members = node.members.map(({ type }) => type);
      return node.index === undefined ? members : [...members, node.index];
    }
    case "record":
      return [node.keys, node.value];
    case "union":
    case "intersection":
      return node.members;
    default:
      return [];
  }
}
