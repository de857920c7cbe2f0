import type { JsonObject, JsonValue } from "../../document/document.js";
import type { Affect, FileField, Merge, ParamCodec } from "../../ir/api.js";

/** What a server has promised, as the cases ask about it: addresses, schemas as they stand in the document, resolved targets. */
export interface Contract {
  readonly title: string;
  /** Origin-relative, starts and ends with a slash. */
  readonly base: string;
  readonly fingerprint: string | undefined;
  /** Relative to the base; null when there is no session. */
  readonly sessionPath: string | null;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  readonly components: JsonObject;
  readonly contexts: readonly ContextContract[];
  readonly mutations: readonly MutationContract[];
  readonly views: readonly ViewContract[];
}

export interface ParamContract {
  readonly name: string;
  readonly in: "query" | "path";
  readonly required: boolean;
  readonly codec: ParamCodec;
  readonly schema: JsonValue;
}

export interface FunctionContract {
  readonly name: string;
  readonly auth: "none" | "optional" | "required";
  readonly errors: readonly DeclaredError[];
  readonly examples: readonly JsonValue[];
}

export interface DeclaredError {
  readonly code: string;
  readonly status: number;
  readonly schema: JsonValue | undefined;
}

export interface QueryContract extends FunctionContract {
  readonly slot: string;
  readonly params: readonly string[];
  readonly output: JsonValue;
  readonly key: readonly string[] | null;
}

export interface ContextContract {
  readonly name: string;
  /** Relative to the base. */
  readonly path: string;
  readonly scope: "none" | "private" | "public";
  readonly ttl: number | undefined;
  readonly swr: number | undefined;
  readonly params: readonly ParamContract[];
  readonly queries: readonly QueryContract[];
}

export interface MutationContract extends FunctionContract {
  readonly path: string;
  /** Null when it takes no input. */
  readonly input: JsonValue | null;
  readonly output: JsonValue | null;
  readonly encoding: "json" | "multipart";
  readonly files: readonly FileField[];
  readonly form: boolean;
  readonly merges: readonly Merge[];
  readonly affects: readonly Affect[];
  readonly idempotent: boolean;
  readonly csrf: boolean;
  readonly session: "keep" | "change";
}

export interface ViewContract extends FunctionContract {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly params: readonly ParamContract[];
  readonly input: JsonValue | null;
  readonly encoding: "form" | "multipart" | "json";
  readonly produces: readonly string[];
  readonly affects: readonly Affect[];
}
