import type { View } from "../../ir/api.js";
import type { Module, ObjectMember, Parameter, Statement } from "../print/code.js";
import { codecs } from "./codecs.js";
import { paramsParameter } from "./context-module.js";
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

/** `views/invoice_pdf.ts`: its types, its descriptor, its address, and a function that asks for it. */
export function viewModule(view: View, styles: Styles): Module {
  const { names, paramsType, input, errors } = view;
  const body = input === null ? [] : [exportType(names.body, input, styles.in)];
  return {
    path: modulePath(view.file),
    statements: [
      exportType(names.input, paramsType, styles.in),
      ...body,
      exportError(names.error, errors, styles.out),
      descriptor(view),
      urlFunction(view),
      fetchFunction(view),
    ],
  };
}

function descriptor({
  names,
  wireName,
  method,
  path,
  params,
  input,
  encoding,
  docs,
  paramsType,
}: View): Statement {
  const members: ObjectMember[] = [
    { key: "kind", value: json("view") },
    { key: "contract", value: nameValue(contractName) },
    { key: "name", value: json(wireName) },
    { key: "method", value: json(method) },
    { key: "path", value: json(path) },
    { key: "params", value: codecs(params) },
  ];
  if (input !== null) members.push({ key: "encoding", value: json(encoding) });
  const type = generic(
    kernelType("ViewDescriptor"),
    { kind: "literal", value: wireName },
    exportedType(names.input, paramsType),
  );
  return {
    kind: "const",
    name: names.value,
    type,
    value: { kind: "object", open: true, members },
    docs,
  };
}

const options: Parameter = {
  name: "options",
  optional: true,
  type: generic(kernelType("ViewOptions")),
};

function urlFunction({ names, wireName, params, docs }: View): Statement {
  return {
    kind: "function",
    name: names.url,
    parameters: [paramsParameter(names.input, params), options],
    returns: { kind: "string" },
    body: {
      kind: "call",
      callee: kernelValue("viewUrl"),
      arguments: [nameValue(own(names.value)), parameter("params"), parameter("options")],
    },
    docs: { summary: `The address of \`${wireName}\`.`, deprecated: docs?.deprecated },
  };
}

function fetchFunction({ names, wireName, params, input, docs }: View): Statement {
  const body: Parameter[] =
    input === null
      ? []
      : [{ name: "body", optional: false, type: exportedType(names.body, input) }];
  const last =
    input === null
      ? parameter("options")
      : ({
          kind: "object",
          open: false,
          members: [{ spread: parameter("options") }, { key: "body", value: parameter("body") }],
        } as const);
  return {
    kind: "function",
    name: names.fetch,
    parameters: [
      {
        ...paramsParameter(names.input, params),
        ...(input === null ? {} : { emptyByDefault: false }),
      },
      ...body,
      options,
    ],
    returns: generic({ name: "Promise", typeOnly: true }, ownType("Response")),
    body: {
      kind: "call",
      callee: kernelValue("fetchView"),
      arguments: [nameValue(own(names.value)), parameter("params"), last],
    },
    docs: { summary: `Asks for \`${wireName}\`.`, deprecated: docs?.deprecated },
  };
}
