import type { JsonObject } from "../json/json-value.js";
import type { ArgumentsModel } from "../schema/arguments.js";
import type { Components, JsonSchema } from "../schema/json-schema.js";
import type { ParamPlan } from "../schema/param-plan.js";
import type { StandardSchema } from "../schema/standard-schema.js";
import type {
  AuthMode,
  CacheDeclaration,
  ContextDeclaration,
  ErrorDeclaration,
  MergeDeclaration,
  MergeMode,
  MutationDeclaration,
  QueryDeclaration,
  ViewDeclaration,
} from "./declaration.js";
import type { Finding } from "./findings.js";
import type { Source } from "./sources.js";

/** A registry with nothing left open: what is served and exported. Immutable. */
export interface Contract {
  readonly info: { readonly title: string; readonly version: string };
  /** Path that the protocol's addresses begin with; ends with a slash. */
  readonly base: string;
  /** Null: there is no session. */
  readonly session: { readonly path: string; readonly cookie: string } | null;
  readonly limits: Limits;
  readonly features: readonly string[];
  /** In order of first use. */
  readonly contexts: ReadonlyMap<string, ContextPlan>;
  /** In order of declaration. */
  readonly functions: ReadonlyMap<string, FunctionPlan>;
  readonly components: Components;
  readonly warnings: readonly Finding[];
}

export interface Limits {
  /** Length of address from which a client posts its params. */
  readonly urlBytes: number;
  readonly bodyBytes: number;
  readonly invalidate: number;
  readonly merge: number;
}

export interface ContextPlan {
  readonly name: string;
  readonly path: string;
  readonly declaration: ContextDeclaration & { readonly cache: CacheDeclaration };
  readonly queries: readonly QueryPlan[];
  /** Union of the functions' params. */
  readonly params: ReadonlyMap<string, ParamPlan>;
  /** Sets of params that some mutation invalidates by; `[]` is the whole context. */
  readonly scopes: readonly (readonly string[])[];
}

export interface ErrorPlan {
  readonly status: number;
  readonly schema: JsonSchema | null;
  readonly declaration: ErrorDeclaration;
}

interface CommonPlan {
  readonly name: string;
  readonly auth: AuthMode;
  readonly permissions: readonly string[];
  readonly errors: ReadonlyMap<string, ErrorPlan>;
  readonly handler: Handler;
}

/** Handlers are checked where they are declared; here they take what was validated. */
export type Handler = (args: never, call: never) => unknown;

export interface QueryPlan extends CommonPlan {
  readonly kind: "query";
  readonly declaration: QueryDeclaration;
  readonly context: string;
  readonly slot: string;
  readonly params: readonly ParamPlan[];
  readonly args: ArgumentsModel | null;
  readonly output: JsonSchema;
}

export interface MutationPlan extends CommonPlan {
  readonly kind: "mutation";
  readonly declaration: MutationDeclaration;
  readonly path: string;
  readonly input: JsonSchema | null;
  readonly args: ArgumentsModel | null;
  readonly output: JsonSchema | null;
  readonly outputValidator: StandardSchema | null;
  readonly formSchema: JsonSchema | null;
  readonly merges: readonly MergePlan[];
  readonly affects: readonly AffectPlan[];
}

export interface ViewPlan extends CommonPlan {
  readonly kind: "view";
  readonly declaration: ViewDeclaration;
  readonly path: string;
  readonly method: string;
  readonly params: readonly (ParamPlan & { readonly in: "path" | "query" })[];
  readonly args: ArgumentsModel | null;
  readonly input: JsonSchema | null;
  readonly inputArgs: ArgumentsModel | null;
  readonly affects: readonly AffectPlan[];
}

export type FunctionPlan = QueryPlan | MutationPlan | ViewPlan;

/** Where the value of each bound param comes from, in the order of the context's params. */
export type Bindings = ReadonlyMap<string, Source>;

export interface MergePlan {
  readonly context: string;
  readonly slot: string;
  readonly mode: MergeMode;
  readonly key: readonly string[] | null;
  readonly params: Bindings;
  readonly declaration: MergeDeclaration;
}

export interface AffectPlan {
  readonly context: string;
  readonly params: Bindings;
  readonly viewers: "all" | "self";
}

export type WireParams = JsonObject;
