import type { JsonValue } from "../../ir/json.js";
import type { CallValue, CodeType, Name, ObjectMember, ObjectValue, Value } from "./code.js";
import {
  assign,
  assignAtomic,
  assignShort,
  breakParent,
  commaList,
  conditionalGroup,
  fill,
  fitsInto,
  group,
  ifBreak,
  indent,
  join,
  line,
  softline,
} from "./layout.js";
import type { Doc } from "./layout.js";
import { keyText, numberText, stringText } from "./literal.js";

export interface ValueScope {
  use(name: Name): string;
  parameter(name: string): string;
  printArgument(type: CodeType): Doc;
}

/** Keys of so few columns are not worth a line of their own. */
const shortKey = 4;

/** Prints expressions in the form that prettier gives them. */
export function printValue(value: Value, scope: ValueScope): Doc {
  switch (value.kind) {
    case "json":
      return printJson(value.value, scope);
    case "name":
      return scope.use(value.name);
    case "parameter":
      return scope.parameter(value.name);
    case "object":
      return printObject(value, scope);
    case "list":
      return printList(value.items, scope);
    case "call":
      return printCall(value, scope);
    case "constant":
      return [printValue(value.value, scope), " as const"];
  }
}

function printJson(value: JsonValue, scope: ValueScope): Doc {
  if (typeof value === "string") return stringText(value);
  if (typeof value === "number") return numberText(value);
  if (value === null || typeof value === "boolean") return String(value);
  return printValue(structure(value), scope);
}

/** JSON containers as the values that code has; scalars stay as they are. */
function structure(value: JsonValue): Value {
  if (typeof value !== "object" || value === null) return { kind: "json", value };
  if (isJsonList(value)) return { kind: "list", items: value.map(structure) };
  const members = Object.entries(value).map(([key, item]) => ({ key, value: structure(item) }));
  return { kind: "object", open: false, members };
}

function isJsonList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function printObject({ members, open }: ObjectValue, scope: ValueScope): Doc {
  if (members.length === 0) return "{}";
  const parts = members.map((member) => group(printMember(member, scope)));
  return group(["{", indent([line, join([",", line], parts)]), ifBreak(","), line, "}"], {
    shouldBreak: open,
  });
}

function printMember(member: ObjectMember, scope: ValueScope): Doc {
  if ("spread" in member) return ["...", printValue(member.spread, scope)];
  const { key, value } = member;
  const isName = value.kind === "name" || value.kind === "parameter";
  if (isName && printValue(value, scope) === key) return key;
  // Any other spelling of this key would set the prototype.
  const left = key === "__proto__" ? `["__proto__"]` : keyText(key);
  if (fitsInto(left, shortKey)) return assignShort(left, ":", printValue(value, scope));
  return assignValue(left, ":", value, scope);
}

/** `left operator value`, broken where this kind of value is best broken. */
export function assignValue(left: Doc, operator: string, value: Value, scope: ValueScope): Doc {
  const right = printValue(value, scope);
  const scalar = value.kind === "json" ? value.value : undefined;
  if (typeof scalar === "string") return assignAtomic(left, operator, right);
  if (typeof scalar === "boolean" || isUnsigned(scalar)) return assignShort(left, operator, right);
  return assign(left, operator, right);
}

const isUnsigned = (value: unknown): boolean =>
  typeof value === "number" && (value > 0 || value === 0);

function printList(items: readonly Value[], scope: ValueScope): Doc {
  if (items.length === 0) return "[]";
  const structures = items.map((item) => (item.kind === "json" ? structure(item.value) : item));
  const printed = structures.map((item) => printValue(item, scope));
  if (structures.every((item) => item.kind === "json" && typeof item.value === "number")) {
    return printNumbers(printed);
  }
  return group(
    commaList(
      "[",
      printed.map((item) => group(item)),
      ifBreak(","),
      "]",
    ),
    {
      shouldBreak: items.length > 1 && (areFull("object") || areFull("list")),
    },
  );

  function areFull(kind: "object" | "list"): boolean {
    return structures.every((item) => {
      if (item.kind === "object") return kind === item.kind && item.members.length > 1;
      if (item.kind === "list") return kind === item.kind && item.items.length > 1;
      return false;
    });
  }
}

/** As many numbers on a line as fit. */
function printNumbers(printed: readonly Doc[]): Doc {
  const id = Symbol("numbers");
  const trailing = ifBreak(",", "", { groupId: id });
  const parts = printed.flatMap((item, index): Doc[] =>
    index === printed.length - 1 ? [[item, trailing]] : [[item, ","], line],
  );
  return group(["[", indent([softline, fill(parts)]), softline, "]"], { id });
}

export function printCall(call: CallValue, scope: ValueScope): Doc {
  const callee = scope.use(call.callee);
  const { typeArguments = [] } = call;
  const types =
    typeArguments.length === 0
      ? ""
      : group(
          commaList(
            "<",
            typeArguments.map((type) => scope.printArgument(type)),
            "",
            ">",
          ),
        );
  return [call.pure === true ? "/* @__PURE__ */ " : "", callee, types, printArguments(call, scope)];
}

function printArguments(call: CallValue, scope: ValueScope): Doc {
  const printed = call.arguments.map((argument) => printValue(argument, scope));
  if (printed.length === 0) return "()";
  const allBroken = (): Doc =>
    group(commaList("(", printed, ifBreak(","), ")"), { shouldBreak: true });
  const last = call.arguments.at(-1);
  const lastPrinted = printed.at(-1);
  if (last?.kind !== "object" || last.members.length === 0 || lastPrinted === undefined) {
    return group(commaList("(", printed, ifBreak(","), ")"));
  }
  // An object at the end opens on the line of the call.
  const before = printed.slice(0, -1).flatMap((doc): Doc[] => [doc, ", "]);
  return [
    last.open ? breakParent : "",
    conditionalGroup([
      ["(", ...before, lastPrinted, ")"],
      ["(", ...before, group(lastPrinted, { shouldBreak: true }), ")"],
      allBroken(),
    ]),
  ];
}
