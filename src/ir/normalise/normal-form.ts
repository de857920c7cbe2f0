import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { JsonValue } from "../../document/document.js";
import type { SchemaAt } from "../shape/schema-at.js";
import type { Operations } from "./operations.js";
import type { Placed } from "./placed.js";

/**
 * The strict form of the extensions (docs/protocol/x-mizan-functions.schema.json) as data, each value with its place in the user's
 * document. Absent members are absent here too, so that the strict form can be printed as it was written.
 */
export interface NormalForm {
  readonly meta: Meta;
  readonly functions: readonly Entry[];
  /** Names of functions that the caller leaves out: they are read in silence, as others may depend on them. */
  readonly excluded: ReadonlySet<string>;
  /** Where the functions stand: `#/x-mizan-functions`, however it was spelt. */
  readonly pointer: Pointer;
  /** The operations of `paths`, where addresses come from that the extensions do not give. */
  readonly operations: Operations;
}

export type Kind = "query" | "mutation" | "view" | "subscription";
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Segments = readonly (string | number)[];

export interface Meta {
  /** Whether the document carries `x-mizan` with a version 1: its entries are complete, so nothing is derived where they are silent. */
  readonly strict: boolean;
  readonly pointer?: Pointer | undefined;
  readonly version?: Placed<string> | undefined;
  readonly producer?: Placed<string> | undefined;
  readonly fingerprint?: Placed<string> | undefined;
  readonly base?: Placed<string> | undefined;
  /** The session's address; null when the document says that there is none; undefined when it says nothing. */
  readonly session?: Placed<string | null> | undefined;
  readonly features?: readonly Placed<string>[] | undefined;
  readonly limits?: ReadonlyMap<string, Placed<number>> | undefined;
  /** The declared contexts, by name. */
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export interface ContextEntry {
  readonly name: Placed<string>;
  readonly pointer: Pointer;
  readonly path?: Placed<string> | undefined;
  readonly functions?: Placed<readonly Placed<string>[]> | undefined;
  readonly params?: Placed<readonly ParamEntry[]> | undefined;
  readonly cache?: CacheEntry | undefined;
  readonly scopes?: Placed<readonly Placed<readonly Placed<string>[]>[]> | undefined;
  readonly summary?: Placed<string> | undefined;
  readonly description?: Placed<string> | undefined;
  readonly deprecated?: Placed<Deprecation> | undefined;
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export interface CacheEntry {
  readonly scope: Placed<"none" | "private" | "public">;
  readonly ttl?: Placed<number> | undefined;
  readonly swr?: Placed<number> | undefined;
  readonly tags?: readonly Placed<string>[] | undefined;
  readonly vary?: readonly Placed<string>[] | undefined;
}

export type Entry = QueryEntry | MutationEntry | ViewEntry | SubscriptionEntry;

export interface EntryBase {
  readonly name: Placed<string>;
  /** Where the entry stands. */
  readonly pointer: Pointer;
  /** Where the kind is written, when it is. */
  readonly declaredKind?: Placed | undefined;
  readonly path?: Placed<string> | undefined;
  readonly method?: Placed<Method> | undefined;
  readonly operationId?: Placed<string> | undefined;
  readonly module?: Placed<string> | undefined;
  readonly auth: AuthEntry;
  readonly errors?: readonly ErrorEntry[] | undefined;
  readonly deprecated?: Placed<Deprecation> | undefined;
  readonly stability?: Placed<"stable" | "experimental" | "internal"> | undefined;
  readonly summary?: Placed<string> | undefined;
  readonly description?: Placed<string> | undefined;
  readonly tags?: readonly Placed<string>[] | undefined;
  readonly examples?: readonly JsonValue[] | undefined;
  /** `x-...` members, and unknown ones under `x-legacy-...`. */
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export interface QueryEntry extends EntryBase {
  readonly kind: "query";
  readonly context: Placed<string>;
  readonly slot?: Placed<string> | undefined;
  readonly params: readonly ParamEntry[];
  readonly output: SchemaAt;
  readonly key?: Placed<readonly Placed<string>[]> | undefined;
  readonly optional?: Placed<boolean> | undefined;
  readonly pagination?: PaginationEntry | undefined;
}

export interface MutationEntry extends EntryBase {
  readonly kind: "mutation";
  readonly input: SchemaAt | null;
  readonly output: SchemaAt | null;
  readonly encoding?: Placed<"json" | "multipart"> | undefined;
  readonly files?: Placed<readonly FileEntry[]> | undefined;
  readonly form?: FormEntry | undefined;
  readonly merge?: readonly MergeEntry[] | undefined;
  readonly affects?: readonly AffectEntry[] | undefined;
  /** Whether targets are written, readable or not. */
  readonly hasTargets: boolean;
  readonly idempotent?: Placed<boolean> | undefined;
  readonly csrf?: Placed<boolean> | undefined;
  readonly session?: Placed<"keep" | "change"> | undefined;
  readonly concurrency?: Placed<"parallel" | "serial" | "latest"> | undefined;
}

export interface ViewEntry extends EntryBase {
  readonly kind: "view";
  readonly path: Placed<string>;
  readonly method: Placed<Method>;
  readonly params: readonly ParamEntry[];
  readonly input?: SchemaAt | null | undefined;
  readonly produces: readonly Placed<string>[];
  readonly affects?: readonly AffectEntry[] | undefined;
  readonly encoding?: Placed<"form" | "multipart" | "json"> | undefined;
}

/** Experimental in the protocol, and skipped by the generator. */
export interface SubscriptionEntry extends EntryBase {
  readonly kind: "subscription";
  readonly params: readonly ParamEntry[];
  readonly event?: SchemaAt | undefined;
  readonly transport?: Placed<"sse"> | undefined;
  readonly resumable?: Placed<boolean> | undefined;
}

export interface ParamEntry {
  readonly name: Placed<string>;
  readonly pointer: Pointer;
  readonly required: boolean;
  readonly schema: SchemaAt;
  readonly in?: Placed<"query" | "path"> | undefined;
  readonly encoding: Placed<"plain" | "json">;
  /** False when the encoding was derived from the schema. */
  readonly encodingDeclared: boolean;
  readonly description?: Placed<string> | undefined;
  readonly deprecated?: Placed<boolean> | undefined;
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export interface AuthEntry {
  /** False when the document says nothing: then `none`, and never publicly cacheable. */
  readonly stated: boolean;
  readonly mode: Placed<"none" | "optional" | "required">;
  readonly permissions?: readonly Placed<string>[] | undefined;
  readonly schemes?: readonly Placed<string>[] | undefined;
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export interface ErrorEntry {
  readonly code: Placed<string>;
  readonly status: Placed<number>;
  readonly schema?: SchemaAt | undefined;
  readonly description?: Placed<string> | undefined;
}

export type Deprecation =
  | boolean
  | {
      readonly since?: string | undefined;
      readonly sunset?: string | undefined;
      readonly replacedBy?: string | undefined;
      readonly message?: string | undefined;
    };

export interface PaginationEntry {
  readonly pointer: Pointer;
  readonly style: Placed<"cursor" | "page" | "offset">;
  /** Role to name of a param. */
  readonly params: ReadonlyMap<"cursor" | "page" | "offset" | "limit", Placed<string>>;
  readonly items?: Placed<Segments> | undefined;
  readonly next?: Placed<Segments> | undefined;
  readonly prev?: Placed<Segments> | undefined;
  readonly total?: Placed<Segments> | undefined;
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export interface FileEntry {
  readonly pointer: Pointer;
  readonly path: Placed<Segments>;
  readonly multiple?: Placed<boolean> | undefined;
  readonly maxBytes?: Placed<number> | undefined;
  readonly maxCount?: Placed<number> | undefined;
  readonly accept?: readonly Placed<string>[] | undefined;
}

export interface FormEntry {
  readonly pointer: Pointer;
  readonly schema: SchemaAt;
  readonly at?: Placed<Segments> | undefined;
  readonly fields?: ReadonlyMap<string, FieldEntry> | undefined;
  readonly initial?: Placed<string> | undefined;
  readonly validate?: Placed<string> | undefined;
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export interface FieldEntry {
  readonly pointer: Pointer;
  readonly widget?: Placed<string> | undefined;
  readonly label?: Placed<string> | undefined;
  readonly help?: Placed<string> | undefined;
  readonly placeholder?: Placed<string> | undefined;
  readonly order?: Placed<number> | undefined;
  readonly sensitive?: Placed<boolean> | undefined;
  readonly choices?: readonly { readonly value: JsonValue; readonly label: string }[] | undefined;
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export type Mode = "replace" | "patch" | "update" | "upsert" | "remove";

/** A merge as declared: what is absent is found by verification (protocol section 4). */
export interface MergeEntry {
  readonly pointer: Pointer;
  readonly context: Placed<string>;
  readonly slot?: Placed<string> | undefined;
  readonly mode?: Placed<Mode> | undefined;
  readonly key?: Placed<readonly Placed<string>[]> | undefined;
  readonly at?: Placed<"start" | "end"> | undefined;
  readonly value?: Placed<Segments> | undefined;
  /** Absent: every value in a strict document, the rules of 2.4 in others. */
  readonly params?: readonly BindingEntry[] | undefined;
  readonly onNull?: Placed<"invalidate" | "null" | "ignore"> | undefined;
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export interface AffectEntry {
  readonly pointer: Pointer;
  readonly context: Placed<string>;
  readonly params?: readonly BindingEntry[] | undefined;
  readonly viewers?: Placed<"all" | "self"> | undefined;
  readonly extensions: ReadonlyMap<string, JsonValue>;
}

export interface BindingEntry {
  /** The target's param. */
  readonly param: Placed<string>;
  readonly pointer: Pointer;
  readonly source:
    | { readonly from: "input" | "result"; readonly path: Placed<Segments> }
    | { readonly from: "const"; readonly value: Placed }
    | { readonly from: "server" };
}
