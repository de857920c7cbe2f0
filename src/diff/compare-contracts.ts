import type { Contract } from "../ir/api.js";
import type { ChangeLog, Topic } from "./change-log.js";
import { breaking, compatible, neutral, review } from "./verdict.js";

const topic: Topic = {
  subject: { kind: "contract", name: "" },
  functions: [],
  before: null,
  after: null,
};

const clients = ["clients"] as const;

/** What is said of the producer as a whole. Fingerprint, title and version of the document follow from the rest or mean nothing to clients. */
export function compareContracts(log: ChangeLog, before: Contract, after: Contract): void {
  if (before.version !== after.version) {
    log.report(
      topic,
      "version-changed",
      {
        summary: `protocol version is now ${after.version}, was ${before.version}`,
        before: before.version,
        after: after.version,
      },
      neutral("minor versions understand each other; another major one would not have been read"),
    );
  }
  if (before.base !== after.base) {
    log.reportSwap(
      topic,
      "base-changed",
      { was: before.base, is: after.base, path: "base" },
      breaking("clients generated earlier ask below the old path", clients),
    );
  }
  if (before.sessionPath !== after.sessionPath) {
    const swap = { was: before.sessionPath, is: after.sessionPath, path: "session" };
    log.reportSwap(
      topic,
      "session-path-changed",
      swap,
      breaking(
        before.sessionPath === null
          ? "clients generated earlier start no session and so send no CSRF token"
          : "clients generated earlier start their session at the old address",
        clients,
      ),
    );
  }
  for (const feature of before.features) {
    if (after.features.includes(feature)) continue;
    log.report(
      topic,
      "feature-removed",
      { path: "features", summary: `no longer has ${feature}`, before: feature },
      review("clients generated earlier use it where it helps", clients),
    );
  }
  for (const feature of after.features) {
    if (before.features.includes(feature)) continue;
    log.report(
      topic,
      "feature-added",
      { path: "features", summary: `now has ${feature}`, after: feature },
      compatible("clients generated earlier do without"),
    );
  }
  compareLimits(log, before.limits, after.limits);
}

function compareLimits(
  log: ChangeLog,
  before: Contract["limits"],
  after: Contract["limits"],
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = Object.hasOwn(before, name) ? before[name] : undefined;
    const is = Object.hasOwn(after, name) ? after[name] : undefined;
    if (was === is) continue;
    const isLower = is !== undefined && (was === undefined || is < was);
    log.report(
      topic,
      "limit-changed",
      {
        path: `limits.${name}`,
        summary: `is now ${String(is ?? "the default")}, was ${String(was ?? "the default")}`,
        before: was === undefined ? null : String(was),
        after: is === undefined ? null : String(is),
      },
      isLower
        ? review("clients generated earlier go up to the old limit", clients)
        : compatible("clients generated earlier stay below"),
    );
  }
}
