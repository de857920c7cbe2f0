import type { JsonObject, JsonValue } from "../document/document.js";
import type {
  Affect,
  Api,
  Binding,
  Context,
  Contract,
  DeclaredError,
  FileField,
  Form,
  Merge,
  Mutation,
  NamedType,
  Pagination,
  Param,
  Query,
  View,
} from "./api.js";
import type { Docs } from "./docs.js";
import { inspectDocs, inspectType } from "./inspect-type.js";

/** The form of what `mizan-gen inspect` prints; raised when a reader of the old form would misread the new one. */
const format = 1;

type Functions = Pick<Query, "wireName" | "pointer" | "module" | "stability" | "auth" | "docs"> & {
  readonly tags: readonly string[];
};

/** The model as JSON, as docs/inspect.md describes it: every object with its keys in one order, absent members left out. */
export function inspectApi(api: Api): JsonObject {
  return object({
    format,
    title: api.title,
    version: api.version,
    contract: inspectContract(api.contract),
    types: api.types.map(inspectNamedType),
    contexts: api.contexts.map(inspectContext),
    mutations: api.mutations.map(inspectMutation),
    views: api.views.map(inspectView),
  });
}

function inspectContract(contract: Contract): JsonObject {
  return object({
    version: contract.version,
    producer: contract.producer,
    fingerprint: contract.fingerprint,
    base: contract.base,
    session: contract.sessionPath,
    features: contract.features,
    limits: contract.limits,
  });
}

function inspectNamedType(type: NamedType): JsonObject {
  return object({
    name: type.name,
    pointer: type.pointer,
    position: type.position,
    file: type.file,
    type: inspectType(type.type),
    docs: docsMember(type.docs),
  });
}

function inspectContext(context: Context): JsonObject {
  return object({
    name: context.wireName,
    pointer: context.pointer,
    file: context.file,
    path: context.path,
    cache: object({ scope: context.cache.scope, ttl: context.cache.ttl }),
    names: object({
      value: context.names.value,
      stem: context.names.stem,
      params: context.names.params,
      data: context.names.data,
      fetch: context.names.fetch,
    }),
    params: context.params.map(inspectParam),
    queries: context.queries.map((query) => inspectQuery(query, context)),
    docs: docsMember(context.docs),
  });
}

function inspectQuery(query: Query, context: Context): JsonObject {
  return object({
    ...functionHead(query, query.kind, context.file),
    context: context.wireName,
    slot: query.slot,
    names: functionNames(query),
    params: query.params,
    input: inspectType(query.input),
    output: inspectType(query.output),
    key: query.key,
    optional: query.optional,
    pagination: query.pagination === null ? null : inspectPagination(query.pagination),
    ...functionTail(query, query.errors),
  });
}

function inspectMutation(mutation: Mutation): JsonObject {
  return object({
    ...functionHead(mutation, mutation.kind, mutation.file),
    path: mutation.path,
    names: functionNames(mutation),
    argument: mutation.argument,
    input: inspectType(mutation.input),
    output: inspectType(mutation.output),
    encoding: mutation.encoding,
    files: mutation.files.map(inspectFile),
    form: mutation.form === null ? null : inspectForm(mutation.form),
    merges: mutation.merges.map(inspectMerge),
    affects: mutation.affects.map(inspectAffect),
    idempotent: mutation.idempotent,
    csrf: mutation.csrf,
    session: mutation.session,
    concurrency: mutation.concurrency,
    ...functionTail(mutation, mutation.errors),
  });
}

function inspectView(view: View): JsonObject {
  return object({
    ...functionHead(view, view.kind, view.file),
    method: view.method,
    path: view.path,
    names: object({
      value: view.names.value,
      stem: view.names.stem,
      input: view.names.input,
      body: view.input === null ? undefined : view.names.body,
      error: view.names.error,
      isError: view.names.isError,
      url: view.names.url,
      fetch: view.names.fetch,
    }),
    params: view.params.map(inspectParam),
    input: inspectType(view.paramsType),
    body: view.input === null ? null : inspectType(view.input),
    encoding: view.encoding,
    produces: view.produces,
    affects: view.affects.map(inspectAffect),
    ...functionTail(view, view.errors),
  });
}

function functionHead(head: Functions, kind: string, file: string): Part {
  return { name: head.wireName, kind, pointer: head.pointer, file, module: head.module };
}

function functionTail(tail: Functions, errors: readonly DeclaredError[]): Part {
  return {
    errors: errors.map((error) =>
      object({
        code: error.code,
        status: error.status,
        data: error.data === null ? null : inspectType(error.data),
        docs: docsMember(error.docs),
      }),
    ),
    auth: object({
      mode: tail.auth.mode,
      permissions: tail.auth.permissions,
      schemes: tail.auth.schemes,
    }),
    stability: tail.stability,
    tags: tail.tags,
    docs: docsMember(tail.docs),
  };
}

function functionNames({ names }: Query | Mutation): JsonObject {
  return object({
    value: names.value,
    stem: names.stem,
    input: names.input,
    output: names.output,
    error: names.error,
    isError: names.isError,
  });
}

function inspectParam(param: Param): JsonObject {
  return object({
    name: param.name,
    in: param.in,
    required: param.required,
    codec: param.codec,
    type: inspectType(param.type),
    docs: docsMember(param.docs),
  });
}

function inspectPagination(pagination: Pagination): JsonObject {
  const { params } = pagination;
  return object({
    style: pagination.style,
    params: object({
      cursor: params["cursor"],
      page: params["page"],
      offset: params["offset"],
      limit: params["limit"],
    }),
    items: pagination.items,
    next: pagination.next,
    prev: pagination.prev,
    total: pagination.total,
  });
}

function inspectFile(file: FileField): JsonObject {
  return object({
    path: file.path,
    multiple: file.multiple,
    maxBytes: file.maxBytes,
    maxCount: file.maxCount,
    accept: file.accept,
  });
}

function inspectForm(form: Form): JsonObject {
  return object({
    type: inspectType(form.type),
    at: form.at,
    fields: form.fields.map((field) =>
      object({
        path: field.path,
        required: field.required,
        widget: field.widget,
        label: field.label,
        help: field.help,
        placeholder: field.placeholder,
        order: field.order,
        sensitive: field.sensitive,
        choices: field.choices?.map(({ value, label }) => ({ value, label })),
        constraints: field.constraints,
      }),
    ),
    initial: form.initial,
    validate: form.validate,
  });
}

function inspectMerge(merge: Merge): JsonObject {
  return object({
    context: merge.context,
    slot: merge.slot,
    mode: merge.mode,
    key: merge.key,
    at: merge.at,
    value: merge.value,
    params: inspectBindings(merge.params),
    onNull: merge.onNull,
  });
}

function inspectAffect(affect: Affect): JsonObject {
  return object({
    context: affect.context,
    params: inspectBindings(affect.params),
    viewers: affect.viewers,
  });
}

function inspectBindings(bindings: readonly Binding[]): JsonObject {
  return Object.fromEntries(
    bindings.map(({ param, source }): [string, JsonValue] => {
      switch (source.from) {
        case "const":
          return [param, { from: source.from, value: source.value }];
        case "server":
          return [param, { from: source.from }];
        case "input":
        case "result":
          return [param, { from: source.from, path: source.path }];
      }
    }),
  );
}

function docsMember(docs: Docs | undefined): JsonObject | undefined {
  return docs === undefined ? undefined : inspectDocs(docs);
}

type Part = Readonly<Record<string, JsonValue | undefined>>;

/** The members that are there, in the order given. */
function object(part: Part): JsonObject {
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, value]): [string, JsonValue][] =>
      value === undefined ? [] : [[key, value]],
    ),
  );
}
