import type { JsonValue } from "../document/document.js";
import type { Docs } from "./docs.js";

/** A type, free of TypeScript and of OpenAPI. Trees are finite: recursion always goes through a `reference`. */
export type TypeNode =
  | {
      readonly kind:
        | "unknown"
        | "never"
        | "null"
        | "boolean"
        | "number"
        | "string"
        | "undefined"
        | "void"
        | "blob";
    }
  | LiteralNode
  | ReferenceNode
  | ArrayNode
  | TupleNode
  | ObjectNode
  | RecordNode
  | UnionNode
  | IntersectionNode
  /** `"a" | "b" | (string & {})`: an open enum keeps completion. Only as a member of a union. */
  | { readonly kind: "open-string" };

/** One value. Objects and arrays are literals too: `{ a: 1 }`. */
export interface LiteralNode {
  readonly kind: "literal";
  readonly value: JsonValue;
}

/** The final TypeScript name of an entry of `Api.types`. */
export interface ReferenceNode {
  readonly kind: "reference";
  readonly name: string;
}

export interface ArrayNode {
  readonly kind: "array";
  readonly element: TypeNode;
}

export interface TupleNode {
  readonly kind: "tuple";
  readonly elements: readonly { readonly type: TypeNode; readonly optional: boolean }[];
  readonly rest?: TypeNode | undefined;
}

/** An object with known members; `index` types all other keys (`[key: string]: ...`) and is already wide enough for the members. */
export interface ObjectNode {
  readonly kind: "object";
  readonly members: readonly Member[];
  readonly index?: TypeNode | undefined;
}

export interface Member {
  /** Wire name, as it stands on the wire: any text. */
  readonly name: string;
  readonly type: TypeNode;
  /** May be absent. In IN position a printer adds `| undefined` (JSON drops undefined members). */
  readonly optional: boolean;
  readonly docs?: Docs | undefined;
}

/** `Record<K, V>`, or `Partial<Record<K, V>>`: keys from a closed list. `{}` with any key is an ObjectNode with an index. */
export interface RecordNode {
  readonly kind: "record";
  readonly keys: TypeNode;
  readonly value: TypeNode;
  readonly partial: boolean;
}

/** Flat, without duplicates, at least two members. */
export interface UnionNode {
  readonly kind: "union";
  readonly members: readonly TypeNode[];
}

/** Flat, at least two members. */
export interface IntersectionNode {
  readonly kind: "intersection";
  readonly members: readonly TypeNode[];
}

/** Which way a value travels: IN to the server, OUT of it. */
export type Direction = "in" | "out";
