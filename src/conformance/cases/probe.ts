import type { JsonObject } from "../../document/document.js";
import type { MutationContract } from "../contract/contract.js";
import type { Laboratory } from "../laboratory.js";

/** A mutation to try refusals with, and an input that must not get as far as being looked at. */
export interface Probe {
  readonly mutation: MutationContract;
  readonly input: JsonObject;
  /** Refused by the schema: shows, without any effect, that a request got as far as that. */
  readonly invalid: JsonObject | undefined;
}

/** The mutation whose refusals are judged: JSON, keeps the session, checked for CSRF, best with values and an input to refuse. */
export function probeOf(lab: Laboratory): Probe | undefined {
  const candidates = lab.contract.mutations
    .filter((mutation) => lab.serves(mutation))
    .filter(({ encoding, session, csrf }) => encoding === "json" && session === "keep" && csrf)
    .map((mutation) => ({
      mutation,
      ...lab.values.inputsOf(mutation),
      invalid: lab.values.invalidInput(mutation),
    }))
    .filter(({ values }) => values.length > 0);
  const rank = ({ mutation, derived, invalid }: (typeof candidates)[number]): number =>
    Number(mutation.auth !== "required") * 8 +
    Number(invalid === undefined) * 4 +
    Number(derived) * 2 +
    Number(mutation.idempotent);
  const [best] = candidates.toSorted((one, other) => rank(one) - rank(other));
  return best && { mutation: best.mutation, input: best.values[0] ?? {}, invalid: best.invalid };
}

export const noProbe =
  "the document declares no JSON mutation that keeps the session, or none that can be asked: give --sign-in and --values";
