import { printable } from "../diagnostics/quote.js";
import type { JsonValue } from "../document/document.js";
import type { TypeNode } from "../ir/type-node.js";

const longest = 80;

/** A type as TypeScript would write it, on one harmless line and not longer than people read. */
export function showType(node: TypeNode): string {
  const text = printable(show(node, 0));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** What stands deeper would be cut anyway, and a type may be large. */
const deepest = 4;
const widest = 12;

function show(node: TypeNode, depth: number): string {
  if (depth > deepest) return "…";
  const inner = (child: TypeNode): string => show(child, depth + 1);
  switch (node.kind) {
    case "blob":
      return "Blob";
    case "open-string":
      return "string";
    case "literal":
      return showValue(node.value);
    case "reference":
      return node.name;
    case "array":
      return `${operand(node.element, inner)}[]`;
    case "tuple": {
      const elements = node.elements
        .slice(0, widest)
        .map(({ type, optional }) => (optional ? `${operand(type, inner)}?` : inner(type)));
      if (node.rest !== undefined) elements.push(`...${operand(node.rest, inner)}[]`);
      return `[${elements.join(", ")}]`;
    }
    case "object": {
      const members = node.members
        .slice(0, widest)
        .map(
          ({ name, type, optional }) => `${showKey(name)}${optional ? "?" : ""}: ${inner(type)}`,
        );
      if (node.index !== undefined) members.push(`[key: string]: ${inner(node.index)}`);
      return members.length === 0 ? "{}" : `{ ${members.join("; ")} }`;
    }
    case "record": {
      const record = `Record<${inner(node.keys)}, ${inner(node.value)}>`;
      return node.partial ? `Partial<${record}>` : record;
    }
    case "union":
      return node.members.slice(0, widest).map(inner).join(" | ");
    case "intersection":
      return node.members
        .slice(0, widest)
        .map((member) => operand(member, inner))
        .join(" & ");
    default:
      return node.kind;
  }
}

function operand(node: TypeNode, inner: (node: TypeNode) => string): string {
  const text = inner(node);
  return node.kind === "union" || node.kind === "intersection" ? `(${text})` : text;
}

/** A value as JSON on one harmless line. */
export function showValue(value: JsonValue): string {
  const text = printable(JSON.stringify(value));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

const identifier = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

export function showKey(name: string): string {
  return identifier.test(name) ? name : showValue(name);
}

/** `.name`, or `["odd name"]`. */
export function showStep(name: string): string {
  return identifier.test(name) ? `.${name}` : `[${showValue(name)}]`;
}
