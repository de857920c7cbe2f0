import type { Case } from "../case.js";
import {
  describeRequest,
  isRecord,
  jsonOf,
  memberOf,
  textOf,
  type Exchange,
} from "../http/exchange.js";
import type { Laboratory } from "../laboratory.js";
import { has } from "./has-directive.js";
import { probeOf } from "./probe.js";

/** Protocol 3.6: errors. These cases look at every answer of the run, whoever asked for it, so they come last. */
export const problemCases: readonly Case[] = [
  {
    id: "3.6-problem",
    title: "Every error is a problem document: application/problem+json with its status and a code",
    mend: 'Answer every status from 400 with `Content-Type: application/problem+json` and {"type", "title", "status", "code"}; also those of the framework and of the router.',
    async run(lab, trial) {
      await provoke(lab);
      for (const exchange of errorsOf(lab)) {
        const { status } = exchange.answer;
        const subject = `an answer with ${String(status)}`;
        if (
          !trial.header(subject, exchange, "Content-Type", "application/problem+json", (type) =>
            /^application\/problem\+json\s*(;|$)/i.test(type),
          )
        )
          continue;
        const body = jsonOf(exchange);
        if (
          !trial.check(
            isRecord(body),
            subject,
            exchange,
            "a JSON object",
            textOf(exchange).slice(0, 80),
          ) ||
          !isRecord(body)
        )
          continue;
        trial.check(
          body["status"] === status,
          subject,
          exchange,
          `status: ${String(status)}`,
          `status: ${JSON.stringify(body["status"])}`,
        );
        const { code } = body;
        trial.check(
          typeof code === "string" && /^[a-z][a-z0-9_]{0,63}$/.test(code),
          subject,
          exchange,
          "a code of [a-z0-9_]",
          JSON.stringify(code) ?? "no code",
        );
      }
    },
  },
  {
    id: "3.6-no-store",
    title: "Errors are not stored",
    mend: "Send `Cache-Control: no-store` with every status from 400.",
    async run(lab, trial) {
      await provoke(lab);
      for (const exchange of errorsOf(lab)) {
        trial.header(
          `an answer with ${String(exchange.answer.status)}`,
          exchange,
          "Cache-Control",
          "no-store",
          (value) => has(value, "no-store"),
        );
      }
    },
  },
  {
    id: "3.6-leak",
    title: "No answer shows the inside of the server",
    mend: "Answer fixed texts: no stack trace, no path of a file, no SQL, no repr of a value.",
    async run(lab, trial) {
      await provoke(lab);
      for (const exchange of errorsOf(lab)) {
        const found = leaks.find((pattern) => pattern.test(textOf(exchange)));
        trial.check(
          found === undefined,
          `an answer with ${String(exchange.answer.status)}`,
          exchange,
          "nothing of the inside",
          () => found?.exec(textOf(exchange))?.[0].slice(0, 80) ?? "",
        );
      }
    },
  },
  {
    id: "3.6-no-fault",
    title: "No request of the run made the server fail, and every one was answered",
    mend: "A 5xx is a fault of the server whatever was sent: look for it in the server's log.",
    async run(lab, trial) {
      await provoke(lab);
      const expected = new Set(
        lab.contract.mutations.flatMap(({ errors }) => errors.map(({ code }) => code)),
      );
      for (const exchange of lab.server.log) {
        const { status } = exchange.answer;
        const declared = expected.has(String(memberOf(exchange, "code")));
        trial.check(
          (status > 0 && status < 500) || declared || exchange.beneathFramework === true,
          describeRequest(exchange).split(" ")[0] ?? "",
          exchange,
          "an answer below 500",
        );
      }
    },
  },
];

const leaks: readonly RegExp[] = [
  /Traceback \(most recent call last\)/,
  /File "[^"]+", line \d+/,
  /\n?\s+at [^\n]+\([^\n]*:\d+:\d+\)/,
  /\bat (?:async )?(?:file:\/\/|\/)[^\s"]+:\d+:\d+/,
  /node_modules\//,
  /site-packages\//,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b .{0,80}\b(?:FROM|VALUES|SET|WHERE)\b/,
  /<[\w.]+ object at 0x[0-9a-f]+>/,
];

const provoked = new WeakSet<Laboratory>();

/** Errors of every kind, for runs in which no other case has asked for them. */
async function provoke(lab: Laboratory): Promise<void> {
  if (provoked.has(lab)) return;
  provoked.add(lab);
  const visitor = await lab.member();
  await visitor.call({ path: "call/conformance_no_such_function" }, "{}");
  await visitor.send({ method: "GET", target: visitor.target("ctx/conformance_no_such_context/") });
  const probe = probeOf(lab);
  if (probe === undefined) return;
  await visitor.send({ method: "GET", target: visitor.target(probe.mutation.path) });
  await visitor.call(probe.mutation, "{");
  await visitor.call(probe.mutation, "{}", { "content-type": "text/plain" });
  await visitor.call(probe.mutation, "{}", { "x-mizan-protocol": null });
  await lab.newAnonymous().call(probe.mutation, JSON.stringify(probe.input));
  if (probe.invalid !== undefined) await lab.call(visitor, probe.mutation, probe.invalid);
}

function errorsOf({ server }: Laboratory): Exchange[] {
  return server.log.filter(
    (exchange) => exchange.answer.status >= 400 && exchange.beneathFramework !== true,
  );
}
