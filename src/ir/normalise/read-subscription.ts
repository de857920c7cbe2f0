import { quote } from "../../diagnostics/quote.js";
import type { SubscriptionEntry } from "./normal-form.js";
import type { CommonMembers } from "./read-common.js";
import type { OpenEntry } from "./read-entry.js";
import { readParams } from "./read-params.js";
import type { Reading } from "./reading.js";

/** A subscription: read like the others, so that its mistakes are found before it is supported. */
export function readSubscription(
  reading: Reading,
  { fields, name }: OpenEntry,
  common: CommonMembers,
): SubscriptionEntry {
  const event = reading.schema(fields.take("event"), '"event"');
  if (reading.strict && event === undefined) {
    const message = `the subscription ${quote(name.value)} needs an "event"`;
    reading.diagnostics.report("E103", common.pointer, message);
  }
  const operation = reading.operations.ofFunction(name.value, common.operationId?.value);
  return {
    ...common,
    kind: "subscription",
    params: readParams(reading, fields.take("params"), operation),
    event,
    transport: reading.expect.oneOf(fields.take("transport"), '"transport"', ["sse"]),
    resumable: reading.expect.boolean(fields.take("resumable"), '"resumable"'),
  };
}
