import { isDeepStrictEqual } from "node:util";
import type { Case } from "../case.js";
import { isRecord, jsonOf, memberOf, type Exchange } from "../http/exchange.js";
import { itemsOf, type CallObservation, type MergeItem } from "../observe-call.js";
import { covers } from "./covers.js";

/** Protocol 5.3: revisions, and what they promise. */
export const orderingCases: readonly Case[] = [
  {
    id: "5.3-one-rev",
    title: "All items of one answer carry the same rev",
    mend: "Bump once a mutation, atomically over all targets (S2, S3).",
    async run(lab, trial) {
      for (const { mutation, exchange, invalidate, merge } of await lab.observations(trial.gap)) {
        const items = [...invalidate, ...merge].filter(
          ({ context, rev }) => context !== "*" || rev !== undefined,
        );
        if (items.length === 0) continue;
        const revs = new Set(items.map(({ rev }) => rev));
        trial.check(
          revs.size === 1 && !revs.has(undefined),
          mutation.name,
          exchange,
          "one rev on every item",
          [...revs].map((rev) => String(rev)).join(", "),
        );
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no mutation has a target");
    },
  },
  {
    id: "5.3-rises",
    title: "The rev of a mutation is greater than that of every bundle before it",
    mend: "Take the rev from one sequence for the whole deployment, after the commit.",
    async run(lab, trial) {
      for (const observation of await lab.observations(trial.gap)) {
        const rev = revOf(observation);
        if (rev === undefined) continue;
        for (const { before } of observation.targets) {
          const earlier = before && memberOf(before, "rev");
          if (typeof earlier !== "number") continue;
          trial.check(
            rev > earlier,
            observation.mutation.name,
            observation.exchange,
            `a rev greater than ${String(earlier)}`,
            String(rev),
          );
        }
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no mutation has a target that can be read before it");
    },
  },
  {
    id: "5.3-after",
    title: "A GET right after a mutation is labelled with its rev or a later one",
    mend: "Bump before the answer leaves, and label a bundle with the greatest stamp of the scopes that it matches (S1, S4).",
    async run(lab, trial) {
      for (const { mutation, exchange, targets, invalidate, merge } of await lab.observations(
        trial.gap,
      )) {
        if (exchange.answer.status !== 200) continue;
        for (const { context, params, after } of targets) {
          const reaching = [...invalidate, ...merge].filter(
            (item) => item.context === context.name && covers(lab, item, params),
          );
          const least = Math.max(...reaching.map(({ rev }) => rev ?? 0));
          if (reaching.length === 0) continue;
          const rev = memberOf(after, "rev");
          trial.check(
            typeof rev === "number" && rev >= least,
            mutation.name,
            after,
            `rev ${String(least)} or later`,
            `rev ${String(rev)}`,
          );
        }
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no mutation has a target that can be read");
    },
  },
  {
    id: "5.3-merge",
    title: "What is merged is what a GET right after reads",
    mend: "Compute the values of merges after the commit, as the query of the slot would (S3); what cannot be computed is sent as an invalidation.",
    async run(lab, trial) {
      for (const { mutation, merge, targets } of await lab.observations(trial.gap)) {
        for (const item of merge) {
          for (const { context, params, after } of targets) {
            if (context.name !== item.context || !covers(lab, item, params)) continue;
            const data = memberOf(after, "data");
            const slot = isRecord(data) ? data[item.slot ?? ""] : undefined;
            trial.check(
              agrees(item, slot),
              mutation.name,
              after,
              `${item.mode} of ${JSON.stringify(item.value)?.slice(0, 120) ?? "nothing"} in ${item.slot ?? "no slot"}`,
              JSON.stringify(slot)?.slice(0, 160) ?? "absent",
            );
          }
        }
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no mutation answered a merge");
    },
  },
  {
    id: "5.3-concurrent",
    title:
      "Of mutations at the same time, the merge with the greatest rev is what a GET reads afterwards",
    mend: "Note the sequence before the transaction, and send a merge only if no other bump of its scope came between (S2); send an invalidation otherwise.",
    async run(lab, trial) {
      for (const { mutation, visitor, merge, targets } of await lab.observations(trial.gap)) {
        const { values } = lab.values.inputsOf(mutation);
        if (
          values.length < 2 ||
          mutation.idempotent ||
          !merge.some(({ mode }) => mode === "replace")
        )
          continue;
        const inputs = Array.from({ length: 8 }, (_, index) => values[index % values.length] ?? {});
        const answers = await Promise.all(
          inputs.map((input) => lab.call(visitor, mutation, input)),
        );
        if (!answers.every((answer) => trial.status(mutation.name, answer, 200))) continue;
        const items = answers.map(itemsOf);
        const revs = items.map((each) =>
          Math.max(...[...each.merge, ...each.invalidate].map(({ rev }) => rev ?? 0)),
        );
        trial.check(
          new Set(revs).size === revs.length,
          mutation.name,
          answers[0],
          "a rev for each of eight at once",
          revs.join(", "),
        );
        const last = items[revs.indexOf(Math.max(...revs))];
        for (const { context, params } of targets) {
          const after = await visitor.readParams(context, params);
          const data = memberOf(after, "data");
          for (const item of last?.merge ?? []) {
            if (
              item.context !== context.name ||
              item.mode !== "replace" ||
              !covers(lab, item, params)
            )
              continue;
            trial.check(
              isRecord(data) && agrees(item, data[item.slot ?? ""]),
              mutation.name,
              after,
              `${JSON.stringify(item.value)?.slice(0, 120) ?? ""}, as the last merge has it`,
            );
          }
        }
      }
      if (trial.checks === 0)
        trial.gap(
          "document",
          "no mutation that replaces a slot has two values that differ: give --values with two",
        );
    },
  },
  {
    id: "5.3-failed",
    title: "A call that is refused changes nothing and moves no rev",
    mend: "Validate before the transaction, roll back as a whole, and bump after a commit only (S7).",
    async run(lab, trial) {
      for (const { mutation, visitor, targets } of await lab.observations(trial.gap)) {
        const wrong = [
          lab.values.invalidInput(mutation),
          ...mutation.errors.map(({ code }) => lab.values.special(`${mutation.name}/${code}`)[0]),
        ];
        for (const input of wrong) {
          if (input === undefined) continue;
          for (const { context, params } of targets) {
            const before = await visitor.readParams(context, params);
            const exchange = await lab.call(visitor, mutation, input);
            if (exchange.answer.status < 400 || memberOf(exchange, "invalidate") !== undefined)
              continue;
            const after = await visitor.readParams(context, params);
            trial.check(
              isDeepStrictEqual(jsonOf(before), jsonOf(after)),
              mutation.name,
              after,
              "the bundle as it was, its rev included",
              () => difference(before, after),
            );
          }
        }
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no mutation with a target can be refused");
    },
  },
  {
    id: "5.3-monotonic",
    title: "The rev of a bundle never goes back",
    mend: "Keep the sequence in a store that all workers share; after a flush go on at the time in 10-microsecond ticks.",
    async run(lab, trial) {
      for (const { context, visitor, params, exchange } of await lab.readings(trial.gap)) {
        let last = memberOf(exchange, "rev");
        for (let times = 0; times < 5; times++) {
          const next = await visitor.readParams(context, params);
          const rev = memberOf(next, "rev");
          if (typeof last !== "number" || typeof rev !== "number") break;
          trial.check(
            rev >= last,
            `context ${context.name}`,
            next,
            `rev ${String(last)} or later`,
            `rev ${String(rev)}`,
          );
          last = rev;
        }
      }
    },
  },
];

function revOf({ invalidate, merge }: CallObservation): number | undefined {
  const revs = [...invalidate, ...merge].flatMap(({ rev }) => (rev === undefined ? [] : [rev]));
  return revs.length === 0 ? undefined : Math.max(...revs);
}

/** Whether a slot is as the merge would leave it (protocol section 4). */
function agrees({ mode, key, value }: MergeItem, slot: unknown): boolean {
  if (mode === "replace") return isDeepStrictEqual(slot, value);
  if (mode === "patch") {
    return (
      isRecord(slot) &&
      isRecord(value) &&
      Object.entries(value).every(([name, member]) => isDeepStrictEqual(slot[name], member))
    );
  }
  const items = itemsIn(slot);
  const same = items.filter(
    (item) =>
      isRecord(item) &&
      isRecord(value) &&
      key.every((name) => isDeepStrictEqual(item[name], value[name])),
  );
  if (mode === "remove") return same.length === 0;
  return same.length === 0
    ? mode === "update"
    : same.some((item) => isDeepStrictEqual(item, value));
}

/** A list, or the list of a page. */
function itemsIn(slot: unknown): readonly unknown[] {
  if (Array.isArray(slot)) return slot;
  const list = isRecord(slot)
    ? (slot["items"] ?? Object.values(slot).find(Array.isArray))
    : undefined;
  return Array.isArray(list) ? list : [];
}

function difference(before: Exchange, after: Exchange): string {
  const revs = [before, after].map((exchange) => String(memberOf(exchange, "rev")));
  return revs[0] === revs[1] ? "other data" : `rev ${revs.join(" became ")}`;
}
