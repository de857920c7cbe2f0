import type { NamedType } from "../../ir/api.js";
import { toCamelCase } from "../../ir/names/words.js";
import type { EmitOptions } from "../options.js";
import type { Module, Statement } from "../print/code.js";
import { json, type DerivedNames } from "./names.js";
import type { Styles } from "./styles.js";

/** `userKindValues`, beside the enum `UserKind`. */
export interface EnumConstant {
  readonly type: string;
  readonly name: string;
}

/** The constants beside named enums; none where the options ask for none. */
export function claimConstants(
  types: readonly NamedType[],
  { enums }: Pick<EmitOptions, "enums">,
  derived: DerivedNames,
): readonly EnumConstant[] {
  if (enums !== "const") return [];
  return types
    .filter((named) => enumValues(named) !== null)
    .map(({ name }) => ({ type: name, name: derived.claim(`${toCamelCase(name)}Values`) }));
}

/** `types.ts`: the named types that functions reach, in document order. */
export function typesModule(
  types: readonly NamedType[],
  constants: readonly EnumConstant[],
  styles: Styles,
): Module {
  const constantOf = new Map(constants.map((one) => [one.type, one.name]));
  const statements = types.flatMap((named): Statement[] => {
    const { name, type, docs } = named;
    const style = styles[named.position];
    const alias: Statement = { kind: "alias", name, exported: true, type, style, docs };
    const constant = constantOf.get(name);
    if (constant === undefined) return [alias];
    const values = enumValues(named) ?? [];
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
