import { isObject } from "../shape/schema-at.js";
import type { AuthEntry } from "./normal-form.js";
import { placed, type Placed } from "./placed.js";
import type { Reading } from "./reading.js";
import { authWords } from "./vocabularies.js";

const modes = ["none", "optional", "required"] as const;

/**
 * Who may call: the object of the protocol, one of its modes, or `true | false | "login"` of older producers. Any other word
 * means that somebody must be signed in.
 */
export function readAuth(reading: Reading, found: Placed | undefined, entry: Placed): AuthEntry {
  const none = new Map<string, never>();
  if (found === undefined) {
    return { stated: false, mode: placed("none", entry.pointer), extensions: none };
  }
  const { value, pointer } = found;
  if (typeof value === "boolean") {
    return {
      stated: true,
      mode: placed(value ? "required" : "none", pointer),
      extensions: none,
    };
  }
  if (typeof value === "string") {
    const mode = modes.find((each) => each === value) ?? "required";
    return { stated: true, mode: placed(mode, pointer), extensions: none };
  }
  if (!isObject(value)) {
    reading.expect.wrong(found, '"auth"', 'an object with a "mode"');
    return { stated: true, mode: placed("required", pointer), extensions: none };
  }
  const fields = reading.fields(placed(value, pointer), authWords);
  const declared = fields.take("mode");
  if (declared === undefined) {
    reading.diagnostics.report("E103", pointer, '"auth" needs a "mode"', {
      help: 'write { "mode": "required" }, "optional" or "none"',
    });
  }
  return {
    stated: true,
    mode: reading.expect.oneOf(declared, '"mode"', modes) ?? placed("required" as const, pointer),
    permissions: reading.expect.texts(fields.take("permissions"), '"permissions"')?.value,
    schemes: reading.expect.texts(fields.take("schemes"), '"schemes"')?.value,
    extensions: fields.extensions(reading.diagnostics),
  };
}
