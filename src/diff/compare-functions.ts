import type { Auth, DeclaredError } from "../ir/api.js";
import type { ChangeLog, Topic } from "./change-log.js";
import { compareClientNames } from "./compare-client-names.js";
import { compareMutations } from "./compare-mutations.js";
import { compareQueries } from "./compare-queries.js";
import { compareViews } from "./compare-views.js";
import { compareWords } from "./compare-words.js";
import type { FunctionEntry, FunctionPair } from "./function-entry.js";
import { listNames } from "./list-names.js";
import { showStep } from "./show-type.js";
import { breaking, compatible, neutral, review } from "./verdict.js";

/**
 * All that differs between two entries of one function.
 *
 * @param stayed its context is the same one, if under another name
 */
export function compareFunctions(
  log: ChangeLog,
  { before, after, contexts }: FunctionPair,
  stayed: boolean,
): void {
  const topic: Topic = {
    subject: { kind: "function", name: after.wireName },
    functions: [after.wireName],
    before: before.pointer,
    after: after.pointer,
  };
  if (before.kind === "query" && after.kind === "query") {
    if (!stayed) reportMove(log, topic, contexts);
    compareQueries(log, topic, before, after, contexts);
  } else if (before.kind === "mutation" && after.kind === "mutation") {
    compareMutations(log, topic, before, after);
  } else if (before.kind === "view" && after.kind === "view") {
    compareViews(log, topic, before, after);
  } else {
    log.reportSwap(
      topic,
      "function-kind-changed",
      { was: before.kind, is: after.kind, how: "a " },
      breaking(
        "clients generated earlier call it another way, and code that does no longer compiles",
      ),
    );
    return;
  }
  compareAuth(log, topic, before.auth, after.auth);
  compareErrors(log, topic, before.errors, after.errors);
  compareClientNames(log, topic, before, after);
  compareStanding(log, topic, before, after);
}

function reportMove(
  log: ChangeLog,
  topic: Topic,
  { before, after }: FunctionPair["contexts"],
): void {
  if (before === undefined || after === undefined) return;
  log.report(
    topic,
    "function-moved",
    {
      summary: `is now in context ${after.wireName}, was in ${before.wireName}`,
      before: before.wireName,
      after: after.wireName,
    },
    breaking(
      "clients generated earlier look for it in its old context, and code that does no longer compiles",
    ),
  );
}

const strictness = ["none", "optional", "required"];

function compareAuth(log: ChangeLog, topic: Topic, before: Auth, after: Auth): void {
  const report = (summary: string, was: string, is: string, verdict: typeof lacks): void =>
    log.report(topic, "auth-changed", { path: "auth", summary, before: was, after: is }, verdict);
  if (before.mode !== after.mode) {
    const isStricter = strictness.indexOf(after.mode) > strictness.indexOf(before.mode);
    report(
      `is now ${after.mode}, was ${before.mode}`,
      before.mode,
      after.mode,
      isStricter && after.mode === "required"
        ? breaking("clients generated earlier that call it without signing in are refused", [
            "clients",
          ])
        : compatible("whoever could call it still can"),
    );
  }
  const permissions = namesThatDiffer(before.permissions, after.permissions);
  if (permissions.added.length > 0) {
    report(
      `asks for ${listNames(permissions.added)} now`,
      before.permissions.join(", "),
      after.permissions.join(", "),
      lacks,
    );
  } else if (permissions.removed.length > 0) {
    report(
      `no longer asks for ${listNames(permissions.removed)}`,
      before.permissions.join(", "),
      after.permissions.join(", "),
      compatible("whoever could call it still can"),
    );
  }
  const schemes = namesThatDiffer(before.schemes, after.schemes);
  const shown = [before.schemes.join(", "), after.schemes.join(", ")] as const;
  if (before.schemes.length > 0 && schemes.removed.length > 0) {
    report(
      `no longer takes ${listNames(schemes.removed)}`,
      ...shown,
      after.schemes.length === 0
        ? compatible("no scheme is asked for in particular")
        : breaking("clients that sign in that way are refused", ["clients"]),
    );
  } else if (schemes.added.length > 0) {
    report(
      before.schemes.length === 0
        ? `takes only ${listNames(after.schemes)} now`
        : `takes ${listNames(schemes.added)} as well`,
      ...shown,
      before.schemes.length === 0
        ? review("clients that sign in another way are refused", ["clients"])
        : compatible("whoever could call it still can"),
    );
  }
}

const lacks = review("users who lack it are refused, with clients of any age", ["clients"]);

function compareErrors(
  log: ChangeLog,
  topic: Topic,
  before: readonly DeclaredError[],
  after: readonly DeclaredError[],
): void {
  const old = new Map(before.map((error) => [error.code, error]));
  const young = new Map(after.map((error) => [error.code, error]));
  for (const [code, error] of old) {
    const other = young.get(code);
    const path = `errors${showStep(code)}`;
    if (other === undefined) {
      log.report(
        topic,
        "error-removed",
        { path, summary: "is gone", before: code },
        review("code that asks for this code no longer compiles; clients no longer meet it", [
          "code",
        ]),
      );
      continue;
    }
    if (error.status !== other.status) {
      log.report(
        topic,
        "error-status-changed",
        {
          path,
          summary: `now comes with status ${String(other.status)}, was ${String(error.status)}`,
          before: String(error.status),
          after: String(other.status),
        },
        review("code that looks at the status, or a proxy that does, may act differently", [
          "clients",
        ]),
      );
    }
    if (error.data !== null && other.data !== null) {
      log.compareTypes(topic, path, "out", error.data, other.data);
    } else if (error.data !== null || other.data !== null) {
      log.compareTypes(
        topic,
        path,
        "out",
        error.data ?? { kind: "unknown" },
        other.data ?? { kind: "unknown" },
      );
    }
  }
  for (const [code, error] of young) {
    if (old.has(code)) continue;
    log.report(
      topic,
      "error-added",
      {
        path: `errors${showStep(code)}`,
        summary: `is new (status ${String(error.status)})`,
        after: code,
      },
      compatible("clients treat a code that they do not know as any other failure"),
    );
  }
}

/** What is promised and told of a function, apart from what it does. */
function compareStanding(
  log: ChangeLog,
  topic: Topic,
  before: FunctionEntry,
  after: FunctionEntry,
): void {
  if (before.stability !== after.stability) {
    log.reportSwap(
      topic,
      "stability-changed",
      { was: before.stability, is: after.stability },
      before.stability === "stable"
        ? review("it works as before, but the promise that it will is withdrawn", [])
        : neutral("it works as before"),
    );
  }
  const [was = "", is = ""] = [before, after].map(({ module, tags }) =>
    [...(module === undefined ? [] : [module]), ...tags].join(", "),
  );
  if (was !== is) {
    log.report(
      topic,
      "tags-changed",
      {
        summary: `is now filed under ${is || "nothing"}, was under ${was || "nothing"}`,
        before: was,
        after: is,
      },
      neutral("only the order of things for people changes"),
    );
  }
  for (const { kind, verdict, ...said } of compareWords(before.docs, after.docs)) {
    log.report(topic, kind, said, verdict);
  }
}

function namesThatDiffer(
  before: readonly string[],
  after: readonly string[],
): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  return {
    added: after.filter((name) => !before.includes(name)),
    removed: before.filter((name) => !after.includes(name)),
  };
}
