import type { Pointer } from "../diagnostics/diagnostic.js";
import type { JsonValue } from "../document/document.js";
import type { Docs } from "./docs.js";
import type { Direction, Member, TypeNode } from "./type-node.js";

/**
 * The intermediate representation: what a document says, with every name chosen, every reference resolved and every promise
 * verified. Free of OpenAPI and of TypeScript syntax; `mizan-gen inspect` prints it (docs/inspect.md).
 */
export interface Api {
  readonly title: string;
  readonly version: string;
  readonly contract: Contract;
  /** Named types that functions reach, in document order; an IN form stands right after its OUT form. */
  readonly types: readonly NamedType[];
  readonly contexts: readonly Context[];
  readonly mutations: readonly Mutation[];
  readonly views: readonly View[];
}

/** What the runtime must know of the producer. Paths are relative to the base (`ctx/user/`, no leading slash). */
export interface Contract {
  /** Version of the extension, `1.0` when the document does not say. */
  readonly version: string;
  readonly producer?: string | undefined;
  readonly fingerprint?: string | undefined;
  /** Origin-relative, starts and ends with a slash. */
  readonly base: string;
  /** Null when the document says that there is no session. */
  readonly sessionPath: string | null;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

export interface NamedType {
  /** TypeScript name, unique among all exported names. */
  readonly name: string;
  /** Where the schema stands in the document. */
  readonly pointer: Pointer;
  /** Other schemas that this is the type of: `Order-Output`, when it does not differ from `Order-Input`. */
  readonly alsoAt?: readonly Pointer[] | undefined;
  /** `both` when one type serves the two directions. */
  readonly position: Direction | "both";
  /** Output file, relative to the output directory. */
  readonly file: string;
  readonly type: TypeNode;
  readonly docs?: Docs | undefined;
}

/** The names that generated code gives to one function. All unique among all exported names of the client. */
export interface FunctionNames {
  /** camelCase value: `renameUser`. */
  readonly value: string;
  /** PascalCase stem of types and hooks: `RenameUser` -> `useRenameUser`. */
  readonly stem: string;
  readonly input: string;
  readonly output: string;
  readonly error: string;
  /** Type guard: `isRenameUserError`. */
  readonly isError: string;
}

export interface ContextNames {
  /** `userContext` */
  readonly value: string;
  /** `UserContext` -> `useUserContext` */
  readonly stem: string;
  readonly params: string;
  readonly data: string;
  /** `fetchUserContext` */
  readonly fetch: string;
}

/** How a param becomes text in the canonical query (protocol 3.2); the kernel knows the same list. */
export type ParamCodec = ScalarCodec | `${ScalarCodec}[]` | "json";
export type ScalarCodec = "string" | "number" | "boolean" | "uuid" | "date-time";

export interface Param {
  readonly name: string;
  readonly in: "query" | "path";
  readonly required: boolean;
  readonly codec: ParamCodec;
  readonly type: TypeNode;
  readonly docs?: Docs | undefined;
}

export interface Auth {
  readonly mode: "none" | "optional" | "required";
  readonly permissions: readonly string[];
  readonly schemes: readonly string[];
}

/** One declared error of a function. `data` is null when the document gives no schema for it. */
export interface DeclaredError {
  readonly code: string;
  readonly status: number;
  readonly data: TypeNode | null;
  readonly docs?: Docs | undefined;
}

interface FunctionBase {
  readonly wireName: string;
  /** Where the entry stands in the document. */
  readonly pointer: Pointer;
  readonly module?: string | undefined;
  readonly tags: readonly string[];
  readonly stability: "stable" | "experimental" | "internal";
  readonly auth: Auth;
  readonly errors: readonly DeclaredError[];
  readonly docs?: Docs | undefined;
}

export interface Context {
  readonly wireName: string;
  readonly names: ContextNames;
  readonly pointer: Pointer;
  /** Output file, `contexts/user.ts`. */
  readonly file: string;
  /** Relative to the base: `ctx/user/`. A path outside the base keeps its leading slash and is relative to the origin. */
  readonly path: string;
  readonly cache: {
    readonly scope: "none" | "private" | "public";
    readonly ttl?: number | undefined;
  };
  /** Union of the functions' params, in the order first met. */
  readonly params: readonly Param[];
  readonly queries: readonly Query[];
  readonly docs?: Docs | undefined;
}

export interface Query extends FunctionBase {
  readonly kind: "query";
  readonly names: FunctionNames;
  /** Member of the bundle. */
  readonly slot: string;
  /** Names of its own params, a subset of the context's. */
  readonly params: readonly string[];
  /** Its own params as an object type. */
  readonly input: TypeNode;
  readonly output: TypeNode;
  /** Members that identify an item of a list or page; null when unknown. */
  readonly key: readonly string[] | null;
  /** A failure of this function is expected and the UI renders without it. */
  readonly optional: boolean;
  readonly pagination: Pagination | null;
}

export interface Pagination {
  readonly style: "cursor" | "page" | "offset";
  readonly params: Readonly<Record<string, string>>;
  readonly items?: readonly (string | number)[] | undefined;
  readonly next?: readonly (string | number)[] | undefined;
  readonly prev?: readonly (string | number)[] | undefined;
  readonly total?: readonly (string | number)[] | undefined;
}

export interface Mutation extends FunctionBase {
  readonly kind: "mutation";
  readonly names: FunctionNames;
  readonly file: string;
  readonly path: string;
  readonly input: TypeNode;
  /** Whether the generated function takes an argument. */
  readonly argument: "none" | "optional" | "required";
  readonly output: TypeNode;
  readonly encoding: "json" | "multipart";
  readonly files: readonly FileField[];
  readonly form: Form | null;
  readonly merges: readonly Merge[];
  readonly affects: readonly Affect[];
  readonly idempotent: boolean;
  readonly csrf: boolean;
  readonly session: "keep" | "change";
  readonly concurrency: "parallel" | "serial" | "latest";
}

export interface FileField {
  readonly path: readonly (string | number)[];
  readonly multiple: boolean;
  readonly maxBytes?: number | undefined;
  readonly maxCount?: number | undefined;
  readonly accept: readonly string[];
}

export interface Form {
  /** The type of the form's value (IN). */
  readonly type: TypeNode;
  /** Where the value sits in the input; empty when the form is the input. */
  readonly at: readonly (string | number)[];
  readonly fields: readonly FormField[];
  /** Wire name of the query that gives initial values. */
  readonly initial?: string | undefined;
  /** Relative to the base. */
  readonly validate?: string | undefined;
}

export interface FormField {
  readonly path: readonly (string | number)[];
  readonly required: boolean;
  readonly widget?: string | undefined;
  readonly label?: string | undefined;
  readonly help?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly order?: number | undefined;
  readonly sensitive: boolean;
  readonly choices?: readonly { readonly value: JsonValue; readonly label: string }[] | undefined;
  /** JSON Schema keywords that a form can check by itself: minLength, maxLength, pattern, minimum ..., format. */
  readonly constraints: Readonly<Record<string, JsonValue>>;
}

/** A slot that the answer of a mutation is written into (protocol section 4). */
export interface Merge {
  readonly context: string;
  readonly slot: string;
  readonly mode: "replace" | "patch" | "update" | "upsert" | "remove";
  readonly key: readonly string[];
  readonly at?: "start" | "end" | undefined;
  /** Part of the result; empty for the whole. */
  readonly value: readonly (string | number)[];
  readonly params: readonly Binding[];
  readonly onNull: "invalidate" | "null" | "ignore";
}

export interface Affect {
  /** Wire name, or `*`. */
  readonly context: string;
  readonly params: readonly Binding[];
  readonly viewers: "all" | "self";
}

/** Where the value of a target context's param comes from when the mutation settles. Unbound params match every value. */
export interface Binding {
  readonly param: string;
  readonly source:
    | { readonly from: "input" | "result"; readonly path: readonly (string | number)[] }
    | { readonly from: "const"; readonly value: JsonValue }
    | { readonly from: "server" };
}

export interface View extends FunctionBase {
  readonly kind: "view";
  readonly names: ViewNames;
  readonly file: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Relative to the base, with `{name}` templates. */
  readonly path: string;
  readonly params: readonly Param[];
  /** Path and query params as one object type. */
  readonly paramsType: TypeNode;
  /** Body, for views that take one; null else. */
  readonly input: TypeNode | null;
  readonly encoding: "form" | "multipart" | "json";
  readonly produces: readonly string[];
  readonly affects: readonly Affect[];
}

export interface ViewNames {
  readonly stem: string;
  /** `InvoicePdfInput`: its path and query params. */
  readonly input: string;
  /** `PayInvoiceBody`, for views that take a body. */
  readonly body: string;
  readonly error: string;
  readonly isError: string;
  /** The descriptor: `invoicePdf`. */
  readonly value: string;
  /** `invoicePdfUrl` */
  readonly url: string;
  /** `fetchInvoicePdf` */
  readonly fetch: string;
}

export type { Direction, Member, TypeNode };
