import { canonicalQuery } from "../../kernel/canonical.js";
import { codecsOf } from "../contract/codecs.js";
import type { Params } from "../http/visitor.js";
import type { Laboratory } from "../laboratory.js";
import type { Item } from "../observe-call.js";

/** Whether what an answer names reaches the entries with these params (subset match, protocol 3.10): no params reach all. */
export function covers(lab: Laboratory, item: Item, params: Params): boolean {
  const context = lab.contract.contexts.find(({ name }) => name === item.context);
  if (context === undefined) return item.context === "*";
  const codecs = codecsOf(context.params);
  return Object.entries(item.params ?? {}).every(
    ([name, value]) =>
      !Object.hasOwn(params, name) || textOf(name, value) === textOf(name, params[name]),
  );

  function textOf(name: string, value: unknown): string | undefined {
    try {
      return canonicalQuery({ [name]: value }, codecs);
    } catch {
      return undefined;
    }
  }
}
