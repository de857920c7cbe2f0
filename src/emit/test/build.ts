import type {
  Api,
  Context,
  Contract,
  FunctionNames,
  Mutation,
  NamedType,
  Param,
  Query,
  View,
} from "../../ir/api.js";
import { toCamelCase, toPascalCase } from "../../ir/names/words.js";
import type { Member, TypeNode } from "../../ir/type-node.js";

/** Api values for the tests of the printer, with the parts that a test does not care about filled in. */

export const string: TypeNode = { kind: "string" };
export const number: TypeNode = { kind: "number" };
export const boolean: TypeNode = { kind: "boolean" };
export const nothing: TypeNode = { kind: "null" };

export const ref = (name: string): TypeNode => ({ kind: "reference", name });
export const list = (element: TypeNode): TypeNode => ({ kind: "array", element });
export const union = (...members: TypeNode[]): TypeNode => ({ kind: "union", members });
export const oneOf = (...values: string[]): TypeNode =>
  union(...values.map((value): TypeNode => ({ kind: "literal", value })));

/** Members whose name ends with `?` are optional. */
export function object(members: Readonly<Record<string, TypeNode | Partial<Member>>>): TypeNode {
  return {
    kind: "object",
    members: Object.entries(members).map(([key, value]): Member => {
      const name = key.replace(/\?$/, "");
      const optional = key.endsWith("?");
      return "kind" in value
        ? { name, type: value, optional }
        : { type: string, ...value, name, optional };
    }),
  };
}

export function named(
  name: string,
  type: TypeNode,
  position: NamedType["position"] = "both",
  docs?: NamedType["docs"],
): NamedType {
  return { name, type, position, docs, pointer: `#/components/schemas/${name}`, file: "types.ts" };
}

export const contract: Contract = {
  version: "1.0",
  base: "/",
  sessionPath: "/session/",
  features: [],
  limits: {},
};

export function api(parts: Partial<Api>): Api {
  return {
    title: "Test",
    version: "1",
    contract,
    types: [],
    contexts: [],
    mutations: [],
    views: [],
    ...parts,
  };
}

export function functionNames(wireName: string): FunctionNames {
  const stem = toPascalCase(wireName);
  return {
    value: toCamelCase(wireName),
    stem,
    input: `${stem}Input`,
    output: `${stem}Output`,
    error: `${stem}Error`,
    isError: `is${stem}Error`,
  };
}

const base = (wireName: string) =>
  ({
    wireName,
    pointer: `#/x-mizan-functions/${wireName}`,
    tags: [],
    stability: "stable",
    auth: { mode: "none", permissions: [], schemes: [] },
    errors: [],
  }) as const;

export function query(wireName: string, output: TypeNode, parts: Partial<Query> = {}): Query {
  return {
    ...base(wireName),
    kind: "query",
    names: functionNames(wireName),
    slot: wireName,
    params: [],
    input: object({}),
    output,
    key: null,
    optional: false,
    pagination: null,
    ...parts,
  };
}

export function param(name: string, type: TypeNode, parts: Partial<Param> = {}): Param {
  return { name, in: "query", required: true, codec: "string", type, ...parts };
}

export function context(wireName: string, parts: Partial<Context> = {}): Context {
  const value = toCamelCase(wireName);
  const stem = toPascalCase(wireName);
  return {
    wireName,
    names: {
      value: `${value}Context`,
      stem: `${stem}Context`,
      params: `${stem}ContextParams`,
      data: `${stem}ContextData`,
      fetch: `fetch${stem}Context`,
    },
    pointer: `#/x-mizan/contexts/${wireName}`,
    file: `contexts/${wireName}.ts`,
    path: `ctx/${wireName}/`,
    cache: { scope: "private" },
    params: [],
    queries: [],
    ...parts,
  };
}

export function mutation(wireName: string, parts: Partial<Mutation> = {}): Mutation {
  return {
    ...base(wireName),
    kind: "mutation",
    names: functionNames(wireName),
    file: `mutations/${wireName}.ts`,
    path: `call/${wireName}`,
    input: object({}),
    argument: "required",
    output: nothing,
    encoding: "json",
    files: [],
    form: null,
    merges: [],
    affects: [],
    idempotent: false,
    csrf: true,
    session: "keep",
    concurrency: "parallel",
    ...parts,
  };
}

export function view(wireName: string, parts: Partial<View> = {}): View {
  const { value, stem, input, error, isError } = functionNames(wireName);
  return {
    ...base(wireName),
    kind: "view",
    names: {
      value,
      stem,
      input,
      error,
      isError,
      body: `${stem}Body`,
      url: `${value}Url`,
      fetch: `fetch${stem}`,
    },
    file: `views/${wireName}.ts`,
    method: "GET",
    path: `/${wireName}`,
    params: [],
    paramsType: object({}),
    input: null,
    encoding: "form",
    produces: [],
    affects: [],
    ...parts,
  };
}
