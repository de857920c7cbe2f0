import type { JsonValue } from "../../ir/json.js";
import type { LiteralNode, RecordNode, TupleNode } from "../../ir/type-node.js";
import type { CodeMember, CodeType, Name, TypeStyle } from "./code.js";
import { docComment } from "./doc-comment.js";
import {
  align,
  commaList,
  group,
  hardline,
  ifBreak,
  indent,
  join,
  line,
  softline,
} from "./layout.js";
import type { Doc } from "./layout.js";
import { keyText, numberText, stringText } from "./literal.js";
import { TypeShape } from "./type-shape.js";

/** Where a type stands; decides parentheses and how a union breaks. */
type Place =
  | "alias" // right of `=`
  | "annotation" // right of `:`
  | "element" // before `[]`, before `?`, after `...`, after `readonly`
  | "tuple" // beside others in a tuple
  | "lone" // alone in a tuple
  | "argument" // between < and >
  | "intersection"
  | "union";

type ObjectType = Extract<CodeType, { kind: "object" }>;
type UnionType = Extract<CodeType, { kind: "union" }>;

export interface TypeScope {
  /** The name by which the module knows a binding; imports it where needed. */
  use(name: Name): string;
  /** Whether a named type takes part in a cycle with the one that is being printed. */
  isRecursive(reference: string): boolean;
}

/**
 * Prints types in the form that prettier gives them. Loops stand where `map` would read better: a schema may be 500 levels deep, each
 * of them up to three types, and callbacks double the stack that a level takes.
 */
export class TypePrinter {
  readonly #scope: TypeScope;
  readonly #style: TypeStyle;
  readonly #shape: TypeShape;

  constructor(scope: TypeScope, style: TypeStyle) {
    this.#scope = scope;
    this.#style = style;
    this.#shape = new TypeShape((reference) => scope.isRecursive(reference));
  }

  /** `depth`: how far the surrounding code is indented, in columns. Objects are `open` (one member a line) where they are a whole alias. */
  print(type: CodeType, place: Place = "annotation", depth = 0, open = false): Doc {
    switch (type.kind) {
      case "open-string":
        return "(string & {})";
      case "blob":
        return "Blob";
      case "literal":
        return this.#literal(type.value, depth);
      case "reference":
        return this.#scope.use({ name: type.name, from: "types", typeOnly: true });
      case "typeof":
        return `typeof ${this.#scope.use(type.name)}`;
      case "generic":
        return this.#generic(this.#scope.use(type.name), type.arguments, depth);
      case "array":
        return this.#readonlyOperator([this.print(type.element, "element", depth), "[]"], place);
      case "tuple":
        return this.#readonlyOperator(this.#tuple(type, depth), place);
      case "object":
        return this.#object(type, depth, open);
      case "record":
        return this.#record(type, depth);
      case "union":
        return this.#union(type, place, depth);
      case "intersection":
        return this.#intersection(type.members, place, depth);
      default:
        return type.kind;
    }
  }

  /** Right of `=`: whether it is better moved to the next line as a whole than broken. */
  movesToNextLine(type: CodeType): boolean {
    return type.kind === "union" && !this.#shape.hugsUnion(type.members);
  }

  get #isReadonly(): boolean {
    return this.#style.readonly && this.#style.position === "out";
  }

  #readonlyOperator(doc: Doc, place: Place): Doc {
    if (!this.#isReadonly) return doc;
    return place === "element" ? ["(readonly ", doc, ")"] : ["readonly ", doc];
  }

  #literal(value: JsonValue, depth: number): Doc {
    if (typeof value === "string") return stringText(value);
    if (typeof value === "number") return numberText(value);
    if (value === null || typeof value === "boolean") return String(value);
    if (isList(value)) {
      const elements = value.map((item) => ({ type: literal(item), optional: false }));
      return this.#tuple({ kind: "tuple", elements }, depth);
    }
    const members = Object.entries(value).map(([name, item]) => ({
      name,
      type: literal(item),
      optional: false,
    }));
    return this.#object({ kind: "object", members }, depth, false);
  }

  #generic(name: string, types: readonly CodeType[], depth: number): Doc {
    if (types.length === 0) return name;
    const printed = types.map((type) => this.print(type, "argument", depth + 2));
    const [only] = types;
    if (types.length === 1 && only !== undefined && this.#shape.hugs(only)) {
      return [name, "<", printed, ">"];
    }
    return [name, group(commaList("<", printed, "", ">"))];
  }

  #tuple(type: TupleNode, depth: number): Doc {
    const { elements, rest } = type;
    if (elements.length === 0 && rest === undefined) return "[]";
    const place = elements.length + (rest === undefined ? 0 : 1) > 1 ? "tuple" : "lone";
    const items: Doc[] = [];
    for (const { type: element, optional } of elements) {
      const doc = this.print(element, optional ? "element" : place, depth + 2);
      items.push(group(optional ? [doc, "?"] : doc));
    }
    if (rest !== undefined) {
      items.push(group(["...", this.print(rest, "element", depth + 2), "[]"]));
    }
    return group(commaList("[", items, ifBreak(","), "]"));
  }

  #object(type: ObjectType, depth: number, open: boolean): Doc {
    const parts: Doc[] = [];
    for (const member of type.members) parts.push(this.#member(member, depth + 2));
    if (type.index !== undefined) {
      const key = group([indent([softline, "key: string"]), softline]);
      const value = this.print(type.index, "annotation", depth + 2);
      parts.push(group([this.#isReadonly ? "readonly " : "", "[", key, "]: ", value]));
    }
    // `{}` would take any value but null.
    if (parts.length === 0) return ["Record", group(commaList("<", ["string", "never"], "", ">"))];
    return group(["{", indent([line, join([";", line], parts)]), ifBreak(";"), line, "}"], {
      shouldBreak: open,
    });
  }

  #member(member: CodeMember, depth: number): Doc {
    const { optional } = member;
    const type = optional ? this.#orUndefined(member.type) : member.type;
    const comment = docComment(member.docs, depth);
    const signature: Doc = [
      this.#isReadonly ? "readonly " : "",
      keyText(member.name),
      optional ? "?: " : ": ",
      this.print(type, "annotation", depth),
    ];
    return group(comment === null ? signature : [comment, hardline, signature]);
  }

  /** What may be absent may also be given as undefined on the way to the server: JSON drops it. */
  #orUndefined(type: CodeType): CodeType {
    if (this.#style.position === "out") return type;
    const members = type.kind === "union" ? type.members : [type];
    const settled = ["undefined", "unknown", "never", "void"];
    if (members.some((member) => settled.includes(member.kind))) return type;
    return { kind: "union", members: [...members, { kind: "undefined" }] };
  }

  #record(type: RecordNode, depth: number): Doc {
    if (this.#shape.isMapped(type)) {
      const keys = this.print(type.keys, "annotation", depth + 2);
      const key = group(["[", indent([softline, "Key in ", keys]), softline, "]"]);
      const value = this.print(type.value, "annotation", depth + 2);
      const member = [this.#isReadonly ? "readonly " : "", key, type.partial ? "?: " : ": ", value];
      return group(["{", indent([line, member, ifBreak(";")]), line, "}"]);
    }
    const inner = depth + 2 * (1 + Number(type.partial) + Number(this.#isReadonly));
    const types = [type.keys, type.value].map((one) => this.print(one, "argument", inner));
    const record = ["Record", group(commaList("<", types, "", ">"))];
    const partial = type.partial ? wrapArgument("Partial", record) : record;
    return this.#isReadonly ? wrapArgument("Readonly", partial) : partial;
  }

  #union({ members }: UnionType, place: Place, depth: number): Doc {
    const hugging = this.#shape.hugsUnion(members);
    const printed: Doc[] = [];
    for (const member of members) {
      const doc = this.print(member, "union", hugging ? depth : depth + 4);
      printed.push(hugging ? doc : align(2, doc));
    }
    const parenthesised = place === "element" || place === "intersection";
    if (hugging) {
      const doc = join(" | ", printed);
      return parenthesised ? ["(", doc, ")"] : doc;
    }
    const doc = group(
      printed.map((member, index) => [index === 0 ? ifBreak("| ") : [line, "| "], member]),
    );
    if (parenthesised) return ["(", group([indent([softline, doc]), softline]), ")"];
    switch (place) {
      case "tuple":
        return group([indent([ifBreak(["(", softline]), doc]), softline, ifBreak(")")]);
      case "annotation":
        return group(indent([softline, doc]));
      default:
        return doc;
    }
  }

  #intersection(members: readonly CodeType[], place: Place, depth: number): Doc {
    let indented = false;
    const docs: Doc[] = [];
    for (const [index, member] of members.entries()) {
      const doc = this.print(member, "intersection", depth + 2);
      const previous = members[index - 1];
      const objects = [previous, member].filter((one) => one && this.#shape.isObject(one)).length;
      if (previous === undefined) docs.push(doc);
      else if (objects === 0) docs.push(indent([" &", line, doc]));
      else {
        // From an object to something else, or the other way round: that, and what follows it, is indented.
        if (objects === 1 && index > 1) indented = true;
        docs.push([" & ", indented ? indent(doc) : doc]);
      }
    }
    const parenthesised = place === "element" || place === "union" || place === "intersection";
    return parenthesised ? ["(", group(docs), ")"] : group(docs);
  }
}

const wrapArgument = (name: string, argument: Doc): Doc => [
  name,
  group(commaList("<", [argument], "", ">")),
];

const literal = (value: JsonValue): LiteralNode => ({ kind: "literal", value });

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
