import {
  membersOf,
  requires,
  resolve,
  schemaAt,
  type Components,
  type JsonSchema,
} from "../schema/json-schema.js";
import { sameSchema } from "../schema/same-schema.js";
import { bindParams, type BindingSite } from "./bind-params.js";
import type { ContextPlan, MergePlan, QueryPlan } from "./contract.js";
import type { MergeDeclaration, MergeMode } from "./declaration.js";
import type { Findings } from "./findings.js";
import { nearest } from "./nearest.js";
import { itemName, outlineOf, type Outline } from "./outline.js";

export interface MergeSite {
  /** Where: `rename_user.merge[0]`. */
  readonly at: string;
  readonly output: JsonSchema | null;
  readonly inputMembers: Readonly<Record<string, JsonSchema>>;
  readonly contexts: ReadonlyMap<string, ContextPlan>;
  readonly components: Components;
}

/** Finds slot, mode, key and bindings of a merge (protocol 4), or reports why there are none: E200 to E211. */
export function resolveMerge(
  site: MergeSite,
  declaration: MergeDeclaration,
  findings: Findings,
): MergePlan | null {
  const { at, contexts, components } = site;
  const context = contexts.get(declaration.context);
  if (context === undefined) {
    findings.report(
      "E200",
      at,
      `there is no context "${declaration.context}"${nearest(declaration.context, contexts.keys())}`,
      `contexts: ${[...contexts.keys()].join(", ")}`,
    );
    return null;
  }
  const value = mergedValue(site, declaration, findings);
  if (value === null) return null;
  const outline = outlineOf(value, components);
  const query =
    declaration.slot === undefined
      ? findSlot(site, context, declaration, outline, findings)
      : namedSlot(site, context, declaration.slot, findings);
  if (query === null) return null;
  const slot = outlineOf(query.output, components, query.declaration.pagination?.items);
  const mode = modeOf(site, query, declaration, outline, slot, findings);
  if (mode === null) return null;
  const isWhole = mode === "replace" || mode === "patch";
  const key = isWhole ? null : keyOf(site, query, declaration, slot, findings);
  if (!isWhole && key === null) return null;
  const bindingSite: BindingSite = {
    at,
    context: context.name,
    params: context.params,
    inputMembers: site.inputMembers,
    output: site.output,
    components,
  };
  const params = bindParams(bindingSite, declaration.params, findings);
  checkBound(site, query, mode, params, findings);
  return { context: context.name, slot: query.slot, mode, key, params, declaration };
}

function mergedValue(
  { at, output, components }: MergeSite,
  { value = [] }: MergeDeclaration,
  findings: Findings,
): JsonSchema | null {
  if (output === null) {
    const help = 'give it an output, or use "affects"';
    findings.report("E203", at, "the mutation answers with nothing that could be merged", help);
    return null;
  }
  const found = schemaAt(output, value, components);
  if (found === null) {
    findings.report(
      "E205",
      at,
      `the output has nothing at "${value.join(".")}"`,
      "give the path of a declared member",
    );
  }
  return found;
}

/** Ranks 1 to 3: the type itself, else a list of it, else a page of it. A declared mode rules out ranks. */
function findSlot(
  { at, components }: MergeSite,
  context: ContextPlan,
  { mode }: MergeDeclaration,
  value: Outline,
  findings: Findings,
): QueryPlan | null {
  const element = itemName(value.item);
  const type = value.type ?? element;
  const slots = context.queries.map((query) => ({
    query,
    outline: outlineOf(query.output, components, query.declaration.pagination?.items),
  }));
  if (type === null) {
    const [first] = slots;
    findings.report(
      "E203",
      at,
      "the output is not a named type, so its slot cannot be found",
      `name the type, or the slot: { context: "${context.name}", slot: "${first?.query.slot ?? ""}" }`,
    );
    return null;
  }
  const whole = mode === undefined || mode === "replace" || mode === "patch";
  const items = (mode === undefined || !whole) && value.type !== null;
  const ranks = [
    slots.filter(
      ({ outline }) =>
        whole && (element === null ? outline.type === type : itemName(outline.item) === element),
    ),
    slots.filter(({ outline }) => items && itemName(outline.item) === type),
    slots.filter(({ outline }) => items && itemName(outline.pageItem) === type),
  ];
  const candidates = ranks.find((rank) => rank.length > 0) ?? [];
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only.query;
  if (only === undefined) {
    findings.report(
      "E202",
      at,
      `no slot of the context "${context.name}" holds ${element === null ? type : `lists of ${element}`}`,
      `use affects: ["${context.name}"], or let a query of the context and the mutation share one named type`,
    );
  } else {
    findings.report(
      "E201",
      at,
      `the merge into "${context.name}" is ambiguous: ${candidates.map(({ query }) => `"${query.slot}"`).join(", ")} hold ${type}`,
      `name one: "${context.name}.${only.query.slot}"`,
    );
  }
  return null;
}

function namedSlot(
  { at }: MergeSite,
  context: ContextPlan,
  name: string,
  findings: Findings,
): QueryPlan | null {
  const found = context.queries.find(({ slot }) => slot === name);
  if (found !== undefined) return found;
  const slots = context.queries.map(({ slot }) => slot);
  findings.report(
    "E202",
    at,
    `the context "${context.name}" has no slot "${name}"${nearest(name, slots)}`,
    `slots: ${slots.join(", ")}`,
  );
  return null;
}

function modeOf(
  site: MergeSite,
  query: QueryPlan,
  declaration: MergeDeclaration,
  value: Outline,
  slot: Outline,
  findings: Findings,
): MergeMode | null {
  const { at, components } = site;
  const item = slot.item ?? slot.pageItem;
  const isSame =
    value.item !== null && slot.item !== null
      ? sameSchema(value.item, slot.item, components)
      : (value.item === null) === (slot.item === null) &&
        sameSchema(value.core, slot.core, components);
  const isItem = !isSame && item !== null && sameSchema(value.core, item, components);
  const mode = declaration.mode ?? (isItem ? "update" : "replace");
  const refuse = (code: string, message: string, help: string): null => {
    findings.report(code, at, message, help);
    return null;
  };
  const name = `"${query.slot}"`;
  switch (mode) {
    case "patch": {
      const members = membersOf(value.core, components);
      if (slot.item !== null || Object.keys(members).length === 0) {
        return refuse(
          "E205",
          `a patch needs objects, and ${name} or the output is none`,
          'use "replace"',
        );
      }
      const target = membersOf(slot.core, components);
      const others = Object.entries(members).filter(
        ([key, member]) =>
          !Object.hasOwn(target, key) || !sameSchema(member, target[key] ?? {}, components),
      );
      if (others.length === 0) return mode;
      const keys = others.map(([key]) => key).join(", ");
      const help = "answer with members of the slot's type only, or use affects";
      return refuse("E206", `the output is no part of the slot ${name}: ${keys}`, help);
    }
    case "remove":
      return item === null
        ? refuse("E205", `"remove" needs a list or a page, and ${name} is neither`, 'use "replace"')
        : mode;
    case "upsert":
    case "update":
      if (mode === "upsert" && slot.pageItem !== null) {
        const help = 'use "update", and affects to have the pages fetched again';
        return refuse("E207", `"upsert" cannot insert into ${name}, which is a page`, help);
      }
      return isItem
        ? mode
        : refuse(
            "E205",
            `the output is no item of the slot ${name}`,
            "let it answer with the slot's type",
          );
    case "replace":
      return isSame
        ? mode
        : refuse(
            "E205",
            `the output has another shape than the slot ${name}`,
            isItem ? 'use "update"' : "let it answer with the slot's type, or use affects",
          );
  }
}

/** The members that an item is recognised by: declared, else a required scalar `id` (E204). */
function keyOf(
  { at, output, components }: MergeSite,
  query: QueryPlan,
  declaration: MergeDeclaration,
  slot: Outline,
  findings: Findings,
): readonly string[] | null {
  const item = slot.item ?? slot.pageItem ?? {};
  const members = membersOf(item, components);
  const declared = declaration.key ?? query.declaration.key;
  const key = declared ?? (requires(item, "id", components) ? ["id"] : []);
  const answer = output === null ? {} : membersOf(output, components);
  const isScalar = (member: JsonSchema | undefined): boolean =>
    member !== undefined &&
    ["string", "integer", "number", "boolean"].includes(
      String(resolve(member, components)["type"]),
    );
  const missing = key.filter((name) => !isScalar(members[name]));
  if (key.length === 0 || missing.length > 0) {
    findings.report(
      "E204",
      at,
      key.length === 0
        ? `the items of "${query.slot}" have no key: none is declared, and they have no required scalar "id"`
        : `the items of "${query.slot}" have no scalar member ${missing.join(", ")} to serve as key`,
      `declare it at the query "${query.name}": key: ["…"]`,
    );
    return null;
  }
  if (declaration.mode === "remove" && declaration.value === undefined) {
    const unnamed = key.filter((name) => !Object.hasOwn(answer, name));
    if (unnamed.length > 0) {
      const message = `the output does not say which item to remove: it has no ${unnamed.join(", ")}`;
      findings.report("E205", at, message, "answer with the members of the key");
      return null;
    }
  }
  return key;
}

/**
 * E210: every param of the slot's own function is bound, else the value would be written where it does not belong. An item is the same
 * under every filter and on every page: for `update` and `remove` only required params count, and not those that page.
 */
function checkBound(
  { at }: MergeSite,
  query: QueryPlan,
  mode: MergeMode,
  params: ReadonlyMap<string, unknown>,
  findings: Findings,
): void {
  const keyed = mode === "update" || mode === "remove";
  const paging = new Set(Object.values(query.declaration.pagination?.params ?? {}));
  const open = query.params.filter(
    ({ name, required }) => !params.has(name) && !(keyed && (!required || paging.has(name))),
  );
  const [first] = open;
  if (first === undefined) return;
  findings.report(
    "E210",
    at,
    `the merge leaves ${open.map(({ name }) => `"${name}"`).join(", ")} of "${query.name}" unbound`,
    `bind it, params: { ${first.name}: input("…") }, or use affects`,
  );
}
