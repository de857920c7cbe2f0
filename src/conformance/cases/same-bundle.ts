import { isDeepStrictEqual } from "node:util";
import { memberOf, type Exchange } from "../http/exchange.js";
import type { Trial } from "../trial.js";

/** Two answers hold the same params and the same data. */
export function sameBundle(trial: Trial, subject: string, one: Exchange, other: Exchange): boolean {
  const same = ["params", "data"].find(
    (name) => !isDeepStrictEqual(memberOf(one, name), memberOf(other, name)),
  );
  return trial.check(
    same === undefined,
    subject,
    other,
    `the ${same ?? "bundle"} of GET ${one.request.target}`,
    () =>
      `${same ?? ""} ${JSON.stringify(memberOf(other, same ?? "data"))?.slice(0, 120) ?? "absent"}`,
  );
}
