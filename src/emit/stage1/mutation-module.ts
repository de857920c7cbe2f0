import type { Affect, Binding, Merge, Mutation } from "../../ir/api.js";
import type { JsonValue } from "../../ir/json.js";
import type { CodeMember, CodeType, Module, ObjectMember, Statement } from "../print/code.js";
import { errorGuard, exportError } from "./errors.js";
import { factsOf } from "./facts.js";
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
  ownType,
} from "./names.js";
import type { Slots } from "./slots.js";
import type { Styles } from "./styles.js";

/** `mutations/rename_user.ts`: its types, the function that is its own descriptor, and the guard of its errors. */
export function mutationModule(slots: Slots, mutation: Mutation, styles: Styles): Module {
  const { names, output, errors } = mutation;
  const targets = targetsType(mutation, slots);
  const targetsAlias: Statement[] =
    targets === null
      ? []
      : [{ kind: "alias", name: "Targets", exported: false, type: targets, style: styles.out }];
  return {
    path: modulePath(mutation.file),
    statements: [
      exportType(names.input, inputOf(mutation), styles.in),
      exportType(names.output, output, styles.out),
      exportError(names.error, errors, styles.out),
      ...targetsAlias,
      descriptor(mutation, targets !== null),
      errorGuard(names),
    ],
  };
}

const inputOf = ({ argument, input }: Mutation): Mutation["input"] =>
  argument === "none" ? { kind: "void" } : input;

/** What optimistic layers may lie over: the merged slots by context, and all slots of contexts that are changed as a whole. */
function targetsType({ merges, affects }: Mutation, slots: Slots): CodeType | null {
  const contexts = new Map<string, CodeType>();
  for (const { context } of affects) {
    const data = slots.dataOf(context);
    if (data !== null) contexts.set(context, generic(data));
  }
  for (const { context } of merges) {
    if (contexts.has(context)) continue;
    const members = mergedSlots(context, merges, slots);
    if (members.length > 0) contexts.set(context, { kind: "object", members });
  }
  const members = [...contexts].map(([name, type]): CodeMember => ({
    name,
    type,
    optional: false,
  }));
  return members.length === 0 ? null : { kind: "object", members };
}

function mergedSlots(context: string, merges: readonly Merge[], slots: Slots): CodeMember[] {
  const merged = merges.filter((merge) => merge.context === context).map((merge) => merge.slot);
  return [...new Set(merged)].flatMap((slot): CodeMember[] => {
    const name = slots.outputOf(context, slot);
    return name === null ? [] : [{ name: slot, type: generic(name), optional: false }];
  });
}

function descriptor(mutation: Mutation, hasTargets: boolean): Statement {
  const { names, wireName, docs } = mutation;
  const input = exportedType(names.input, inputOf(mutation));
  return {
    kind: "const",
    name: names.value,
    type: generic(
      kernelType("Mutation"),
      { kind: "literal", value: wireName },
      mutation.argument === "optional"
        ? { kind: "union", members: [input, { kind: "undefined" }] }
        : input,
      exportedType(names.output, mutation.output),
      ownType(names.error),
      ...(hasTargets ? [ownType("Targets")] : []),
    ),
    value: {
      kind: "call",
      callee: kernelValue("mutation"),
      pure: true,
      arguments: [{ kind: "object", open: true, members: members(mutation) }],
    },
    docs,
    facts: factsOf(mutation),
  };
}

/** What needs code of the kernel names it, so that a bundle holds the code of the functions that it uses. */
function members(mutation: Mutation): ObjectMember[] {
  const { encoding, files, merges, affects, errors, session } = mutation;
  const found: ObjectMember[] = [
    { key: "contract", value: nameValue(contractName) },
    { key: "name", value: json(mutation.wireName) },
    { key: "path", value: json(mutation.path) },
  ];
  const add = (key: string, value: JsonValue): void => void found.push({ key, value: json(value) });
  const addFunction = (key: string, name: string): void =>
    void found.push({ key, value: nameValue(kernelValue(name)) });
  if (encoding === "multipart") addFunction("encode", "multipartBody");
  if (files.length > 0)
    add(
      "files",
      files.map((file) => file.path),
    );
  const targets = [...merges, ...affects].map(target);
  if (targets.length > 0) add("targets", targets);
  if (errors.length > 0) add("errors", [...new Set(errors.map((error) => error.code))]);
  if (merges.some(({ mode }) => mode !== "replace")) addFunction("merge", "mergeParts");
  if (mutation.idempotent) addFunction("idempotent", "withIdempotencyKey");
  if (!mutation.csrf) add("csrf", false);
  if (session === "change") add("session", session);
  if (mutation.concurrency === "serial") addFunction("concurrency", "oneByOne");
  if (mutation.concurrency === "latest") addFunction("concurrency", "latestOnly");
  return found;
}

function target(change: Merge | Affect): JsonValue {
  const params = Object.fromEntries(
    change.params.map(({ param, source }) => [param, from(source)]),
  );
  return {
    context: change.context,
    ...("slot" in change ? { slot: change.slot } : {}),
    ...(change.params.length > 0 ? { params } : {}),
  };
}

/** Null for what only the answer can tell. */
function from(source: Binding["source"]): JsonValue {
  if (source.from === "const") return { const: source.value };
  return source.from === "input" ? source.path : null;
}
