import type { JsonValue } from "../../../document/document.js";
import type { TypeNode } from "../../type-node.js";

/** A tree as TypeScript, on one line, without docs: for reading in tests, and for the compiler. The printer of the product is in src/emit. */
export function printType(node: TypeNode): string {
  switch (node.kind) {
    case "blob":
      return "Blob";
    case "open-string":
      return "(string & {})";
    case "literal":
      return printLiteral(node.value);
    case "reference":
      return node.name;
    case "array":
      return `${printOperand(node.element)}[]`;
    case "tuple": {
      const elements = node.elements.map(({ type, optional }) =>
        optional ? `${printOperand(type)}?` : printType(type),
      );
      if (node.rest !== undefined) elements.push(`...${printOperand(node.rest)}[]`);
      return `[${elements.join(", ")}]`;
    }
    case "object": {
      const members = node.members.map(
        ({ name, type, optional }) => `${printKey(name)}${optional ? "?" : ""}: ${printType(type)}`,
      );
      if (node.index !== undefined) members.push(`[key: string]: ${printType(node.index)}`);
      return members.length === 0 ? "{}" : `{ ${members.join("; ")} }`;
    }
    case "record": {
      const record = `Record<${printType(node.keys)}, ${printType(node.value)}>`;
      return node.partial ? `Partial<${record}>` : record;
    }
    case "union":
      return node.members
        .map((member) =>
          member.kind === "intersection" ? `(${printType(member)})` : printType(member),
        )
        .join(" | ");
    case "intersection":
      return node.members.map(printOperand).join(" & ");
    default:
      return node.kind;
  }
}

function printOperand(node: TypeNode): string {
  const text = printType(node);
  return node.kind === "union" || node.kind === "intersection" ? `(${text})` : text;
}

function printLiteral(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${(value as readonly JsonValue[]).map(printLiteral).join(", ")}]`;
  const members = Object.entries(value).map(
    ([key, member]) => `${printKey(key)}: ${printLiteral(member)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join("; ")} }`;
}

function printKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
