import { vocabulary } from "./fields.js";

/** Keys of an entry, with the names other producers give them (protocol 2.5). */
export const entryWords = vocabulary(
  "an entry",
  [
    ...["name", "kind", "path", "method", "operationId", "module", "auth", "errors", "deprecated"],
    ...["stability", "summary", "description", "tags", "examples"],
    ...["context", "slot", "params", "output", "key", "optional", "pagination"],
    ...["input", "encoding", "files", "form", "merge", "affects"],
    ...["idempotent", "csrf", "session", "concurrency"],
    ...["produces", "event", "transport", "resumable"],
    ...["isContext", "hasInput", "outputNullable", "isForm"],
  ],
  {
    name: ["function", "functionName", "fn"],
    context: ["contextName", "ctx"],
    output: ["outputSchema", "outputType", "returns", "response", "result"],
    input: ["inputSchema", "inputType", "request", "body", "args"],
    affects: ["invalidates", "affectedContexts"],
    merge: ["mergeTargets"],
    auth: ["requiresAuth", "authRequired"],
    form: ["formSchema"],
    produces: ["outputMedia"],
  },
  ["camelName", "transport"],
);

export const paramWords = vocabulary(
  "a param",
  ["name", "required", "schema", "in", "encoding", "description", "deprecated", "content"],
  {},
  ["style", "explode", "example", "examples", "allowReserved", "allowEmptyValue"],
);

const targetAliases = { context: ["contextName", "ctx"] };

export const mergeWords = vocabulary(
  "a merge",
  ["context", "slot", "mode", "key", "at", "value", "params", "onNull"],
  targetAliases,
);

export const affectWords = vocabulary("an affect", ["context", "params", "viewers"], targetAliases);

export const sourceWords = vocabulary("the source of a param", ["from", "path", "const"]);

export const authWords = vocabulary("auth", ["mode", "permissions", "schemes"]);

export const errorWords = vocabulary("an error", ["code", "status", "schema", "description"]);

export const deprecationWords = vocabulary("a deprecation", [
  "since",
  "sunset",
  "replacedBy",
  "message",
]);

export const paginationWords = vocabulary("a pagination", [
  "style",
  "params",
  "items",
  "next",
  "prev",
  "total",
]);

export const fileWords = vocabulary("a file", [
  "path",
  "multiple",
  "maxBytes",
  "maxCount",
  "accept",
]);

export const formWords = vocabulary("a form", ["schema", "at", "fields", "initial", "validate"]);

export const fieldWords = vocabulary("a form field", [
  "widget",
  "label",
  "help",
  "placeholder",
  "order",
  "sensitive",
  "choices",
]);

export const metaWords = vocabulary("x-mizan", [
  "version",
  "producer",
  "fingerprint",
  "base",
  "session",
  "features",
  "limits",
  "contexts",
]);

export const contextWords = vocabulary("a context", [
  "name",
  "path",
  "functions",
  "params",
  "cache",
  "scopes",
  "summary",
  "description",
  "deprecated",
]);

export const cacheWords = vocabulary("a cache", ["scope", "ttl", "swr", "tags", "vary"]);
