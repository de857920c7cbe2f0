import type { View } from "../api.js";
import type { ViewEntry } from "../normalise/normal-form.js";
import type { ApiAssembly } from "./api-assembly.js";
import type { NamesOfView } from "./name-functions.js";
import type { MappedView } from "./map-functions.js";
import { membersOfParams } from "./type-source.js";

export function buildViews(assembly: ApiAssembly): View[] {
  return assembly.each("view", assembly.mapped.views, assembly.names.views, (...parts) =>
    viewOf(assembly, ...parts),
  );
}

function viewOf(
  assembly: ApiAssembly,
  entry: ViewEntry,
  mapped: MappedView,
  chosen: NamesOfView,
): View {
  const params = mapped.params.map((param) => assembly.param(param));
  return {
    ...assembly.base(entry, mapped.errors),
    kind: "view",
    names: chosen.names,
    file: chosen.file,
    method: entry.method.value,
    path: assembly.addresses.relative(entry.path.value),
    params,
    paramsType: {
      kind: "object",
      members: membersOfParams(params, ({ required }) => required),
    },
    input: mapped.input === null ? null : assembly.type(mapped.input),
    encoding: entry.encoding?.value ?? "form",
    produces: entry.produces.map(({ value }) => value),
    affects: assembly.affects(entry),
  };
}
