import type { JsonObject, JsonValue } from "../../document/document.js";
import type {
  Entry,
  FormEntry,
  MutationEntry,
  PaginationEntry,
  QueryEntry,
  ViewEntry,
} from "../normalise/normal-form.js";
import type { ResolvedTargets } from "../verify/resolve-targets.js";
import {
  bindings,
  deprecationOf,
  fromEntries,
  texts,
  toObject,
  type Part,
  type SchemaPrinter,
} from "./strict-parts.js";

/** One entry with its targets as they were resolved. */
export function printEntry(
  schemas: SchemaPrinter,
  entry: Entry,
  targets: ResolvedTargets | undefined,
): JsonObject {
  const common: Part = {
    kind: entry.kind,
    path: entry.kind === "query" ? undefined : entry.path?.value,
    method: entry.method?.value,
    operationId: entry.operationId?.value,
    module: entry.module?.value,
    auth: toObject(
      {
        mode: entry.auth.mode.value,
        permissions: texts(entry.auth.permissions),
        schemes: texts(entry.auth.schemes),
      },
      entry.auth.extensions,
    ),
    errors:
      entry.errors === undefined
        ? undefined
        : fromEntries(
            entry.errors.map(({ code, status, schema, description }) => [
              code.value,
              toObject({
                status: status.value,
                schema: schemas.schema(schema),
                description: description?.value,
              }),
            ]),
          ),
    deprecated: deprecationOf(entry.deprecated),
    stability: entry.stability?.value,
    summary: entry.summary?.value,
    description: entry.description?.value,
    tags: texts(entry.tags),
    examples: entry.examples,
  };
  return toObject({ ...common, ...ofKind(schemas, entry, targets) }, entry.extensions);
}

function ofKind(schemas: SchemaPrinter, entry: Entry, targets: ResolvedTargets | undefined): Part {
  switch (entry.kind) {
    case "query":
      return query(schemas, entry);
    case "mutation":
      return mutation(schemas, entry, targets);
    case "view":
      return view(schemas, entry, targets);
    case "subscription":
      return {
        params: entry.params.map((param) => schemas.param(param, param.required)),
        event: schemas.schema(entry.event),
        transport: entry.transport?.value,
        resumable: entry.resumable?.value,
      };
  }
}

function query(schemas: SchemaPrinter, entry: QueryEntry): Part {
  return {
    context: entry.context.value,
    slot: entry.slot?.value,
    params: entry.params.map((param) => schemas.param(param, param.required)),
    output: schemas.schema(entry.output),
    key: texts(entry.key?.value),
    optional: entry.optional?.value,
    pagination: pagination(entry.pagination),
  };
}

function mutation(
  schemas: SchemaPrinter,
  entry: MutationEntry,
  targets: ResolvedTargets | undefined,
): Part {
  return {
    input: schemas.schema(entry.input),
    output: schemas.schema(entry.output),
    encoding: entry.encoding?.value,
    files: entry.files?.value.map((file) =>
      toObject({
        path: file.path.value,
        multiple: file.multiple?.value,
        maxBytes: file.maxBytes?.value,
        maxCount: file.maxCount?.value,
        accept: texts(file.accept),
      }),
    ),
    form: form(schemas, entry.form),
    merge: entry.merge === undefined ? undefined : merges(targets),
    affects: entry.affects === undefined ? undefined : affects(targets),
    idempotent: entry.idempotent?.value,
    csrf: entry.csrf?.value,
    session: entry.session?.value,
    concurrency: entry.concurrency?.value,
  };
}

function view(
  schemas: SchemaPrinter,
  entry: ViewEntry,
  targets: ResolvedTargets | undefined,
): Part {
  return {
    params: entry.params.map((param) => schemas.param(param, param.required)),
    input: schemas.schema(entry.input),
    produces: texts(entry.produces),
    affects: entry.affects === undefined ? undefined : affects(targets),
    encoding: entry.encoding?.value,
  };
}

function merges(targets: ResolvedTargets | undefined): JsonValue {
  return (targets?.merges ?? []).map(({ entry, merge }) =>
    toObject(
      {
        context: merge.context,
        slot: merge.slot,
        mode: merge.mode,
        key: merge.key.length === 0 ? undefined : merge.key,
        at: merge.at,
        value: entry.value?.value,
        params: bindings(merge.params),
        onNull: entry.onNull?.value,
      },
      entry.extensions,
    ),
  );
}

function affects(targets: ResolvedTargets | undefined): JsonValue {
  return (targets?.affects ?? []).map(({ entry, affect }) =>
    toObject(
      {
        context: affect.context,
        params: bindings(affect.params),
        viewers: entry.viewers?.value,
      },
      entry.extensions,
    ),
  );
}

function pagination(pagination: PaginationEntry | undefined): JsonObject | undefined {
  if (pagination === undefined) return undefined;
  return toObject(
    {
      style: pagination.style.value,
      params: fromEntries([...pagination.params].map(([role, { value }]) => [role, value])),
      items: pagination.items?.value,
      next: pagination.next?.value,
      prev: pagination.prev?.value,
      total: pagination.total?.value,
    },
    pagination.extensions,
  );
}

function form(schemas: SchemaPrinter, form: FormEntry | undefined): JsonObject | undefined {
  if (form === undefined) return undefined;
  const fields =
    form.fields === undefined
      ? undefined
      : fromEntries(
          [...form.fields].map(([name, field]) => [
            name,
            toObject(
              {
                widget: field.widget?.value,
                label: field.label?.value,
                help: field.help?.value,
                placeholder: field.placeholder?.value,
                order: field.order?.value,
                sensitive: field.sensitive?.value,
                choices: field.choices?.map(({ value, label }) => ({ value, label })),
              },
              field.extensions,
            ),
          ]),
        );
  return toObject(
    {
      schema: schemas.schema(form.schema),
      at: form.at?.value,
      fields,
      initial: form.initial?.value,
      validate: form.validate?.value,
    },
    form.extensions,
  );
}
