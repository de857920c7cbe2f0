import type { Api, NamedType } from "../../ir/api.js";
import { toCamelCase } from "../../ir/names/words.js";
import type { EmitOptions } from "../options.js";
import type { Module, Statement } from "../print/code.js";
import { json, type DerivedNames } from "./names.js";
import { stylesFor } from "./styles.js";

/** `types.ts`: the named types that functions reach, in document order. Null when there are none. */
export function typesModule(
  api: Api,
  options: Pick<EmitOptions, "readonly" | "enums">,
  derived: DerivedNames,
): Module | null {
  if (api.types.length === 0) return null;
  const styles = stylesFor(options);
  const statements = api.types.flatMap((named): Statement[] => {
    const { name, type, docs } = named;
    const style = styles[named.position];
    const alias: Statement = { kind: "alias", name, exported: true, type, style, docs };
    const values = options.enums === "const" ? enumValues(named) : null;
    if (values === null) return [alias];
    const constant = derived.claim(`${toCamelCase(name)}Values`);
    return [
      alias,
      { kind: "const", name: constant, value: { kind: "constant", value: json(values) } },
    ];
  });
  return { path: "types", statements };
}

/** The values of a union of string literals. */
function enumValues({ type }: NamedType): readonly string[] | null {
  const members = type.kind === "union" ? type.members : [type];
  const values = members.flatMap((member) =>
    member.kind === "literal" && typeof member.value === "string" ? [member.value] : [],
  );
  return values.length === members.length ? values : null;
}
