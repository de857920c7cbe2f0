import type { CodeMember, CodeType, Module, Name, Statement, TypeStyle } from "../print/code.js";
import {
  contractName,
  generic,
  kernelType,
  kernelValue,
  modulePath,
  nameValue,
  ownType,
  parameter,
} from "./names.js";

const style: TypeStyle = { position: "in", readonly: false };

/** An entry of the contract by its wire name, and where its descriptor is. */
export interface ClientEntry {
  readonly wireName: string;
  readonly value: string;
  readonly file: string;
}

/** `client.ts`: the names of the contract as types, which leave nothing in a bundle, and the two ways to an instance. */
export function clientModule(
  contexts: readonly ClientEntry[],
  mutations: readonly ClientEntry[],
): Module {
  return {
    path: "client",
    statements: [
      map("MizanContexts", "The contexts of the contract by wire name.", contexts),
      map("MizanMutations", "The mutations of the contract by wire name.", mutations),
      {
        kind: "function",
        name: "createMizan",
        parameters: [
          { name: "options", optional: true, type: generic(kernelType("MizanOptions")) },
        ],
        returns: generic(kernelType("Mizan"), ownType("MizanContexts"), ownType("MizanMutations")),
        body: {
          kind: "call",
          callee: kernelValue("createKernel"),
          typeArguments: [ownType("MizanContexts"), ownType("MizanMutations")],
          arguments: [nameValue(contractName), parameter("options")],
        },
        docs: { summary: "An instance of its own: for one request on a server, or for a test." },
      },
      {
        kind: "function",
        name: "configure",
        parameters: [
          { name: "options", optional: false, type: generic(kernelType("MizanOptions")) },
        ],
        returns: { kind: "void" },
        body: {
          kind: "call",
          callee: kernelValue("configureDefault"),
          arguments: [nameValue(contractName), parameter("options")],
        },
        docs: {
          summary:
            "Sets up the instance that plain function calls use in a browser, before the first call.",
        },
      },
    ],
  };
}

function map(name: string, summary: string, entries: readonly ClientEntry[]): Statement {
  const members = entries.map(({ wireName, value, file }): CodeMember => ({
    name: wireName,
    type: { kind: "typeof", name: typeOf(value, file) },
    optional: false,
  }));
  // An object type without members would be an index of all strings.
  const type: CodeType =
    members.length === 0
      ? generic({ name: "object", typeOnly: true })
      : { kind: "object", members };
  return { kind: "alias", name, exported: true, type, style, docs: { summary } };
}

const typeOf = (name: string, file: string): Name => ({
  name,
  from: modulePath(file),
  typeOnly: true,
});
