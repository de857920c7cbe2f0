import type { Context, Param, Query } from "../../ir/api.js";
import type { CodeMember, CodeType, Module, Parameter, Statement } from "../print/code.js";
import { codecs } from "./codecs.js";
import { exportError } from "./errors.js";
import {
  contractName,
  exportType,
  exportedType,
  generic,
  json,
  kernelType,
  kernelValue,
  modulePath,
  nameValue,
  own,
  ownType,
  parameter,
} from "./names.js";
import type { Styles } from "./styles.js";

/** `contexts/user.ts`: its params, the types of its queries, its bundle, its descriptor, and a function that reads it once. */
export function contextModule(context: Context, styles: Styles): Module {
  return {
    path: modulePath(context.file),
    statements: [
      paramsType(context, styles),
      ...context.queries.flatMap((query) => queryTypes(query, styles)),
      dataType(context, styles),
      descriptor(context),
      fetchFunction(context),
    ],
  };
}

function paramsType({ names, params }: Context, styles: Styles): Statement {
  const members = params.map(({ name, type, required, docs }): CodeMember => ({
    name,
    type,
    optional: !required,
    docs,
  }));
  const type: CodeType = { kind: "object", members };
  return { kind: "alias", name: names.params, exported: true, type, style: styles.in };
}

function queryTypes({ names, input, output, errors }: Query, styles: Styles): Statement[] {
  return [
    exportType(names.input, input, styles.in),
    exportType(names.output, output, styles.out),
    exportError(names.error, errors, styles.out),
  ];
}

function dataType({ names, queries }: Context, styles: Styles): Statement {
  const members = queries.map((query): CodeMember => ({
    name: query.slot,
    type: exportedType(query.names.output, query.output),
    // A failed slot is absent from the bundle, and named in the errors beside it.
    optional: query.optional,
    docs: query.docs,
  }));
  const type: CodeType = { kind: "object", members };
  return { kind: "alias", name: names.data, exported: true, type, style: styles.out };
}

function descriptor({ names, wireName, path, params, queries, cache, docs }: Context): Statement {
  const optional = queries.filter((query) => query.optional).map((query) => query.slot);
  return {
    kind: "const",
    name: names.value,
    type: generic(
      kernelType("ContextDescriptor"),
      { kind: "literal", value: wireName },
      ownType(names.params),
      ownType(names.data),
    ),
    value: {
      kind: "object",
      open: true,
      members: [
        { key: "kind", value: json("context") },
        { key: "contract", value: nameValue(contractName) },
        { key: "name", value: json(wireName) },
        { key: "path", value: json(path) },
        { key: "params", value: codecs(params) },
        { key: "slots", value: json(queries.map((query) => query.slot)) },
        ...(optional.length > 0 ? [{ key: "optional", value: json(optional) }] : []),
        ...(cache.scope === "public" ? [{ key: "scope", value: json("public") }] : []),
      ],
    },
    docs,
  };
}

function fetchFunction({ names, wireName, params }: Context): Statement {
  return {
    kind: "function",
    name: names.fetch,
    parameters: [
      paramsParameter(names.params, params),
      { name: "options", optional: true, type: generic(kernelType("FetchOptions")) },
    ],
    returns: generic({ name: "Promise", typeOnly: true }, ownType(names.data)),
    body: {
      kind: "call",
      callee: kernelValue("fetchContext"),
      arguments: [nameValue(own(names.value)), parameter("params"), parameter("options")],
    },
    docs: { summary: `Reads the context \`${wireName}\` once, outside any component.` },
  };
}

/** `params: UserContextParams`; may be left out where none is required. */
export function paramsParameter(type: string, params: readonly Param[]): Parameter {
  const optional = !params.some((param) => param.required);
  return { name: "params", optional: false, emptyByDefault: optional, type: ownType(type) };
}
