import type { Api } from "../ir/api.js";
import type { ChangeLog, Topic } from "./change-log.js";
import type { FunctionEntry, FunctionPair } from "./function-entry.js";
import { reachableTypes } from "./reachable-types.js";
import type { Holder } from "./type-difference.js";
import { neutral, review } from "./verdict.js";

/**
 * Named types that code may import: those that got another name, went or came. Types that only functions use which themselves went or
 * came are not worth a word.
 */
export function compareTypeNames(
  log: ChangeLog,
  before: Api,
  after: Api,
  functions: readonly FunctionPair[],
  pairs: Iterable<Holder>,
): void {
  const old = new Map(before.types.map((type) => [type.name, type]));
  const young = new Map(after.types.map((type) => [type.name, type]));
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  for (const { types } of pairs) {
    if (types === null) continue;
    const [was, is] = [types.before.name, types.after.name];
    if (young.has(was) || old.has(is) || renamed.has(was) || taken.has(is)) continue;
    renamed.set(was, is);
    taken.add(is);
    const topic: Topic = {
      subject: { kind: "type", name: is },
      functions: [],
      before: types.before.pointer,
      after: types.after.pointer,
    };
    log.report(
      topic,
      "type-renamed",
      { summary: `was called ${was}`, before: was, after: is },
      review(
        "on the wire nothing changes; code that imports it by its old name no longer compiles",
        ["code"],
      ),
    );
  }
  const stayed = (side: "before" | "after"): FunctionEntry[] => functions.map((pair) => pair[side]);
  const gone = before.types.filter(({ name }) => !young.has(name) && !renamed.has(name));
  const wasUsed = gone.length === 0 ? null : reachableTypes(before, stayed("before"));
  for (const { name, pointer } of gone) {
    if (wasUsed?.has(name) !== true) continue;
    log.report(
      { subject: { kind: "type", name }, functions: [], before: pointer, after: null },
      "type-removed",
      { summary: "is gone", before: name },
      review("code that imports it no longer compiles; what it meant for functions stands there", [
        "code",
      ]),
    );
  }
  const come = after.types.filter(({ name }) => !old.has(name) && !taken.has(name));
  const isUsed = come.length === 0 ? null : reachableTypes(after, stayed("after"));
  for (const { name, pointer } of come) {
    if (isUsed?.has(name) !== true) continue;
    log.report(
      { subject: { kind: "type", name }, functions: [], before: null, after: pointer },
      "type-added",
      { summary: "is new", after: name },
      neutral("nobody imports it yet; what it means for functions stands there"),
    );
  }
}
