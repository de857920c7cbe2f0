import type { JsonValue } from "../../ir/json.js";
import type { Docs } from "../../ir/docs.js";
import type { TypeNode } from "../../ir/type-node.js";

/**
 * What a generated file is made of, before it is text. The unions are closed and hold no source text: whatever comes from a document
 * (names, values, prose) reaches the output only through the printer of its kind, which escapes it.
 */

/** A binding that code refers to. */
export interface Name {
  readonly name: string;
  /** The file of the output that exports it, without extension (`kernel/index`); absent for what is declared here, or is global. */
  readonly from?: string | undefined;
  /** Whether it is used as a type only, also when it is a value (`typeof`). */
  readonly typeOnly: boolean;
}

/** How a type is spelled for the direction in which its values travel. `both` is spelled as `in`. */
export interface TypeStyle {
  readonly position: "in" | "out" | "both";
  readonly readonly: boolean;
}

/** Types that only generated code has, beside those of the document. */
export type CodeType =
  | TypeNode
  /** `MizanError<"sold_out", SoldOut>`; without arguments a plain name. */
  | { readonly kind: "generic"; readonly name: Name; readonly arguments: readonly CodeType[] }
  /** `typeof renameUser` */
  | { readonly kind: "typeof"; readonly name: Name }
  | CodeObject
  | { readonly kind: "union"; readonly members: readonly CodeType[] };

export interface CodeObject {
  readonly kind: "object";
  readonly members: readonly CodeMember[];
  readonly index?: CodeType | undefined;
}

export interface CodeMember {
  readonly name: string;
  readonly type: CodeType;
  readonly optional: boolean;
  readonly docs?: Docs | undefined;
}

/** Expressions. */
export type Value =
  | { readonly kind: "json"; readonly value: JsonValue }
  | { readonly kind: "name"; readonly name: Name }
  /** A parameter of the function around it, by the name it asked for. */
  | { readonly kind: "parameter"; readonly name: string }
  | ObjectValue
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | CallValue
  /** `value as const` */
  | { readonly kind: "constant"; readonly value: Value };

export interface ObjectValue {
  readonly kind: "object";
  /** One member a line, also where one line would hold it. */
  readonly open: boolean;
  readonly members: readonly ObjectMember[];
}

export type ObjectMember =
  { readonly key: string; readonly value: Value } | { readonly spread: Value };

export interface CallValue {
  readonly kind: "call";
  readonly callee: Name;
  readonly typeArguments?: readonly CodeType[] | undefined;
  readonly arguments: readonly Value[];
  /** Marked as free of side effects, so that bundlers drop it when its result is unused. */
  readonly pure?: boolean | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  /** Whether it may be left out and is `{}` then. */
  readonly emptyByDefault?: boolean | undefined;
  readonly type: CodeType;
}

export type Statement =
  | {
      readonly kind: "alias";
      readonly name: string;
      readonly exported: boolean;
      readonly type: CodeType;
      readonly style: TypeStyle;
      readonly docs?: Docs | undefined;
    }
  | {
      readonly kind: "const";
      readonly name: string;
      /** Left out only beside `as const`, which says all. */
      readonly type?: CodeType | undefined;
      readonly value: Value;
      readonly docs?: Docs | undefined;
      /** Sentences of ours that follow the documentation as a list. */
      readonly facts?: readonly string[] | undefined;
    }
  | {
      readonly kind: "function";
      readonly name: string;
      readonly parameters: readonly Parameter[];
      /** A type, or the type that the first parameter is shown to have (`error is RenameUserError`). */
      readonly returns: CodeType | { readonly kind: "guard"; readonly type: CodeType };
      readonly body: CallValue;
      readonly docs?: Docs | undefined;
    }
  /** `export type { User }` of an imported type. */
  | { readonly kind: "pass-on"; readonly names: readonly Name[] }
  /** `export { createMizan } from "./client.js"` */
  | {
      readonly kind: "re-export";
      readonly from: string;
      readonly names: readonly string[] | "*";
      readonly typeOnly: boolean;
    };

/** A file of the output before it is printed. */
export interface Module {
  /** Without extension: `mutations/rename_user`. */
  readonly path: string;
  readonly statements: readonly Statement[];
}
