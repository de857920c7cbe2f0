import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../document/document.js";
import type { Case } from "../case.js";
import type { MutationContract } from "../contract/contract.js";
import { headerOf, memberOf, textOf } from "../http/exchange.js";
import type { Visitor } from "../http/visitor.js";
import type { Laboratory } from "../laboratory.js";
import { boundParams, placeOf } from "../observe-call.js";
import type { Trial } from "../trial.js";

interface Subject {
  readonly mutation: MutationContract;
  readonly visitor: Visitor;
  readonly input: JsonObject;
}

/** Protocol 3.8: calls that may be sent again. */
export const idempotencyCases: readonly Case[] = [
  {
    id: "3.8-key-missing",
    title: "An idempotent function without Idempotency-Key is 400",
    mend: "Answer 400 with code `idempotency_key_missing` before anything is done.",
    async run(lab, trial) {
      for (const { mutation, visitor, input } of await subjects(lab, trial)) {
        const exchange = await lab.call(visitor, mutation, input, { "idempotency-key": null });
        trial.refused(mutation.name, exchange, [400], ["idempotency_key_missing"]);
      }
    },
  },
  {
    id: "3.8-replay",
    title:
      "The same call with the same key is answered verbatim, with X-Mizan-Replay, and done once",
    mend: "Store status and body under viewer, function and key; send the stored bytes with `X-Mizan-Replay: 1`, old revs included, and run nothing.",
    async run(lab, trial) {
      for (const { mutation, visitor } of await subjects(lab, trial)) {
        const input = lab.values.nextInput(mutation)?.input ?? {};
        const key = { "idempotency-key": randomUUID() };
        const first = await lab.call(visitor, mutation, input, key);
        if (!trial.status(mutation.name, first, 200)) continue;
        const before = await targetRevs(lab, mutation, visitor, input);
        const second = await lab.call(visitor, mutation, input, key);
        if (!trial.status(mutation.name, second, 200)) continue;
        trial.check(
          textOf(first) === textOf(second),
          mutation.name,
          second,
          "the body of the first answer",
        );
        trial.header(mutation.name, second, "X-Mizan-Replay", "1", (value) => value === "1");
        trial.check(
          headerOf(first, "x-mizan-replay") === "",
          mutation.name,
          first,
          "no X-Mizan-Replay the first time",
          headerOf(first, "x-mizan-replay"),
        );
        const after = await targetRevs(lab, mutation, visitor, input);
        trial.check(
          before.join() === after.join(),
          mutation.name,
          second,
          `bundles of rev ${before.join(", ")}: nothing was done`,
          after.join(", "),
        );
      }
    },
  },
  {
    id: "3.8-key-reused",
    title: "The same key with another payload is 422",
    mend: "Keep a hash of the payload and answer 422 with code `idempotency_key_reused` when it differs.",
    async run(lab, trial) {
      for (const { mutation, visitor, input } of await subjects(lab, trial)) {
        const { values } = lab.values.inputsOf(mutation);
        const other = values.find((each) => JSON.stringify(each) !== JSON.stringify(input));
        if (other === undefined) {
          trial.gap(
            mutation.name,
            `it needs two inputs that differ: give --values with "${mutation.name}": [{...}, {...}]`,
          );
          continue;
        }
        const key = { "idempotency-key": randomUUID() };
        const first = await lab.call(visitor, mutation, input, key);
        if (!trial.status(mutation.name, first, 200)) continue;
        trial.refused(
          mutation.name,
          await lab.call(visitor, mutation, other, key),
          [422],
          ["idempotency_key_reused"],
        );
      }
    },
  },
  {
    id: "3.8-in-flight",
    title:
      "The same key at the same time is done once: the others wait with 409 or get the stored answer",
    mend: "Take the key before the function runs, atomically; answer 409 `idempotency_in_flight` with Retry-After while it runs.",
    async run(lab, trial) {
      for (const { mutation, visitor } of await subjects(lab, trial)) {
        const input = lab.values.nextInput(mutation)?.input ?? {};
        const key = { "idempotency-key": randomUUID() };
        const answers = await Promise.all(
          Array.from({ length: 8 }, () => lab.call(visitor, mutation, input, key)),
        );
        const done = answers.filter(({ answer }) => answer.status === 200);
        trial.check(
          done.length > 0,
          mutation.name,
          answers[0],
          "200 for one of eight at once",
          answers.map(({ answer }) => answer.status).join(", "),
        );
        trial.check(
          new Set(done.map(textOf)).size <= 1,
          mutation.name,
          done[0],
          "one body for all that were answered 200",
          "several: it was done more than once",
        );
        for (const exchange of answers.filter(({ answer }) => answer.status !== 200)) {
          if (!trial.refused(mutation.name, exchange, [409], ["idempotency_in_flight"])) continue;
          trial.header(mutation.name, exchange, "Retry-After", "seconds", (value) =>
            /^\d+$/.test(value),
          );
        }
      }
    },
  },
];

async function subjects(lab: Laboratory, trial: Trial): Promise<Subject[]> {
  const mutations = lab.contract.mutations.filter(({ idempotent }) => idempotent);
  if (mutations.length === 0) trial.gap("document", "no function is declared idempotent");
  const found: Subject[] = [];
  for (const mutation of mutations) {
    const observed = await lab.observation(mutation);
    if (typeof observed === "string") trial.gap(mutation.name, observed);
    else found.push({ mutation, visitor: observed.visitor, input: observed.input });
  }
  return found;
}

/** The revs of the declared targets, by which one sees whether something was done. */
async function targetRevs(
  lab: Laboratory,
  mutation: MutationContract,
  visitor: Visitor,
  input: JsonObject,
): Promise<unknown[]> {
  const revs: unknown[] = [];
  for (const { context, params } of [...mutation.merges, ...mutation.affects]) {
    const place = placeOf(lab, context, boundParams(params, input));
    if (place === undefined) continue;
    revs.push(memberOf(await visitor.readParams(place.context, place.params), "rev"));
  }
  return revs;
}
