import type { Form, Mutation } from "../api.js";
import type { MutationEntry } from "../normalise/normal-form.js";
import type { TypeNode } from "../type-node.js";
import type { ApiAssembly } from "./api-assembly.js";
import { argumentOf } from "./argument.js";
import type { NamesOfFunction } from "./name-functions.js";
import type { MappedMutation } from "./map-functions.js";

const nothing: TypeNode = { kind: "void" };

export function buildMutations(assembly: ApiAssembly): Mutation[] {
  return assembly.each(
    "mutation",
    assembly.mapped.mutations,
    assembly.names.functions,
    (...parts) => mutationOf(assembly, ...parts),
  );
}

function mutationOf(
  assembly: ApiAssembly,
  entry: MutationEntry,
  mapped: MappedMutation,
  chosen: NamesOfFunction,
): Mutation {
  const input = mapped.input === null ? nothing : assembly.type(mapped.input);
  const output = mapped.output === null ? nothing : assembly.type(mapped.output);
  return {
    ...assembly.base(entry, mapped.errors),
    kind: "mutation",
    names: chosen.names,
    file: chosen.file,
    path: assembly.addresses.ofCall(entry.name.value, entry.path?.value, entry.operationId?.value),
    input,
    argument:
      mapped.input === null ? "none" : argumentOf(input, (name) => assembly.namedType(name)),
    // No value is ever answered: nothing is.
    output: output.kind === "never" ? nothing : output,
    encoding: entry.encoding?.value ?? "json",
    files: mapped.files,
    form: formOf(assembly, entry, mapped),
    merges: assembly.merges(entry),
    affects: assembly.affects(entry),
    idempotent: entry.idempotent?.value ?? false,
    csrf: entry.csrf?.value ?? true,
    session: entry.session?.value ?? "keep",
    concurrency: entry.concurrency?.value ?? "parallel",
  };
}

function formOf(
  assembly: ApiAssembly,
  { form: entry }: MutationEntry,
  { form }: MappedMutation,
): Form | null {
  if (form === null || entry === undefined) return null;
  const initial = entry.initial?.value;
  return {
    type: assembly.type(form.type),
    at: form.at,
    fields: form.fields,
    ...(initial === undefined || !assembly.isQuery(initial) ? {} : { initial }),
    ...(entry.validate === undefined
      ? {}
      : { validate: assembly.addresses.relative(entry.validate.value) }),
  };
}
