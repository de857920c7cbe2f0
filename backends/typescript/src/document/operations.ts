import type { AuthMode } from "../registry/declaration.js";
import type {
  Contract,
  ContextPlan,
  ErrorPlan,
  FunctionPlan,
  MutationPlan,
  ViewPlan,
} from "../registry/contract.js";
import { pascalCase } from "../registry/pascal-case.js";
import { refTo, type JsonSchema } from "../schema/json-schema.js";
import type { ParamPlan } from "../schema/param-plan.js";

type Operation = Record<string, unknown>;

/** `paths`: the same endpoints for plain OpenAPI tools (protocol 2.1). */
export function pathsOf(contract: Contract): Record<string, Operation> {
  const paths: Record<string, Operation> = {};
  const put = (path: string, method: string, operation: Operation): void => {
    paths[path] = { ...paths[path], [method]: operation };
  };
  for (const context of contract.contexts.values()) {
    put(context.path, "get", contextOperation(context));
  }
  for (const plan of contract.functions.values()) {
    if (plan.kind === "mutation") put(plan.path, "post", callOperation(plan));
  }
  for (const plan of contract.functions.values()) {
    if (plan.kind === "view") put(plan.path, plan.method.toLowerCase(), viewOperation(plan));
  }
  if (contract.session !== null) put(contract.session.path, "get", sessionOperation);
  return paths;
}

/** Components that only the paths need: the envelopes of the contexts. */
export function envelopeSchemas(contexts: Iterable<ContextPlan>): [string, JsonSchema][] {
  return [...contexts].flatMap(({ name, queries }): [string, JsonSchema][] => {
    const bundle = `${pascalCase(name)}Bundle`;
    const properties = Object.fromEntries(queries.map(({ slot, output }) => [slot, output]));
    return [
      [bundle, { type: "object", properties }],
      [
        `${bundle}Envelope`,
        {
          type: "object",
          required: ["mizan", "context", "data"],
          properties: {
            mizan: { const: 1 },
            context: { const: name },
            params: refTo("MizanParams"),
            rev: { type: "integer" },
            data: refTo(bundle),
            errors: { type: "object", additionalProperties: refTo("MizanProblem") },
          },
        },
      ],
    ];
  });
}

function contextOperation({ name, params, queries }: ContextPlan): Operation {
  return {
    operationId: `ctx_${name}`,
    tags: ["mizan:context"],
    "x-mizan-context": name,
    parameters: [...params.values()].map((param) => parameterOf(param, "query")),
    responses: {
      "200": jsonResponse("Bundle", refTo(`${pascalCase(name)}BundleEnvelope`)),
      ...errorResponses(new Map(queries.flatMap(({ errors }) => [...errors]))),
      default: problemResponse,
    },
    security: securityOf(queries.map(({ auth }) => auth)),
  };
}

function callOperation({
  name,
  output,
  input,
  declaration,
  errors,
  auth,
}: MutationPlan): Operation {
  const result = {
    type: "object",
    required: ["result"],
    properties: {
      result: output ?? { type: "null" },
      invalidate: { type: "array", items: refTo("MizanInvalidate") },
      merge: { type: "array", items: refTo("MizanMerge") },
      redirect: { type: "string" },
    },
  };
  const media = (declaration.files ?? []).length > 0 ? "multipart/form-data" : "application/json";
  return {
    operationId: `call_${name}`,
    tags: ["mizan:call"],
    ...deprecation(declaration.deprecated),
    "x-mizan-function": name,
    ...(input !== null && {
      requestBody: { required: true, content: { [media]: { schema: input } } },
    }),
    responses: {
      "200": jsonResponse("Result", result),
      ...errorResponses(errors),
      default: problemResponse,
    },
    security: securityOf([auth]),
  };
}

const formMedia = { form: "application/x-www-form-urlencoded", json: "application/json" };

function viewOperation({ name, declaration, params, errors, auth, input }: ViewPlan): Operation {
  const content = Object.fromEntries(
    declaration.produces.map((media) => [
      media,
      { schema: { type: "string", contentMediaType: media } },
    ]),
  );
  const [first = ""] = declaration.produces;
  const media = formMedia[declaration.encoding ?? "form"];
  return {
    operationId: name,
    tags: ["mizan:view"],
    ...deprecation(declaration.deprecated),
    "x-mizan-function": name,
    parameters: params.map((param) => parameterOf(param, param.in)),
    ...(input !== null && {
      requestBody: { required: true, content: { [media]: { schema: input } } },
    }),
    responses: {
      "200": { description: first.slice(first.indexOf("/") + 1).toUpperCase(), content },
      ...errorResponses(errors),
      default: problemResponse,
    },
    security: securityOf([auth]),
  };
}

const sessionOperation: Operation = {
  operationId: "session",
  tags: ["mizan:session"],
  responses: { "200": jsonResponse("Session", refTo("MizanSession")) },
  security: [],
};

const problemResponse = {
  description: "Problem",
  content: { "application/problem+json": { schema: refTo("MizanProblem") } },
};

function jsonResponse(description: string, schema: JsonSchema): Record<string, unknown> {
  return { description, content: { "application/json": { schema } } };
}

function parameterOf(
  { name, required, schema, encoding, isArray }: ParamPlan,
  place: "path" | "query",
): Record<string, unknown> {
  const head = { name, in: place, required: required || place === "path" };
  if (encoding === "json") return { ...head, content: { "application/json": { schema } } };
  return { ...head, schema, ...(isArray && { style: "form", explode: true }) };
}

/** Declared errors by status; those of one status stand side by side. */
function errorResponses(errors: ReadonlyMap<string, ErrorPlan>): Record<string, unknown> {
  const statuses = [...new Set([...errors.values()].map(({ status }) => status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const own = [...errors].filter(([, error]) => error.status === status);
      const schemas = own.map(([code, { schema }]) => ({
        allOf: [
          refTo("MizanProblem"),
          {
            type: "object",
            properties: { code: { const: code }, ...(schema !== null && { data: schema }) },
          },
        ],
      }));
      const schema = schemas.length === 1 ? schemas[0] : { oneOf: schemas };
      const description = own.map(([code]) => code).join(", ");
      return [String(status), { description, content: { "application/problem+json": { schema } } }];
    }),
  );
}

function securityOf(modes: readonly AuthMode[]): Record<string, unknown>[] {
  if (modes.includes("required")) return [{ session: [] }];
  return modes.includes("optional") ? [{ session: [] }, {}] : [];
}

const deprecation = (
  deprecated: FunctionPlan["declaration"]["deprecated"],
): { readonly deprecated?: true } =>
  deprecated === undefined || deprecated === false ? {} : { deprecated: true };
