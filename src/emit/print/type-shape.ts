import type { JsonObject, JsonValue } from "../../ir/json.js";
import type { RecordNode, TypeNode } from "../../ir/type-node.js";
import type { CodeObject, CodeType } from "./code.js";

/** What prettier's layout asks of a type: whether it is printed between braces, as a name, or as nothing but a word. */
export class TypeShape {
  readonly #isRecursive: (reference: string) => boolean;
  readonly #mapped = new WeakMap<RecordNode, boolean>();

  /** `isRecursive`: whether a named type takes part in a cycle with the one that is printed. */
  constructor(isRecursive: (reference: string) => boolean) {
    this.#isRecursive = isRecursive;
  }

  /**
   * Whether a record is printed as a mapped type. `Record` and `Partial` resolve their arguments at once, so an alias that reaches
   * itself through them is circular for TypeScript (TS2456); through a mapped type it is not.
   */
  isMapped(type: RecordNode): boolean {
    const known = this.#mapped.get(type);
    if (known !== undefined) return known;
    const mapped = this.#reachesCycle(type);
    this.#mapped.set(type, mapped);
    return mapped;
  }

  /** Whether it is printed between braces. */
  isObject(type: CodeType): boolean {
    switch (type.kind) {
      case "object":
        return !isEmpty(type);
      case "record":
        return this.isMapped(type);
      case "literal":
        return isObjectLiteral(type.value) && Object.keys(type.value).length > 0;
      default:
        return false;
    }
  }

  /** Whether it stands between the brackets of the only type argument without a break. */
  hugs(type: CodeType): boolean {
    if (this.isObject(type)) return true;
    switch (type.kind) {
      case "union":
        return this.hugsUnion(type.members);
      case "literal":
        return typeof type.value !== "object" || type.value === null;
      case "generic":
        return type.arguments.length === 0;
      case "array":
      case "tuple":
      case "record":
      case "object":
      case "intersection":
      case "open-string":
      case "typeof":
        return false;
      default:
        return true;
    }
  }

  /** Whether a union stays on one line whatever its length: `{ ... } | null`, `User | null`. */
  hugsUnion(members: readonly CodeType[]): boolean {
    const first = members.find((member) => this.#isObjectOrName(member));
    if (first === undefined) return false;
    return members.every((member) => member === first || isVoid(member));
  }

  #isObjectOrName(type: CodeType): boolean {
    switch (type.kind) {
      case "reference":
      case "generic":
      case "blob":
      case "object":
        return true;
      case "record":
        return !this.isMapped(type);
      case "literal":
        return isObjectLiteral(type.value);
      default:
        return false;
    }
  }

  /** Without recursion: a record may hold a type of any depth. */
  #reachesCycle(root: RecordNode): boolean {
    const open: TypeNode[] = [root];
    for (let type = open.pop(); type !== undefined; type = open.pop()) {
      if (type.kind === "reference" && this.#isRecursive(type.name)) return true;
      open.push(...partsOf(type));
    }
    return false;
  }
}

/** The types that a type is directly made of. */
export function partsOf(type: TypeNode): readonly TypeNode[] {
  switch (type.kind) {
    case "array":
      return [type.element];
    case "tuple": {
      const parts = type.elements.map((element) => element.type);
      return type.rest === undefined ? parts : [...parts, type.rest];
    }
    case "object": {
      const parts = type.members.map((member) => member.type);
      return type.index === undefined ? parts : [...parts, type.index];
    }
    case "record":
      return [type.keys, type.value];
    case "union":
    case "intersection":
      return type.members;
    default:
      return [];
  }
}

const isEmpty = (type: CodeObject): boolean =>
  type.members.length === 0 && type.index === undefined;

function isObjectLiteral(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isVoid(type: CodeType): boolean {
  return (
    type.kind === "null" || type.kind === "void" || (type.kind === "literal" && type.value === null)
  );
}
