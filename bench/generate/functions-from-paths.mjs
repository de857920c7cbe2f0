// Adds `x-mizan-functions` to a plain OpenAPI document: how GitHub's and Stripe's descriptions become functions.
// A GET with a JSON answer is a query in a context of its own, a GET with another answer a view, everything else a mutation.

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,127}$/;
const RESERVED = new Set([
  "constructor",
  "prototype",
  "then",
  "toString",
  "toJSON",
  "valueOf",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "toLocaleString",
]);
const METHODS = ["get", "put", "post", "delete", "patch"];

/** The same document with the extension; the argument is not changed. */
export function functionsFromPaths(document) {
  const functions = {};
  const taken = new Set();
  const queries = new Map();
  const rest = [];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const name = functionName(operation.operationId ?? `${method}${path}`, taken);
      const parameters = parametersOf(document, item, operation);
      const declared = { document, path, method, operation, name, parameters };
      const output = method === "get" ? jsonOf(document, operation) : undefined;
      if (output === undefined) rest.push(declared);
      else {
        functions[name] = query(declared, output);
        queries.set(path, { name, output, params: functions[name].params });
      }
    }
  }
  for (const declared of rest)
    functions[declared.name] =
      declared.method === "get" && canBeView(declared)
        ? view(declared)
        : mutation(declared, queries);
  return { ...document, "x-mizan-functions": functions };
}

function query({ name, operation, parameters }, output) {
  const params = parameters.map((parameter) => paramOf(parameter));
  return {
    kind: "query",
    context: name,
    params,
    output,
    auth: { mode: "none" },
    ...docsOf(operation),
  };
}

function view({ path, method, operation, parameters }) {
  return {
    kind: "view",
    method: method.toUpperCase(),
    path,
    produces: mediaOf(operation),
    params: parameters.map((parameter) => ({
      ...paramOf(parameter),
      ...(parameter.in === "path" ? { in: "path" } : {}),
    })),
    auth: { mode: "none" },
    ...docsOf(operation),
  };
}

function mutation({ document, path, operation, parameters }, queries) {
  const properties = {};
  const required = [];
  for (const parameter of parameters) {
    properties[parameter.wire] = withDescription(parameter);
    if (parameter.required === true) required.push(parameter.wire);
  }
  const body = bodyOf(document, operation);
  if (body !== undefined) {
    const key = Object.hasOwn(properties, "body") ? "payload" : "body";
    properties[key] = body.schema;
    if (body.required) required.push(key);
  }
  const output = jsonOf(document, operation) ?? null;
  const input =
    Object.keys(properties).length === 0
      ? null
      : { type: "object", ...(required.length > 0 ? { required } : {}), properties };
  const merge = [];
  const affects = [];
  for (const target of [queries.get(path), queries.get(path.slice(0, path.lastIndexOf("/")))]) {
    if (target === undefined) continue;
    const bound = target.params.filter((param) => required.includes(param.name));
    const params = Object.fromEntries(
      bound.map((param) => [param.name, { from: "input", path: [param.name] }]),
    );
    const whole = bound.length === target.params.length;
    const type = output?.$ref;
    if (whole && type !== undefined && type === target.output.$ref)
      merge.push({ context: target.name, slot: target.name, mode: "replace", params });
    else affects.push({ context: target.name, ...(bound.length > 0 ? { params } : {}) });
  }
  if (merge.length + affects.length === 0) affects.push({ context: "*" });
  return {
    kind: "mutation",
    input,
    output,
    auth: { mode: "required" },
    merge,
    affects,
    ...docsOf(operation),
  };
}

function docsOf(operation) {
  const docs = {};
  for (const key of ["summary", "description"])
    if (typeof operation[key] === "string" && operation[key] !== "") docs[key] = operation[key];
  if (operation.deprecated === true) docs.deprecated = true;
  return docs;
}

/** `actions/list-artifacts` -> `actions_list_artifacts`; equal names get a number. Names that differ by case or underscores only are equal. */
function functionName(text, taken) {
  let name = text
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 100);
  if (!NAME.test(name) || RESERVED.has(name)) name = `f_${name}`;
  const same = (candidate) => candidate.replaceAll("_", "").toLowerCase();
  let unique = name;
  for (let number = 2; taken.has(same(unique)); number++) unique = `${name}_${number}`;
  taken.add(same(unique));
  return unique;
}

function parametersOf(document, item, operation) {
  const found = new Map();
  for (const declared of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = resolve(document, declared);
    if (parameter.in !== "path" && parameter.in !== "query") continue;
    const schema = parameter.schema ?? Object.values(parameter.content ?? {})[0]?.schema ?? {};
    let wire = parameter.name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^[^A-Za-z]+/, "");
    if (!NAME.test(wire) || RESERVED.has(wire)) wire = `p_${wire}`;
    found.set(wire, { ...parameter, wire, schema });
  }
  return [...found.values()].map((parameter) => ({ ...parameter, document }));
}

function paramOf({ wire, required = false, schema, description, document }) {
  return {
    name: wire,
    required,
    schema,
    encoding: isPlain(document, schema, required) ? "plain" : "json",
    ...(description === undefined ? {} : { description }),
  };
}

function withDescription({ schema, description }) {
  return description === undefined || "$ref" in schema ? schema : { ...schema, description };
}

/** Whether the canonical query can hold the value as text (protocol 3.2). */
function isPlain(document, schema, required) {
  const resolved = resolve(document, schema);
  if (resolved.nullable === true || Array.isArray(resolved.type)) return false;
  if (["string", "integer", "number", "boolean"].includes(resolved.type)) return true;
  if (resolved.type !== "array") return false;
  const items = resolve(document, resolved.items ?? {});
  return (
    ["string", "integer", "number", "boolean"].includes(items.type) &&
    items.nullable !== true &&
    (!required || (resolved.minItems ?? 0) > 0)
  );
}

function jsonOf(document, operation) {
  const status = Object.keys(operation.responses ?? {}).find((code) => /^2/.test(code));
  if (status === undefined) return undefined;
  const content = resolve(document, operation.responses[status]).content ?? {};
  const media = Object.keys(content).find((type) => /[/+]json($|;)/.test(type));
  return media === undefined ? undefined : (content[media].schema ?? {});
}

function bodyOf(document, operation) {
  if (operation.requestBody === undefined) return undefined;
  const body = resolve(document, operation.requestBody);
  const entry =
    Object.entries(body.content ?? {}).find(([type]) => /[/+]json($|;)/.test(type)) ??
    Object.entries(body.content ?? {})[0];
  return entry === undefined
    ? undefined
    : { schema: entry[1].schema ?? {}, required: body.required === true };
}

function mediaOf(operation) {
  const types = Object.values(operation.responses ?? {}).flatMap((response) =>
    Object.keys(response.content ?? {}),
  );
  return types.length > 0 ? [...new Set(types)] : ["*/*"];
}

function canBeView({ path, parameters }) {
  return (
    parameters.every((parameter) => parameter.wire === parameter.name) &&
    /^\/[^?#\s\\]*$/.test(path)
  );
}

function resolve(document, value) {
  let current = value;
  for (let hops = 0; typeof current?.$ref === "string" && hops < 20; hops++) {
    const steps = current.$ref
      .slice(2)
      .split("/")
      .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"));
    current = steps.reduce((at, step) => at?.[step], document);
  }
  return current ?? {};
}
