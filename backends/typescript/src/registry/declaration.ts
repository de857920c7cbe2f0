import type { JsonValue } from "../json/json-value.js";
import type { Arguments } from "../schema/arguments.js";
import type { StandardSchema } from "../schema/standard-schema.js";
import type { Source } from "./sources.js";

/** Whether a context is one for all or one per user is declared, never guessed (M12). What is stored has a time to live. */
export type CacheDeclaration =
  | { readonly scope: "none" }
  | {
      readonly scope: "private" | "public";
      /** Seconds. */
      readonly ttl: number;
      /** Seconds that a stale answer may be shown while a new one is fetched. */
      readonly swr?: number;
      /** Further tags that the edge may be purged by. */
      readonly tags?: readonly string[];
      readonly vary?: readonly "Accept-Language"[];
    };

export interface ContextDeclaration {
  /** Without it the context is stored nowhere. */
  readonly cache?: CacheDeclaration;
  readonly summary?: string;
  readonly description?: string;
}

export type AuthMode = "none" | "optional" | "required";

export type AuthDeclaration =
  AuthMode | { readonly mode: AuthMode; readonly permissions?: readonly string[] };

export interface Deprecation {
  readonly since?: string;
  readonly sunset?: string;
  readonly replacedBy?: string;
  readonly message?: string;
}

export interface ErrorDeclaration {
  /** 400 to 599. */
  readonly status: number;
  readonly data?: StandardSchema;
  readonly description?: string;
}

export type ErrorDeclarations = { readonly [code: string]: ErrorDeclaration };

export type ScopeDeclaration = Readonly<Record<string, Source>>;

export type MergeMode = "replace" | "patch" | "update" | "upsert" | "remove";

export interface MergeDeclaration<Context extends string = string> {
  readonly context: Context;
  /** Found by type where it is left out (protocol 4). */
  readonly slot?: string;
  readonly mode?: MergeMode;
  readonly key?: readonly string[];
  readonly at?: "start" | "end";
  /** Path of the part of the result that is merged. */
  readonly value?: readonly (string | number)[];
  /** Bound by name and type where they are left out (protocol 2.4); `{}` reaches every value. */
  readonly params?: ScopeDeclaration;
  readonly onNull?: "invalidate" | "null" | "ignore";
}

export interface AffectDeclaration<Context extends string = string> {
  readonly context: Context | "*";
  readonly params?: ScopeDeclaration;
  readonly viewers?: "all" | "self";
}

export interface FileDeclaration {
  readonly path: readonly string[];
  readonly multiple?: boolean;
  readonly maxBytes: number;
  readonly maxCount?: number;
  /** Media types, `image/*` allowed. */
  readonly accept?: readonly string[];
}

export interface FormDeclaration {
  /** Where the form's value stands in the input; absent when the input is the form. */
  readonly at?: readonly string[];
  readonly fields?: Readonly<
    Record<
      string,
      {
        readonly widget?: string;
        readonly label?: string;
        readonly help?: string;
        readonly placeholder?: string;
        readonly order?: number;
        readonly sensitive?: boolean;
        readonly choices?: readonly { readonly value: JsonValue; readonly label: string }[];
      }
    >
  >;
  /** Query whose output provides initial values. */
  readonly initial?: string;
}

export interface PaginationDeclaration {
  readonly style: "cursor" | "page" | "offset";
  readonly params: {
    readonly cursor?: string;
    readonly page?: string;
    readonly offset?: string;
    readonly limit?: string;
  };
  readonly items?: readonly (string | number)[];
  readonly next?: readonly (string | number)[];
  readonly prev?: readonly (string | number)[];
  readonly total?: readonly (string | number)[];
}

/** What every function may say. */
export interface CommonDeclaration {
  /** Default: `required`. What is not declared open is closed. */
  readonly auth?: AuthDeclaration;
  readonly errors?: ErrorDeclarations;
  readonly module?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly deprecated?: boolean | Deprecation;
  readonly stability?: "stable" | "experimental" | "internal";
}

export interface QueryDeclaration<Context extends string = string> extends CommonDeclaration {
  readonly context: Context;
  /** Member of the bundle; default: the function's name. */
  readonly slot?: string;
  readonly params?: Arguments;
  readonly output: StandardSchema;
  /** Members that identify an item of a list or page. */
  readonly key?: readonly string[];
  /** A failure is expected, and the page renders without it. */
  readonly optional?: boolean;
  readonly pagination?: PaginationDeclaration;
}

type OneOrMore<T> = T | readonly T[];

export interface MutationDeclaration<Context extends string = string> extends CommonDeclaration {
  readonly input?: Arguments;
  /** Absent: answers with nothing. */
  readonly output?: StandardSchema;
  /** `"user"`, `"user.user_profile"`, or in full. */
  readonly merge?: OneOrMore<string | MergeDeclaration<Context>>;
  /** `"orders"`, `"*"`, or in full. */
  readonly affects?: OneOrMore<Context | "*" | AffectDeclaration<Context>>;
  readonly form?: FormDeclaration;
  readonly files?: readonly FileDeclaration[];
  readonly idempotent?: boolean;
  readonly csrf?: boolean;
  readonly session?: "keep" | "change";
  readonly concurrency?: "parallel" | "serial" | "latest";
}

export interface ViewDeclaration<Context extends string = string> extends CommonDeclaration {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `/orders/{order_id}/invoice.pdf`; params that the path does not name stand in the query. */
  readonly path: string;
  readonly params?: Arguments;
  readonly input?: Arguments;
  readonly encoding?: "form" | "json";
  readonly produces: readonly string[];
  readonly affects?: OneOrMore<Context | "*" | AffectDeclaration<Context>>;
}
