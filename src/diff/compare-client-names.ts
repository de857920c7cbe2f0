import type { ChangeLog, Topic } from "./change-log.js";
import { review } from "./verdict.js";

interface Named {
  readonly wireName: string;
  readonly names: { readonly value: string };
}

/** Names in the generated code can change although those on the wire do not: something else took one. */
export function compareClientNames(
  log: ChangeLog,
  topic: Topic,
  before: Named,
  after: Named,
): void {
  const was = before.names.value;
  const is = after.names.value;
  if (before.wireName !== after.wireName || was === is) return;
  log.report(
    topic,
    "client-name-changed",
    { summary: `is called ${is} in the client now, was ${was}`, before: was, after: is },
    review("code that imports it by its old name no longer compiles", ["code"]),
  );
}
