import type { View } from "../ir/api.js";
import type { ChangeLog, Topic } from "./change-log.js";
import { compareEffects } from "./compare-effects.js";
import { compareCodecs, paramsNode } from "./compare-params.js";
import { listNames } from "./list-names.js";
import { breaking, review } from "./verdict.js";

const otherAddress = breaking("clients generated earlier ask the old way", ["clients"]);

/** How a view is asked, and with what it answers. */
export function compareViews(log: ChangeLog, topic: Topic, before: View, after: View): void {
  if (before.method !== after.method) {
    log.report(
      topic,
      "method-changed",
      {
        summary: `is now asked by ${after.method}, was by ${before.method}`,
        before: before.method,
        after: after.method,
      },
      otherAddress,
    );
  }
  if (before.path !== after.path) {
    log.reportSwap(
      topic,
      "path-changed",
      { was: before.path, is: after.path, how: "at " },
      otherAddress,
    );
  }
  log.compareTypes(topic, "params", "in", paramsNode(before.params), paramsNode(after.params));
  compareCodecs(log, topic, before.params, after.params);
  compareBodies(log, topic, before, after);
  const lost = before.produces.filter((type) => !after.produces.includes(type));
  const won = after.produces.filter((type) => !before.produces.includes(type));
  if (lost.length > 0 || won.length > 0) {
    log.report(
      topic,
      "produces-changed",
      {
        summary:
          lost.length === 0
            ? `may now answer with ${listNames(won, "or")}`
            : `now answers with ${listNames(after.produces, "or") || "anything"}, was ${listNames(before.produces, "or")}`,
        before: before.produces.join(", "),
        after: after.produces.join(", "),
      },
      lost.length > 0
        ? breaking("clients generated earlier expect the old kind of answer", ["clients"])
        : review("clients generated earlier can get a kind of answer that they do not expect", [
            "clients",
          ]),
    );
  }
  compareEffects(log, topic, before, after);
}

function compareBodies(log: ChangeLog, topic: Topic, before: View, after: View): void {
  const { input: was } = before;
  const { input: is } = after;
  if (was !== null && is !== null) {
    log.compareTypes(topic, "body", "in", was, is);
    if (before.encoding !== after.encoding) {
      log.report(
        topic,
        "encoding-changed",
        {
          summary: `is now sent as ${after.encoding}, was as ${before.encoding}`,
          before: before.encoding,
          after: after.encoding,
        },
        otherAddress,
      );
    }
  } else if (was !== null) {
    log.report(
      topic,
      "body-removed",
      { path: "body", summary: "is gone" },
      breaking("clients generated earlier send one, and code that does no longer compiles"),
    );
  } else if (is !== null) {
    log.report(
      topic,
      "body-added",
      { path: "body", summary: "is new" },
      breaking("clients generated earlier send none, and code must send one to compile"),
    );
  }
}
