import type { Context } from "../ir/api.js";
import { compareClientNames } from "./compare-client-names.js";
import type { ChangeLog, Topic } from "./change-log.js";
import { compareCodecs, paramsNode } from "./compare-params.js";
import { compareWords } from "./compare-words.js";
import { breaking, compatible, neutral, review, type Verdict } from "./verdict.js";

/** All that differs between two entries of one context, apart from its functions. */
export function compareContexts(log: ChangeLog, before: Context, after: Context): void {
  const topic = topicOf(before, after);
  if (before.wireName !== after.wireName) {
    log.report(
      topic,
      "context-renamed",
      {
        summary: `is new and has the functions of ${before.wireName}: it looks renamed`,
        before: before.wireName,
        after: after.wireName,
      },
      breaking(
        "clients generated earlier read the old context, and code that does no longer compiles",
      ),
    );
  }
  compareClientNames(log, topic, before, after);
  // The address follows the name, which is told.
  if (before.wireName === after.wireName && before.path !== after.path) {
    log.reportSwap(
      topic,
      "path-changed",
      { was: before.path, is: after.path, how: "at " },
      breaking("clients generated earlier read the old address", ["clients"]),
    );
  }
  compareCaches(log, topic, before.cache, after.cache);
  log.compareTypes(topic, "params", "in", paramsNode(before.params), paramsNode(after.params));
  compareCodecs(log, topic, before.params, after.params);
  for (const { kind, verdict, ...said } of compareWords(before.docs, after.docs)) {
    log.report(topic, kind, said, verdict);
  }
}

export function reportNewContext(log: ChangeLog, context: Context): void {
  log.report(
    topicOf(null, context),
    "context-added",
    { summary: "is new", after: context.wireName },
    compatible("nobody reads it yet"),
  );
}

export function reportOldContext(log: ChangeLog, context: Context): void {
  log.report(
    topicOf(context, null),
    "context-removed",
    { summary: "is gone", before: context.wireName },
    breaking("clients generated earlier still read it, and code that does no longer compiles"),
  );
}

function topicOf(before: Context | null, after: Context | null): Topic {
  const shown = after ?? before;
  return {
    subject: { kind: "context", name: shown?.wireName ?? "" },
    functions: shown?.queries.map(({ wireName }) => wireName) ?? [],
    before: before?.pointer ?? null,
    after: after?.pointer ?? null,
  };
}

function compareCaches(
  log: ChangeLog,
  topic: Topic,
  before: Context["cache"],
  after: Context["cache"],
): void {
  if (before.scope !== after.scope) {
    log.reportSwap(
      topic,
      "cache-scope-changed",
      { was: before.scope, is: after.scope, path: "cache.scope" },
      scopeVerdict(before.scope, after.scope),
    );
  }
  if (before.ttl !== after.ttl) {
    const [was, is] = [before.ttl, after.ttl].map((ttl) => ttl?.toString() ?? null);
    log.reportSwap(
      topic,
      "cache-ttl-changed",
      { was: was ?? null, is: is ?? null, path: "cache.ttl" },
      neutral("only how long caches keep an answer changes"),
    );
  }
}

function scopeVerdict(
  before: Context["cache"]["scope"],
  after: Context["cache"]["scope"],
): Verdict {
  if (after === "public") {
    return review(
      "shared caches may now give one answer to everybody: make sure that it is the same for everybody",
      [],
    );
  }
  return before === "public"
    ? breaking("clients generated earlier read it without cookies and tokens", ["clients"])
    : neutral("only what the server may keep changes");
}
