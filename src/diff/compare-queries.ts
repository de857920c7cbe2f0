import { isDeepStrictEqual } from "node:util";
import type { Pagination, Query } from "../ir/api.js";
import type { ChangeLog, Topic } from "./change-log.js";
import type { FunctionPair } from "./function-entry.js";
import { breaking, compatible, narrowed, review, widened } from "./verdict.js";

/** Where a query stands in the bundle of its context, what it answers, and how its items are told apart and paged. */
export function compareQueries(
  log: ChangeLog,
  topic: Topic,
  before: Query,
  after: Query,
  contexts: FunctionPair["contexts"],
): void {
  const followsName = before.slot === before.wireName && after.slot === after.wireName;
  if (before.slot !== after.slot && !followsName) {
    log.reportSwap(
      topic,
      "slot-changed",
      { was: before.slot, is: after.slot, path: "slot" },
      breaking(
        "clients generated earlier read the old member of the bundle, and code that does no longer compiles",
      ),
    );
  }
  log.compareTypes(topic, "output", "out", before.output, after.output);
  compareKeys(log, topic, before.key, after.key);
  if (before.optional !== after.optional) {
    log.report(
      topic,
      "optional-changed",
      {
        path: "optional",
        summary: after.optional
          ? "may now be missing from its bundle"
          : "is never missing from its bundle now",
        before: String(before.optional),
        after: String(after.optional),
      },
      after.optional ? widened("out") : narrowed("out"),
    );
  }
  comparePagination(log, topic, before.pagination, after.pagination);
  compareOwnParams(log, topic, before, after, contexts);
}

function compareKeys(
  log: ChangeLog,
  topic: Topic,
  before: Query["key"],
  after: Query["key"],
): void {
  const was = before?.join(", ") ?? null;
  const is = after?.join(", ") ?? null;
  if (was === is) return;
  log.report(
    topic,
    "key-changed",
    {
      path: "key",
      summary:
        was === null
          ? `is now ${is ?? ""}`
          : is === null
            ? `is gone, was ${was}`
            : `is now ${is}, was ${was}`,
      before: was,
      after: is,
    },
    was === null
      ? compatible("nobody told items apart before")
      : breaking("clients generated earlier tell items apart by the old key", ["clients"]),
  );
}

function comparePagination(
  log: ChangeLog,
  topic: Topic,
  before: Pagination | null,
  after: Pagination | null,
): void {
  if (isDeepStrictEqual(before, after)) return;
  log.report(
    topic,
    "pagination-changed",
    {
      path: "pagination",
      summary:
        before === null
          ? `is new (${after?.style ?? ""})`
          : after === null
            ? "is gone"
            : before.style === after.style
              ? "finds its params or its items elsewhere now"
              : `is now by ${after.style}, was by ${before.style}`,
      before: before?.style ?? null,
      after: after?.style ?? null,
    },
    before === null
      ? compatible("clients generated earlier do not page")
      : breaking(
          "clients generated earlier page the old way",
          after === null ? ["clients", "code"] : ["clients"],
        ),
  );
}

/**
 * The params of a bundle are those of its context, and told there when they come or go. Which of them a function uses shows in its
 * `…Input` type alone.
 */
function compareOwnParams(
  log: ChangeLog,
  topic: Topic,
  before: Query,
  after: Query,
  contexts: FunctionPair["contexts"],
): void {
  const old = new Set(contexts.before?.params.map(({ name }) => name));
  const stayed = (contexts.after?.params ?? []).filter(({ name }) => old.has(name));
  const added = stayed.filter(
    ({ name }) => after.params.includes(name) && !before.params.includes(name),
  );
  const removed = stayed.filter(
    ({ name }) => before.params.includes(name) && !after.params.includes(name),
  );
  if (added.length === 0 && removed.length === 0) return;
  const parts = [
    added.length > 0 ? `now uses ${added.map(({ name }) => name).join(", ")}` : "",
    removed.length > 0 ? `no longer uses ${removed.map(({ name }) => name).join(", ")}` : "",
  ];
  log.report(
    topic,
    "own-params-changed",
    {
      path: "params",
      summary: parts.filter((part) => part !== "").join(" and "),
      before: before.params.join(", "),
      after: after.params.join(", "),
    },
    added.some(({ required }) => required)
      ? review("its context is read as before; code that writes its input by itself must give it", [
          "code",
        ])
      : compatible("its context is read as before"),
  );
}
