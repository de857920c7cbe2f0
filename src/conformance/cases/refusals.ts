import type { Case } from "../case.js";
import { memberOf } from "../http/exchange.js";

/** Protocol 3.6: refusals that the document declares. They come before views and orders have changed what they are about. */
export const refusalCases: readonly Case[] = [
  {
    id: "3.6-declared",
    title: "A declared error comes with its status and the data that its schema declares",
    mend: 'Answer {"status", "code", "title", "data"} with the declared status; `data` as the schema of the error has it.',
    async run(lab, trial) {
      for (const mutation of lab.contract.mutations) {
        for (const { code, status, schema } of mutation.errors) {
          const [input] = lab.values.special(`${mutation.name}/${code}`);
          const subject = `${mutation.name}, ${code}`;
          if (input === undefined) {
            trial.gap(
              subject,
              `no input is known for it: give --values with "${mutation.name}/${code}": [{...}]`,
            );
            continue;
          }
          const visitor =
            mutation.auth === "none" && mutation.session === "change"
              ? lab.newAnonymous()
              : await lab.visitorFor(mutation.auth);
          if (typeof visitor === "string") {
            trial.gap(subject, visitor);
            continue;
          }
          const exchange = await lab.call(visitor, mutation, input);
          if (!trial.refused(subject, exchange, [status], [code]) || schema === undefined) continue;
          const fault = lab.validate(schema, memberOf(exchange, "data"));
          trial.check(
            fault === undefined,
            subject,
            exchange,
            "data that fits the schema of the error",
            fault ?? "",
          );
        }
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no mutation declares an error");
    },
  },
  {
    id: "3.6-unauthenticated",
    title: "A call by somebody unknown is 401 where the document asks for authentication",
    mend: "Check each function on the server: `auth` in the document is a hint for clients and no check.",
    async run(lab, trial) {
      for (const mutation of lab.contract.mutations.filter(({ auth }) => auth === "required")) {
        const [input] = lab.values.inputsOf(mutation).values;
        const exchange = await lab.call(lab.newAnonymous(), mutation, input ?? {});
        trial.refused(mutation.name, exchange, [401], ["unauthenticated"]);
      }
      if (trial.checks === 0) trial.gap("document", "no mutation asks who is there");
    },
  },
];
